package dev.memfuse.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NewFolderTest {
    @TempDir
    private Path parent;

    private Path create(String text) throws IOException {
        return NewFolder.create(parent, "report", folder -> Files.writeString(folder.resolve("index.html"), text));
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(parent)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void anExistingFolderStaysAsItIs() throws IOException {
        Path first = create("first");
        Path second = create("second");
        Files.createFile(parent.resolve("report-3"));
        create("fourth");

        assertEquals(List.of("report", "report-2", "report-3", "report-4"), names());
        assertEquals("first", Files.readString(first.resolve("index.html")));
        assertEquals("second", Files.readString(second.resolve("index.html")));
    }

    @Test
    void aFailureLeavesNothing() throws IOException {
        assertThrows(IOException.class, () -> NewFolder.create(parent, "report", folder -> {
            Files.writeString(folder.resolve("index.html"), "half");
            throw new IOException("No space left on device");
        }));

        assertEquals(List.of(), names());
    }

    @Test
    void anErrorLeavesNothing() throws IOException {
        assertThrows(StackOverflowError.class, () -> NewFolder.create(parent, "report", folder -> {
            throw new StackOverflowError();
        }));

        assertEquals(List.of(), names());
    }
}
