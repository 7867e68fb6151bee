package dev.memfuse.postgres.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;

import dev.memfuse.engine.exception.EngineException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordFileCheckTest {
    private static final String URL = "jdbc:postgresql://host/database";

    @TempDir
    private Path home;
    private Path file;

    @BeforeEach
    void create() throws IOException {
        file = Files.writeString(home.resolve(".pgpass"), "*:*:*:*:secret\n");
    }

    private void permissions(String permissions) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r--r--", "rw----r--", "rw--w----", "rwxrwxrwx"})
    void refusesAFileThatOthersCanUse(String permissions) throws IOException {
        permissions(permissions);

        String sentence = PasswordFileCheck.problem(Map.of(), home).orElseThrow();

        assertTrue(sentence.endsWith("chmod 600 '" + file + "'"), sentence);
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-------", "r--------", "rwx------"})
    void acceptsAFileOfItsOwnerAlone(String permissions) throws IOException {
        permissions(permissions);

        assertEquals(Optional.empty(), PasswordFileCheck.problem(Map.of(), home));
    }

    @Test
    void theVariableNamesAnotherFile() throws IOException {
        permissions("rw-r--r--");

        assertEquals(Optional.empty(),
                PasswordFileCheck.problem(Map.of("PGPASSFILE", home.resolve("none").toString()), home));
        assertTrue(PasswordFileCheck.problem(Map.of("PGPASSFILE", file.toString()), home.resolve("other")).isPresent());
    }

    @Test
    void aConnectionWithoutAPasswordIsRefusedAndOneWithAPasswordReadsNoFile() throws IOException {
        permissions("rw-r--r--");
        Map<String, String> environment = Map.of("PGPASSFILE", file.toString());

        EngineException refusal = assertThrows(EngineException.class, () -> Credentials.from(environment).at(URL));
        assertTrue(refusal.getMessage().contains("chmod 600"), refusal.getMessage());

        assertEquals("secret", Credentials
                .from(Map.of("PGPASSFILE", file.toString(), "PGPASSWORD", "secret")).at(URL).password());
    }
}
