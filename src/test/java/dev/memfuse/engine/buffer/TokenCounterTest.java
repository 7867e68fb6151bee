package dev.memfuse.engine.buffer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.memfuse.engine.NewMessage;
import dev.memfuse.engine.Role;
import org.junit.jupiter.api.Test;

class TokenCounterTest {
    private static final String CHINESE = "\u4eca\u5929\u5929\u6c14\u600e\u4e48\u6837\uff1f\u6211\u60f3\u51fa\u53bb\u8d70\u8d70\u3002";

    @Test
    void countsKnownTexts() {
        TokenCounter counter = TokenCounter.forModel("gpt-4");

        assertEquals(0, counter.count(""));
        assertEquals(2, counter.count("Hello world"));
        assertEquals(1, counter.count("a"));
    }

    @Test
    void countsWithTheVocabularyOfTheModel() {
        assertNotEquals(TokenCounter.forModel("gpt-4").count(CHINESE),
                TokenCounter.forModel("gpt-4o-mini").count(CHINESE));
    }

    @Test
    void countsAnUnknownModelLikeTheCommonVocabulary() {
        assertEquals(TokenCounter.forModel("gpt-4").count(CHINESE), TokenCounter.forModel("no-such").count(CHINESE));
        assertSame(TokenCounter.forModel("no-such"), TokenCounter.forModel("no-such"));
    }

    @Test
    void countsAMessageWithItsRoleAndMarks() {
        TokenCounter counter = TokenCounter.forModel("gpt-4o-mini");

        int message = counter.count(NewMessage.of(Role.ASSISTANT, "Hello world"));

        assertEquals(counter.count("<|im_start|>assistant\nHello world<|im_end|>\n"), message);
        assertTrue(message > counter.count("Hello world"));
    }

    @Test
    void takesTheNameOfAMarkInAMessageAsText() {
        assertTrue(TokenCounter.forModel("gpt-4").count("<|endoftext|>") > 1);
    }
}
