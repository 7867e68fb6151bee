package dev.memfuse.config.yaml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import dev.memfuse.config.ConfigException;
import dev.memfuse.config.MemFuseConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigFolderTest {
    @TempDir
    Path folder;

    @Test
    void aFileMayNameItsSectionOrInheritItFromItsFolder() throws IOException {
        write("buffer/default.yaml", "buffer:\n  bypass_mode: false\n");
        write("services/default.yaml", "cache: false\n");
        write("monitoring/default.yaml", "thresholds:\n  heap_used: 0.5\n");
        write("database/default.yaml", "postgres:\n  pool_size: 3\n");

        MemFuseConfig config = load();

        assertFalse(config.buffer().bypassMode());
        assertFalse(config.services().cache());
        assertEquals(0.5, config.monitoring().thresholds().heapUsed());
        assertEquals(3, config.postgres().poolSize());
    }

    @Test
    void aKeySetInTwoFilesIsAProblemWithBothPositions() throws IOException {
        Path first = write("database/default.yaml", "services:\n  cache: true\n");
        Path second = write("services/default.yaml", "cache: false\n");

        assertProblem(second + ":1:8: services.cache: set twice; the other place is " + first + ":2:10");
    }

    @Test
    void theProblemsOfAllFilesAreReportedTogetherWithTheirFiles() throws IOException {
        Path buffer = write("buffer/default.yaml", "# first\nbypas_mode: true\n");
        Path memory = write("memory/default.yaml", "layers:\n  m1:\n    enabled: 1\n");

        assertProblem(buffer + ":2:1: buffer.bypas_mode: unknown key; did you mean buffer.bypass_mode?\n" + memory
                + ":3:14: layers.m1.enabled: expected true or false, found 1");
    }

    @Test
    void anIgnoredFileIsAProblem() throws IOException {
        Path stray = write("buffer/fast.yaml", "bypass_mode: true\n");

        assertProblem(stray + " is not part of a configuration folder; expected files such as database/default.yaml, "
                + "buffer/default.yaml, memory/default.yaml");
    }

    @Test
    void aFolderWithoutConfigurationIsAProblem() throws IOException {
        write("readme.txt", "nothing here");

        assertProblem(
                "the folder " + folder + " contains no configuration; expected files such as database/default.yaml, "
                        + "buffer/default.yaml, memory/default.yaml");
    }

    private MemFuseConfig load() {
        return new ConfigLoader().load(folder);
    }

    private void assertProblem(String expected) {
        assertEquals(expected, assertThrows(ConfigException.class, this::load).getMessage());
    }

    private Path write(String relativePath, String yaml) throws IOException {
        Path file = folder.resolve(relativePath);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, yaml);
    }
}
