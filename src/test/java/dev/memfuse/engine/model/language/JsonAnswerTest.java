package dev.memfuse.engine.model.language;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonAnswerTest {

    @ParameterizedTest
    @ValueSource(strings = {"{\"title\": \"A walk\"}", "Here it is:\n```json\n{\"title\": \" A walk \",}\n```\nDone.",
            "{'title': 'A walk'} // as asked"})
    void readsJsonWithSurroundingText(String text) {
        assertEquals(Optional.of("A walk"), JsonAnswer.read(text).text("title", 10));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"<think>They say {a} and I answer {\"title\": \"A draft\"}.</think>\n{\"title\": \"A walk\"}",
                    "I name {the title}.</think>{\"title\": \"A walk\"}",
                    "The {JSON} that you asked for:\n```json\n{\"title\": \"A walk\"}\n```\nDone {ok}.",
                    "Here: {\"title\": \"A walk\"} (no ``` needed)"})
    void bracesInTheWordsBeforeTheObjectAreNoPartOfIt(String text) {
        assertEquals(Optional.of("A walk"), JsonAnswer.read(text).text("title", 10));
    }

    @Test
    void marksInsideTheObjectAreText() {
        assertEquals(Optional.of("</think> ``` {x}"),
                JsonAnswer.read("{\"title\": \"</think> ``` {x}\"}").text("title", 20));
    }

    @Test
    void aFieldOfAnotherTypeIsEmpty() {
        JsonAnswer answer = JsonAnswer
                .read("{\"title\": 3, \"confidence\": \"0.8\", \"facts\": [1, {\"content\": \"x\"}], "
                        + "\"entities\": [\"Lisbon\", 4, \" \"]}");

        assertTrue(answer.text("title", 10).isEmpty());
        assertEquals(0.8, answer.number("confidence").orElseThrow());
        assertEquals(2, answer.list("facts").size());
        assertEquals(Optional.empty(), answer.list("facts").getFirst().text("content", 10));
        assertEquals(Optional.empty(), answer.texts("entities", 10, 10));
        assertTrue(answer.object("nothing").text("at", 10).isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "I cannot do that.", "{\"title\": ", "} {"})
    void reportsAnAnswerWithoutJson(String text) {
        String sentence = String
                .valueOf(assertThrows(LanguageModelException.class, () -> JsonAnswer.read(text)).getMessage());

        assertTrue(sentence.startsWith("The answer of the language model "), sentence);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"facts\": \"none\"}", "{\"facts\": null}", "{\"facts\": {}}", "{\"facts\": 0}"})
    void aListThatIsNoneIsNoAnswer(String text) {
        assertThrows(LanguageModelException.class, () -> JsonAnswer.read(text).list("facts"));
    }

    @Test
    void aTextThatIsTooLongOrThatStorageCannotKeepIsEmpty() {
        JsonAnswer answer = JsonAnswer
                .read("{\"a\": \"x\\u0000y\", \"b\": [\"\\ud83d cut\"], \"c\": \"long\", \"d\": [\"a\", \"b\"]}");

        assertEquals(Optional.empty(), answer.text("a", 10));
        assertEquals(Optional.empty(), answer.texts("b", 10, 10));
        assertEquals(Optional.of("long"), answer.text("c", 4));
        assertEquals(Optional.empty(), answer.text("c", 3));
        assertEquals(Optional.of(List.of("a", "b")), answer.texts("d", 2, 1));
        assertEquals(Optional.empty(), answer.texts("d", 1, 1));
    }

    @ParameterizedTest
    @CsvSource({"3, 3", "'\"2\"', 2", "1.0, 1", "0, ", "4, ", "1.5, ", "99999999999, ", "1e400, ", "-1, ", "true, ",
            "'\"NaN\"', ", "null, "})
    void aWholeNumberIsWithinItsBounds(String json, @Nullable Integer expected) {
        JsonAnswer answer = JsonAnswer.read("{\"n\": " + json + ", \"all\": [1, " + json + "]}");

        assertEquals(expected == null ? OptionalInt.empty() : OptionalInt.of(expected), answer.whole("n", 1, 3));
        assertEquals(expected == null ? Optional.empty() : Optional.of(List.of(1, expected)),
                answer.wholes("all", 1, 3));
    }
}
