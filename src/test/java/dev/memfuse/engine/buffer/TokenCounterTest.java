package dev.memfuse.engine.buffer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;
import dev.memfuse.engine.NewMessage;
import dev.memfuse.engine.Role;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenCounterTest {
    private static final String CHINESE = "\u4eca\u5929\u5929\u6c14\u600e\u4e48\u6837\uff1f"
            + "\u6211\u60f3\u51fa\u53bb\u8d70\u8d70\u3002";

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
        assertSame(TokenCounter.forModel("no-such"), TokenCounter.forModel("gpt-4"));
    }

    @Test
    void countsAMessageWithItsRoleAndDelimiters() {
        TokenCounter counter = TokenCounter.forModel("gpt-4o-mini");

        int message = counter.count(NewMessage.of(Role.ASSISTANT, "Hello world"));

        assertEquals(counter.count("<|im_start|>assistant\nHello world<|im_end|>\n"), message);
        assertTrue(message > counter.count("Hello world"));
    }

    @Test
    void treatsASpecialTokenInAMessageAsText() {
        assertTrue(TokenCounter.forModel("gpt-4").count("<|endoftext|>") > 1);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
                           gpt-4o-mini, O200K_BASE
                           gpt-4, CL100K_BASE
                           text-davinci-003, P50K_BASE
                           davinci, R50K_BASE""")
    void theSumOfPiecesEqualsTheTokenizersCountOfTheWhole(String model, EncodingType type) {
        TokenCounter counter = TokenCounter.forModel(model);
        Encoding whole = Encodings.newLazyEncodingRegistry().getEncoding(type);
        List<String> parts = List.of("the", "don't", "we'll", "I", "Paris", "NASA", "x", "12345", "3pm", "e-mail",
                "...",
                "a.b", "(see", "it)", "!", "", "caf\u00e9", "na\u0308ive", "\u4eca\u5929", "\ud83d\ude42", "\n",
                "\r\n\r\n", "\t", "end", "antidisestablishmentarianism", "s", "'s", "/path", "a\u0301");
        Random random = new Random(5);
        for (int i = 0; i < 2_000; i++) {
            String text = random.ints(random.nextInt(30), 0, parts.size()).mapToObj(parts::get)
                    .collect(Collectors.joining(random.nextInt(4) == 0 ? "  " : " "));
            assertEquals(whole.countTokensOrdinary(text), counter.count(text), text);
        }
    }

    @ParameterizedTest
    @CsvSource(ignoreLeadingAndTrailingWhitespace = false, value = {"x", "\u6f22", "' '", "'\n'", "=", "\ud83d\ude80",
            "\ud83d", "\ude00", "a\u0301", "aB", "'word '", "1"})
    void aVeryLongTextIsCountedInLinearTime(String unit) {
        TokenCounter counter = TokenCounter.forModel("gpt-4o-mini");
        String text = unit.repeat(1_000_000 / unit.length());

        int tokens = assertTimeoutPreemptively(Duration.ofSeconds(20), () -> counter.count(text));

        int window = counter.count(unit.repeat(TokenCounter.WINDOW / unit.length()));
        double windows = text.length() / (double) TokenCounter.WINDOW;
        assertEquals(window * windows, tokens, window + 2 * windows);
    }

    @Test
    void countingStopsBehindTheLimit() {
        TokenCounter counter = TokenCounter.forModel("gpt-4o-mini");
        List<NewMessage> messages = List.of(NewMessage.of(Role.USER, "Hello world"),
                NewMessage.of(Role.USER, "\u6f22\u5b57".repeat(1_000_000)), NewMessage.of(Role.USER, "not counted"));

        List<Integer> counts = counter.countUpTo(messages, 1000);

        assertEquals(2, counts.size());
        assertEquals(counter.count(messages.getFirst()), counts.getFirst());
        assertTrue(counts.getLast() > 1000 && counts.getLast() < 3 * TokenCounter.WINDOW, counts.toString());
    }

    @Test
    void aLimitThatIsNotReachedChangesNothing() {
        TokenCounter counter = TokenCounter.forModel("gpt-4o-mini");
        String text = "The lighthouse keeper wrote, in his log: " + CHINESE + " 12345\n";

        assertEquals(counter.count(text), counter.countUpTo(text, counter.count(text)));
    }
}
