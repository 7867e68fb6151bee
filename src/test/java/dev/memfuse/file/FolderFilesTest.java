package dev.memfuse.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderFilesTest {
    @TempDir
    private Path folder;

    private Path create(String name) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, "x");
    }

    @Test
    void listsTheWantedFilesDownToADepthInTheirOrder() throws IOException {
        Path deep = create("b/c/3");
        Path second = create("b/2");
        Path first = create("a/1");
        create("b/c/d/4");
        create("b/unwanted");

        assertEquals(List.of(first, second, deep),
                FolderFiles.list(folder, 3, file -> !file.endsWith("unwanted")));
    }

    /// As in `/proc`, where the folder of a process goes when that ends.
    @Test
    void leavesOutAnEntryThatIsRemovedMeanwhile() throws IOException {
        create("a/1");
        create("b/1");
        List<Path> seen = new ArrayList<>();

        List<Path> found = FolderFiles.list(folder, 3, file -> {
            seen.add(file);
            removeOther(file);
            return true;
        });

        assertEquals(1, seen.size());
        assertEquals(seen, found);
    }

    private void removeOther(Path file) {
        String other = Objects.requireNonNull(file.getParent()).endsWith("a") ? "b" : "a";
        try {
            FolderRemoval.remove(folder.resolve(other));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void refusesAFolderThatDoesNotExist() {
        Path missing = folder.resolve("missing");

        IOException failure = assertThrows(NoSuchFileException.class, () -> FolderFiles.list(missing, 3, _ -> true));

        assertEquals("it does not exist", FileFailures.reason(failure));
    }
}
