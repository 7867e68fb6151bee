package dev.memfuse.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.NotLinkException;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FileFailuresTest {
    private static final String PATH = "/data/memfuse/report";

    static Stream<IOException> failures() {
        return Stream.of(new NoSuchFileException(PATH), new AccessDeniedException(PATH),
                new NotDirectoryException(PATH), new FileAlreadyExistsException(PATH),
                new DirectoryNotEmptyException(PATH), new FileSystemLoopException(PATH), new NotLinkException(PATH),
                new FileSystemException(PATH), new FileSystemException(PATH, null, "No space left on device"),
                new FileSystemException(PATH, null, "Read-only file system"),
                new AtomicMoveNotSupportedException(PATH, "/other", "Invalid cross-device link"),
                new FileNotFoundException(PATH + " (Permission denied)"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void saysWhatHappenedWhereAndWhatToDo(IOException failure) {
        String sentence = FileFailures.sentence(failure);

        assertTrue(sentence.startsWith(PATH + " cannot be read or written: "), sentence);
        assertTrue(sentence.matches(".*: \\S.+\\. [A-Z].+\\."), sentence);
        assertFalse(FileFailures.reason(failure).contains(PATH), FileFailures.reason(failure));
    }

    @Test
    void aFailureWithoutAPathIsASentenceToo() {
        for (IOException failure : Stream.of(new EOFException(), new IOException(), new IOException("Broken pipe"),
                new MalformedInputException(1)).toList()) {
            String sentence = FileFailures.sentence(failure);
            assertTrue(sentence.matches("A file cannot be read or written: \\S.+\\. [A-Z].+\\."), sentence);
        }
    }

    @Test
    void aFullDiskNamesTheRemedy() {
        assertEquals(
                PATH + " cannot be read or written: No space left on device. Free space on the disk, then repeat it.",
                FileFailures.sentence(new FileSystemException(PATH, null, "No space left on device")));
    }
}
