package dev.memfuse.engine.memory.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.quicktheories.WithQuickTheories;

class SecretsTest implements WithQuickTheories {
    private static final String BEFORE = "We met Anna at the old harbour of Bergen last summer.";
    private static final String AFTER = "I work as a gardener and have two younger brothers in Oslo.";

    @ParameterizedTest
    @ValueSource(strings = {"-----BEGIN RSA PRIVATE KEY-----", "It is sk-proj-abcdEFGH1234567890abcd",
            "ghp_16C7e42F292c6912E7710c838347Ae178B4a", "glpat-abcdefghij1234567890", "AKIAIOSFODNN7EXAMPLE",
            "AIzaSyA1234567890abcdefghijklmnopqrstuv", "xoxb-123456789012-abcdefghijkl", "sk_live_abcdefghij1234",
            "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl", "postgres://app:s3cr3t@db.example.org/app",
            "Authorization: Bearer abcdef.ghijkl-mnopqr", "My password is hunter2.", "my PIN is 4821",
            "The wifi password for the flat is sunflower", "api_key=12345", "The access code: 99-1",
            "Mein Passwort lautet Sommer.", "Mon mot de passe est soleil.", "Mi contraseña es sol.",
            "Sunflower is the wifi password.", "hunter2 was my old password",
            "パスワードはさくらです", "我的密码是樱花", "My SSN is 078-05-1120.", "DE89370400440532013000",
            "d41d8cd98f00b204e9800998ecf8427e", "Use Xk39sLqP02mVbT7rYw8ZaQ4c please", "Card 4111 1111 1111 1111",
            "5500-0000-0000-0004", "378282246310005", "hf_abcdefghijklmnopqrstuv"})
    void recognizesSecrets(String text) {
        assertTrue(Secrets.isIn(text), text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"My favorite number is 4711.", "Call me at 555-0199.", "The card was 4111 1111 1111 1112.",
            "I lost my keys.", "The token economy is strange.", "My flight is LH 1234 on 2024-05-15.",
            "See https://example.org/path?id=12.", "I forgot my password.", "I pinned the note.",
            "What is the wifi password?", "Where is my PIN?",
            "The order is 1234567890123.", "antidisestablishmentarianism"})
    void otherTextsAreNoSecrets(String text) {
        assertFalse(Secrets.isIn(text), text);
    }

    @Test
    void aShortAnswerAfterTheNameOfASecretIsDroppedFromEpisodes() {
        TellingSentences.Selection sentences = new TellingSentences(new EnglishText())
                .of(List.of("What is the door code? Try blue horse. We meet at the old harbour at nine.",
                        "And your PIN?", "4711", "We meet at the church at ten."), 100);

        assertEquals(List.of("What is the door code?", "We meet at the old harbour at nine.", "And your PIN?",
                "We meet at the church at ten."), sentences.all());
    }

    /// Other sentences stay, before and after the secret.
    @Test
    void maskedTextsHoldNoSecretAndAllOtherSentences() {
        qt().withExamples(2_000).forAll(integers().between(0, SecretSamples.kinds() - 1), longs().all())
                .checkAssert((kind, seed) -> {
                    SecretSamples.Sample sample = SecretSamples.of(kind, new Random(seed));
                    List<String> texts = new ArrayList<>(sample.messages());
                    texts.set(0, BEFORE + " " + texts.getFirst());
                    texts.set(texts.size() - 1, texts.getLast() + "\n" + AFTER);

                    List<String> masked = Secrets.masked(texts);

                    String all = String.join("\n", masked);
                    assertEquals(List.of(), sample.parts().stream().filter(all::contains).toList(), all);
                    assertFalse(masked.stream().anyMatch(Secrets::isIn), all);
                    assertTrue(all.startsWith(BEFORE) && all.endsWith(AFTER), all);
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "   ", "I live in Oslo.\nMy dog is called Rex!", "No password here, just talk about it.",
                    "\ud83d\ude00\ud83d\ude00", "What is the weather?",
                    "\u3053\u3093\u306b\u3061\u306f\u3002\u5143\u6c17\u3067\u3059\u3002"})
    void otherTextsAreNotMasked(String text) {
        assertEquals(List.of(text), Secrets.masked(List.of(text)));
    }

    /// Beginnings, secrets, digits, without a blank or an end. Two hundred thousand characters take a second; a search
    /// whose time grows with the square of the length would take an hour.
    @ParameterizedTest
    @ValueSource(strings = {"-----BEGIN PRIVATE KEY-----", "my password is x and ", "1 ", "aA1", "password ", "a",
            "x is my ",
            "A1B2 ", "://a:b@", "PIN? "})
    void longTextsAreMaskedInTime(String part) {
        String text = part.repeat(200_000 / part.length());

        assertTimeout(Duration.ofSeconds(20), () -> Secrets.masked(List.of(text)));
    }
}
