package dev.memfuse.engine.memory.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {
    @ParameterizedTest
    @ValueSource(strings = {"-----BEGIN RSA PRIVATE KEY-----", "It is sk-proj-abcdEFGH1234567890abcd",
            "ghp_16C7e42F292c6912E7710c838347Ae178B4a", "glpat-abcdefghij1234567890", "AKIAIOSFODNN7EXAMPLE",
            "AIzaSyA1234567890abcdefghijklmnopqrstuv", "xoxb-123456789012-abcdefghijkl", "sk_live_abcdefghij1234",
            "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl", "postgres://app:s3cr3t@db.example.org/app",
            "Authorization: Bearer abcdef.ghijkl-mnopqr", "My password is hunter2.", "my PIN is 4821",
            "The wifi password for the flat is sunflower", "api_key=12345", "The access code: 99-1",
            "Mein Passwort lautet Sommer.", "Mon mot de passe est soleil.", "Mi contraseña es sol.",
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
            "The order is 1234567890123.", "antidisestablishmentarianism"})
    void otherTextsAreNoSecrets(String text) {
        assertFalse(Secrets.isIn(text), text);
    }

    @Test
    void aShortAnswerAfterTheNameOfASecretIsDroppedFromEpisodes() {
        List<Sentence> sentences = new EnglishText()
                .read("What is the door code? Try blue horse. We meet at the old harbour at nine.");

        assertEquals(List.of("What is the door code?", "We meet at the old harbour at nine."),
                Secrets.without(sentences).stream().map(Sentence::text).toList());
    }
}
