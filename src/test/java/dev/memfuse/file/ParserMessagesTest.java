package dev.memfuse.file;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

class ParserMessagesTest {
    @ParameterizedTest
    @ValueSource(strings = {"{\"a\":1", "[1,", "{", "[{\"a\":[", "{\"a\":\"x", "{\"a\" 1}", "nul", "\u0001", "{'a':1}",
            "[01]", "\"\\x\""})
    void namesNoSettingOfTheLibrary(String wrong) {
        JacksonException e = assertThrows(JacksonException.class, () -> JsonMapper.shared().readTree(wrong));

        String message = ParserMessages.withoutSource(e.getOriginalMessage());

        assertFalse(message.isBlank() || message.contains("Source") || message.contains("REDACTED"), message);
    }
}
