package dev.memfuse.target;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Addresses of JVMs, passwords, and figures over several samples.
class TargetAddressTest {
    @ParameterizedTest
    @CsvSource({"db.example:9010, service:jmx:rmi:///jndi/rmi://db.example:9010/jmxrmi, db.example:9010",
            "[::1]:9010, service:jmx:rmi:///jndi/rmi://[::1]:9010/jmxrmi, [::1]:9010",
            "' host:1 ', service:jmx:rmi:///jndi/rmi://host:1/jmxrmi, host:1",
            "service:jmx:rmi:///jndi/rmi://a:1/x, service:jmx:rmi:///jndi/rmi://a:1/x, a:1",
            "service:jmx:rmi://a/stub/rO0AB, service:jmx:rmi://a/stub/rO0AB, the JMX address"})
    void addressesOfJmxHaveAShortName(String text, String url, String name) {
        TargetAddress.Remote remote = assertInstanceOf(TargetAddress.Remote.class, TargetAddress.parse(text));

        assertEquals(url, remote.url());
        assertEquals(name, remote.toString());
    }

    @Test
    void digitsAreAProcess() {
        assertEquals(new TargetAddress.Local(1234), TargetAddress.parse(" 1234 "));
        assertEquals("process 1234", TargetAddress.parse("1234").toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "12345678901", "host", "host:0", "host:99999", "host:x", "a b:1",
            "service:jmx:jmxmp://host:1", "service:jmx:rmi:///jndi/ldap://host/x", "service:jmx:rmi:///ior/x"})
    void whatIsNoAddressGetsASentence(String text) {
        String sentence = String.valueOf(
                assertThrows(IllegalArgumentException.class, () -> TargetAddress.parse(text)).getMessage());

        assertTrue(sentence.endsWith(".") && sentence.length() > 20, sentence);
    }

    @ParameterizedTest
    @ValueSource(strings = {"joe:s3cret@host:9010", "joe@host:9010",
            "service:jmx:rmi://joe:s3cret@host/jndi/rmi://host:1/jmxrmi",
            "service:jmx:rmi:///jndi/rmi://joe:s3cret@host:1/jmxrmi"})
    void anAddressWithAUserIsRefusedWithoutRepeatingIt(String text) {
        String sentence = String.valueOf(
                assertThrows(IllegalArgumentException.class, () -> TargetAddress.parse(text)).getMessage());

        assertTrue(sentence.startsWith("The address must not contain a user or password"), sentence);
        assertFalse(sentence.contains("joe") || sentence.contains("s3cret"), sentence);
    }

    @ParameterizedTest
    @ValueSource(strings = {"9", "x", "x:", "service:"})
    void aLongAddressIsNotRepeatedInFull(String part) {
        String sentence = String.valueOf(assertThrows(IllegalArgumentException.class,
                () -> TargetAddress.parse(part.repeat(50_000))).getMessage());

        assertTrue(sentence.length() < 500, sentence.length() + " characters");
    }

    @Test
    void aPasswordIsReadFromAFileAndNeverPrinted(@TempDir Path folder) throws Exception {
        Path file = secret(folder.resolve("password"), "secret\nmore");

        Credentials credentials = Credentials.read("admin", file);

        assertEquals("secret", credentials.password());
        assertFalse(new Target(TargetAddress.parse("a:1"), Optional.of(credentials), false).toString()
                .contains("secret"));
        assertThrows(IllegalArgumentException.class, () -> Credentials.read("admin", folder.resolve("none")));
        assertThrows(IllegalArgumentException.class,
                () -> Credentials.read("admin", secret(folder.resolve("empty"), "\nx")));
    }

    @Test
    void aPasswordFileThatOthersCanReadIsRefused(@TempDir Path folder) throws Exception {
        Path file = secret(folder.resolve("password"), "secret");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

        String sentence = assertThrows(IllegalArgumentException.class, () -> Credentials.read("admin", file))
                .getMessage();

        assertEquals(
                "Other accounts can use the password file " + file + ", so it is not read. Close it to them: chmod "
                        + "600 '" + file + "'",
                sentence);
    }

    @Test
    void aPasswordInPlaceOfItsFileIsNotRepeated() {
        String sentence = assertThrows(IllegalArgumentException.class,
                () -> Credentials.read("admin", Path.of("my-secret"))).getMessage();

        assertFalse(String.valueOf(sentence).contains("my-secret"), sentence);
    }

    @Test
    void whatNeverEndsIsNoPasswordFile() {
        assertThrows(IllegalArgumentException.class, () -> Credentials.read("admin", Path.of("/dev/zero")));
    }

    private static Path secret(Path file, String content) throws IOException {
        Files.writeString(file, content);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void figuresKeepThePeakBetweenTwoLooks() {
        List<TargetSample> samples = List.of(sample(1, 2, 0), sample(2, 10, 3), sample(3, 3, 0));

        PoolFigures figures = PoolFigures.of(samples).getFirst();

        assertEquals(new PoolFigures.Range(2, 5, 10), figures.active());
        assertEquals(new PoolFigures.Range(0, 1, 3), figures.waiting());
        assertEquals(3, figures.now().active());
        assertEquals(3, figures.samples());
    }

    private static TargetSample sample(long sequence, int active, int waiting) {
        return new TargetSample(sequence, Instant.ofEpochMilli(sequence),
                List.of(new PoolReading("orders", active, 1, waiting, active + 1, Map.of())), JvmReading.NONE, 1);
    }
}
