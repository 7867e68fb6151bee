package dev.memfuse.file;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrivateFilesTest {
    @TempDir
    private Path folder;

    private static String permissions(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    @Test
    void aNewFileIsPrivateFromItsFirstByteOn() throws IOException {
        Path file = folder.resolve("export.jsonl");
        try (OutputStream out = PrivateFiles.newOutputStream(file)) {
            assertEquals("rw-------", permissions(file));
            out.write('x');
        }

        assertEquals("rw-------", permissions(file));
    }

    @Test
    void anExistingFileIsClosedToOthersAndReplaced() throws IOException {
        Path file = Files.writeString(folder.resolve("report.csv"), "a longer text than the next one");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-r--"));

        PrivateFiles.write(file, List.of("a", "b"));

        assertEquals("rw-------", permissions(file));
        assertEquals(List.of("a", "b"), Files.readAllLines(file));
    }

    @Test
    void aDeviceIsWrittenAsItIs() throws IOException {
        Path device = Path.of("/dev/null");
        String before = permissions(device);

        PrivateFiles.writeString(device, "text");

        assertEquals(before, permissions(device));
    }

    @Test
    void writesTextsAsUtf8() throws IOException {
        assertEquals("caf\u00e9", Files.readString(PrivateFiles.writeString(folder.resolve("text"), "caf\u00e9")));
    }
}
