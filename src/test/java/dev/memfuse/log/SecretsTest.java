package dev.memfuse.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {
    private static final List<String> FORMS = List.of("jdbc:postgresql://alice:%s@host:5432/db",
            "connecting to postgres://alice:%s@host/db?ssl=true, attempt 2", "https://%s@example.org/path",
            "jdbc:postgresql://host/db?user=alice&password=%s&ssl=true", "jdbc:postgresql://host/db?sslpassword=%s",
            "PGPASSWORD=%s psql", "password: %s", "the server said {\"api_key\": \"%s\", \"model\": \"m\"}",
            "--password %s --db x", "--api-key=%s", "host=h password='%s' dbname=d", "Authorization: Bearer %s",
            "Proxy-Authorization: Basic %s", "MEMFUSE_LLM_API_KEY=%s", "client_secret=%s;", "access_token=%s",
            "token=%s", "--token=%s", "llm.token=%s", "access_key=%s", "--private-key %s", "PASS=%s", "--pass=%s",
            "llm.api-key = \"%s\"");
    private static final List<String> VALUES = List.of("hunter2hunter2", "q4$$w0rd-With_+Signs", "sk-abcdefghijklmnop",
            "qx1:qx2/qx3#qx4signs", "qx1@qx2@qx3signs");

    static Stream<String[]> forms() {
        return FORMS.stream().flatMap(form -> VALUES.stream().map(value -> new String[]{form, value}));
    }

    @ParameterizedTest
    @MethodSource("forms")
    void hidesASecretInEveryForm(String form, String secret) {
        String masked = Secrets.mask(String.format(Locale.ROOT, form, secret));

        assertFalse(masked.contains(secret), masked);
        for (String part : secret.split("[@:/#]")) {
            assertFalse(masked.contains(part), masked);
        }
    }

    @ParameterizedTest
    @MethodSource("forms")
    void maskingTwiceChangesNothing(String form, String secret) {
        String once = Secrets.mask(String.format(Locale.ROOT, form, secret));

        assertEquals(once, Secrets.mask(once));
    }

    @Test
    void hidesAKeyOfAServiceWhereverItStands() {
        assertEquals("the key *** was refused", Secrets.mask("the key sk-abcdefghijklmnop was refused"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Configuration: buffer.round_buffer.max_tokens: 800 → 900 (Flags page)",
            "llm.max_tokens_per_minute=100", "http://127.0.0.1:8080/v1", "jdbc:postgresql://127.0.0.1:5432/memfuse",
            "FATAL: password authentication failed for user \"alice\"", "a@b.org wrote at 10:15",
            "buffer.round_buffer.token_model: cl100k → o200k",
            "set the variables PGUSER and PGPASSWORD, or use a file"})
    void leavesOtherTextAlone(String text) {
        assertEquals(text, Secrets.mask(text));
    }

    static Stream<List<String>> secretArguments() {
        return Stream.of(List.of("load", "--password", "a b\"c"), List.of("load", "--password=a b\"c"),
                List.of("--set", "llm.api_key=a b\"c"), List.of("-Dmemfuse.password=a b\"c"),
                List.of("--db", "jdbc:postgresql://u:a b\"c@h/d".replace(" ", "%20")),
                List.of("--db", "jdbc:postgresql://h/d?password=a%20b\"c"));
    }

    @ParameterizedTest
    @MethodSource("secretArguments")
    void hidesSecretsInArguments(List<String> arguments) {
        String line = LoggedArguments.line(arguments);

        assertFalse(line.contains("b\"c"), line);
        assertFalse(line.contains("a b"), line);
    }

    @Test
    void keepsTheRestOfACommandLine() {
        assertEquals("load --db jdbc:postgresql://h/d --password *** --set buffer.bypass_mode=true \"my mix\"",
                LoggedArguments.line(List.of("load", "--db", "jdbc:postgresql://h/d", "--password", "x", "--set",
                        "buffer.bypass_mode=true", "my mix")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"llm.api_key = first second", "llm.api_key: first second", "password=-first", "token=first"})
    void hidesTheWholeValueOfAnArgument(String argument) {
        String masked = LoggedArguments.line(List.of("--set", argument));

        assertFalse(masked.contains("first") || masked.contains("second"), masked);
    }

    @Test
    void hidesAValueThatLooksLikeAnOption() {
        assertEquals("load --password ***", LoggedArguments.line(List.of("load", "--password", "-S3c")));
    }

    @Test
    void aCommandLineStaysOneLineOfBoundedLength() {
        String masked = LoggedArguments.line(List.of("load", "--db", "a\nb\u001b[31m", "x".repeat(1_000_000)));

        assertEquals(1, masked.lines().count());
        assertFalse(masked.contains("\u001b"));
        assertTrue(masked.length() < 2_000, masked.length() + " characters");
    }
}
