package dev.memfuse.config.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

import dev.memfuse.config.connection.SavedConnection;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGProperty;

/// Every parameter that the driver knows: an address is saved without user, password and other secrets.
class DriverParametersTest {
    private static final Set<PGProperty> SECRET = Set.of(PGProperty.USER, PGProperty.PASSWORD,
            PGProperty.SSL_PASSWORD);

    private static String url(String name, String value) {
        return "jdbc:postgresql://host/db?" + name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    private static Optional<String> problem(String url) {
        return new SavedConnection("Mine", url, Optional.empty(), false).problem();
    }

    @ParameterizedTest
    @EnumSource
    void onlyParametersThatAreNoSecretAreSaved(PGProperty property) {
        String usual = Objects.requireNonNullElse(property.getDefaultValue(), "value");

        assertEquals(SECRET.contains(property), problem(url(property.getName(), usual)).isPresent(),
                property.getName());
    }

    @ParameterizedTest
    @EnumSource
    void noParameterHasASecretInItsValue(PGProperty property) {
        for (String value : new String[]{"-c app.jwt_secret=s3cret", "--app.jwt_secret=s3cret", "password=s3cret",
                "{\"token\": \"s3cret\"}", "https://me:s3cret@proxy/", "-----BEGIN RSA PRIVATE KEY-----s3cret"}) {
            String url = url(property.getName(), value);
            String problem = problem(url).orElseThrow(() -> new AssertionError(url));

            assertTrue(problem.startsWith("The address must not contain a "), problem);
            assertFalse(problem.contains("s3cret"), problem);
            assertFalse(DatabaseUrl.display(url).contains("s3cret"), DatabaseUrl.display(url));
            assertTrue(problem(url.replace("=" + URLEncoder.encode(value, StandardCharsets.UTF_8), "=" + value))
                    .isPresent(), "not encoded");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-c search_path=memfuse,public", "-c statement_timeout=5s --jit=off", "endpoint=ep-cool-1",
            "-c password_encryption=scram-sha-256", "-c geqo=off -c x=y", "project=my-key-store",
            "-c tokens.maximum=3"})
    void settingsOfTheServerAreSaved(String options) {
        assertEquals(Optional.empty(), problem(url("options", options)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-c app.secret=x", "-capp.password=x", "-c 'app.api_key'='x'", "-c APP.Token=x",
            "-c geqo=off -c role.passwd = x"})
    void settingsThatAreSecretsAreNamedWithAWayOut(String options) {
        String problem = problem(url("options", options)).orElseThrow();

        assertTrue(problem.contains("its parameter options has "), problem);
        assertTrue(problem.contains("ALTER ROLE") && problem.contains("PGSERVICEFILE"), problem);
    }
}
