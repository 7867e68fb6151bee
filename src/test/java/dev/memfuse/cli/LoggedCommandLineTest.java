package dev.memfuse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.lists;

import java.util.List;
import java.util.Locale;

import dev.memfuse.config.schema.ConfigKey;
import dev.memfuse.config.schema.ConfigSchema;
import dev.memfuse.log.LoggedArguments;
import org.junit.jupiter.api.Test;
import org.quicktheories.core.Gen;
import org.quicktheories.generators.Generate;

/// No secret of a command line reaches the line about the start in the log, whichever option or key holds it.
class LoggedCommandLineTest {
    private static final String MARK = "s3cr3t";
    /// Values of every option that a secret can stand in; `%s` is the secret.
    private static final List<String> URLS = List.of("jdbc:postgresql://h/d?options=-c x=%s",
            "jdbc:postgresql://h/d?ssl=true&options=-c%%20x=%s", "jdbc:postgresql://h/d?%s", "jdbc:postgresql://%s@h/d",
            "jdbc:postgresql://ann:%s@h:5432/d?ssl=true", "jdbc:postgresql:%s@h", "https://h/v1?key=%s",
            "https://h/v1?a=1&k=%s", "https://h/v1#%s", "https://%s@h/v1", "https://ann:%s@h/v1?q", "HTTPS://h/v1?p=%s",
            "ann:%s@h/d", "h/d?x&code=%s", "socks5://h/?ssl=%s");
    private static final List<String> NAMES = List.of("llm.api_key", "llm.apiKey", "password", "PGPASSWORD",
            "postgres.passwd", "db.pwd", "x.secret", "client_secret", "llm.token", "access_token", "auth", "x.key",
            "bearer", "credentials", "passphrase", "private-key", "anything", "llm.base_urls", "", "postgres.url.x");

    private static List<String> options() {
        return ProgramOptions.withValue(new FakeProgramServices()).stream()
                .map(ProgramOptions.CommandOption::option).distinct().toList();
    }

    /// A secret that contains the mark, between pieces that end a word, a value or a text somewhere.
    private static Gen<String> secret() {
        Gen<String> pieces = lists()
                .of(Generate.pick(List.of("a", "Z9", " ", "\"", "'", "&", "=", "@", ":", "/", "?", "#", "%20", ",", ";",
                        ")", "\n", "\t", "*", "-", "--x", "=***", "é", "\ud83d\ude00", "\u0000")))
                .ofSizeBetween(0, 4).map(list -> String.join("", list));
        return pieces.zip(pieces, (before, after) -> before + MARK + after);
    }

    private static void hides(List<String> arguments) {
        String line = LoggedArguments.line(arguments);
        assertFalse(line.toLowerCase(Locale.ROOT).contains(MARK), line);
        assertEquals(1, line.lines().count(), line);
    }

    @Test
    void theOptionsAreThoseOfTheProgram() {
        assertTrue(options().containsAll(List.of("--db", "--set", "--change", "--user", "--dataset", "--report")),
                options().toString());
    }

    @Test
    void aSecretInAUrlIsHiddenInEveryOption() {
        qt().withExamples(2_000).forAll(Generate.pick(options()), Generate.pick(URLS), secret())
                .checkAssert((option, form, secret) -> {
                    String value = String.format(Locale.ROOT, form, secret);
                    hides(List.of("load", option, value));
                    hides(List.of(option + "=" + value, "--yes"));
                });
    }

    @Test
    void aSecretInAUrlIsHiddenInEveryKey() {
        List<String> keys = ConfigSchema.keys().stream().map(ConfigKey::path).toList();
        qt().withExamples(2_000).forAll(Generate.pick(keys), Generate.pick(URLS), secret())
                .checkAssert((key, form, secret) -> {
                    String value = String.format(Locale.ROOT, form, secret);
                    hides(List.of("--set", key + "=" + value));
                    hides(List.of("--set=" + key + " = " + value));
                    hides(List.of("--change", "10s:" + key + "=" + value, "--yes"));
                });
    }

    @Test
    void theValueOfAKeyThatIsNoneOfTheConfigurationIsHidden() {
        qt().withExamples(2_000).forAll(Generate.pick(NAMES), secret()).checkAssert((key, secret) -> {
            hides(List.of("--set", key + "=" + secret));
            hides(List.of("load", "--set=" + key + "=" + secret));
            hides(List.of("--set", key + "  =  " + secret));
            hides(List.of("--set", secret));
            hides(List.of("--change", "1m:" + key + "=" + secret));
            hides(List.of("--change=" + key + "=" + secret));
        });
    }

    @Test
    void aSecretAfterItsNameIsHiddenWhereverItStands() {
        List<String> names = NAMES.subList(0, NAMES.indexOf("anything"));
        qt().withExamples(2_000).forAll(Generate.pick(names), secret()).checkAssert((name, secret) -> {
            hides(List.of("--" + name, secret));
            hides(List.of("--" + name + "=" + secret));
            hides(List.of("-D" + name + "=" + secret, "load"));
            hides(List.of("--report", name + "=" + secret));
            hides(List.of("--report", name + ": " + secret));
        });
    }
}
