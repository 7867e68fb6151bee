package dev.memfuse.cli.option;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

/// Checks of output paths before a long run.
class OutputFilesTest {
    @TempDir
    private Path folder;
    private final OutputFiles outputs = new OutputFiles(new CommandLine(new Any()));

    @Command
    private static final class Any {}

    @Test
    void aNameThatTheFileSystemDoesNotTakeIsRefused() {
        ParameterException refused = assertThrows(ParameterException.class,
                () -> outputs.file("--json", folder.resolve("9".repeat(400))));

        assertTrue(String.valueOf(refused.getMessage()).matches("--json: The file .* cannot be created: .*"),
                refused.getMessage());
        assertTrue(String.valueOf(refused.getMessage()).length() < 400, refused.getMessage());
    }

    @Test
    void theCheckLeavesNoFile() {
        Path file = folder.resolve("new").resolve("result.json");

        outputs.file("--json", file);

        assertTrue(Files.isDirectory(folder.resolve("new")));
        assertFalse(Files.exists(file));
    }
}
