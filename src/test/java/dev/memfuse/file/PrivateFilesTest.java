package dev.memfuse.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;

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
    void aFileIsReplacedCompletelyOrNotAtAll() throws IOException {
        Path file = Files.writeString(folder.resolve("report.csv"), "old");

        assertThrows(IOException.class, () -> PrivateFiles.replace(file, out -> {
            out.write('n');
            throw new IOException("No space left on device");
        }));
        assertEquals("old", Files.readString(file));

        PrivateFiles.replace(file, "new");
        assertEquals("new", Files.readString(file));
        assertEquals("rw-------", permissions(file));
        try (Stream<Path> left = Files.list(folder)) {
            assertEquals(List.of(file), left.toList());
        }
    }

    @Test
    void aLinkStaysOneWhenItsFileIsReplaced() throws IOException {
        Path file = Files.writeString(folder.resolve("report.csv"), "old");
        Path link = Files.createSymbolicLink(folder.resolve("link"), file);

        PrivateFiles.replace(link, "new");

        assertEquals("new", Files.readString(file));
        assertTrue(Files.isSymbolicLink(link));
    }

    @Test
    void aDeviceIsNotReplaced() throws IOException {
        assertEquals(Path.of("/dev/null"), PrivateFiles.replace(Path.of("/dev/null"), "text"));
        assertFalse(Files.isRegularFile(Path.of("/dev/null")));
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

    @Test
    void aFullDiskIsNamedWithTheFileAndTheOldOneStays() throws Exception {
        Path file = Files.writeString(folder.resolve("charts.csv"), "old");

        FullDisk.during(() -> {
            IOException failure = assertThrows(IOException.class, () -> PrivateFiles.replace(file, "new"));
            String sentence = FileFailures.sentence(failure);
            assertTrue(sentence.startsWith(file + " cannot be read or written: "), sentence);
        });

        assertEquals("old", Files.readString(file));
        try (Stream<Path> left = Files.list(folder)) {
            assertEquals(List.of(file), left.toList());
        }
    }

    @Test
    void aFolderThatIsMissingOrAFileIsNamedInsteadOfADraft() throws IOException {
        Path missing = folder.resolve("missing");
        Path plain = Files.writeString(folder.resolve("plain"), "");

        assertEquals(missing + " cannot be read or written: it does not exist. Check that the path is right.",
                FileFailures.sentence(assertThrows(IOException.class,
                        () -> PrivateFiles.replace(missing.resolve("a.csv"), "x"))));
        assertTrue(FileFailures.sentence(assertThrows(IOException.class,
                () -> PrivateFiles.replace(plain.resolve("a.csv"), "x")))
                .startsWith(plain + " cannot be read or written: "));
    }
}
