package dev.memfuse.engine.model.language;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonAnswerTest {

    @ParameterizedTest
    @ValueSource(strings = {"{\"title\": \"A walk\"}", "Here it is:\n```json\n{\"title\": \" A walk \",}\n```\nDone.",
            "{'title': 'A walk'} // as asked"})
    void readsJsonWithSurroundingText(String text) {
        assertEquals(Optional.of("A walk"), JsonAnswer.read(text).text("title"));
    }

    @Test
    void aFieldOfAnotherTypeIsEmpty() {
        JsonAnswer answer = JsonAnswer
                .read("{\"title\": 3, \"confidence\": \"0.8\", \"facts\": [1, {\"content\": \"x\"}], "
                        + "\"entities\": [\"Lisbon\", 4, \" \"]}");

        assertTrue(answer.text("title").isEmpty());
        assertEquals(0.8, answer.number("confidence").orElseThrow());
        assertEquals(1, answer.objects("facts").size());
        assertEquals(List.of("Lisbon"), answer.texts("entities"));
        assertTrue(answer.object("nothing").text("at").isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "I cannot do that.", "{\"title\": ", "} {"})
    void reportsAnAnswerWithoutJson(String text) {
        String sentence = String
                .valueOf(assertThrows(LanguageModelException.class, () -> JsonAnswer.read(text)).getMessage());

        assertTrue(sentence.startsWith("The answer of the language model "), sentence);
    }

    @Test
    void replacesCharactersThatStorageCannotKeep() {
        JsonAnswer answer = JsonAnswer.read("{\"a\": \"x\\u0000y\", \"b\": [\"\\ud83d cut\"]}");

        assertEquals(Optional.of("x\ufffdy"), answer.text("a"));
        assertEquals(List.of("\ufffd cut"), answer.texts("b"));
    }
}
