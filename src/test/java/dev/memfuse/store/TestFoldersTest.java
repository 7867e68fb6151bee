package dev.memfuse.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestFoldersTest {
    @TempDir
    private Path ofJUnit;

    @Test
    void eachIsNewEmptyAndClosedToOtherAccounts() throws IOException {
        Path first = TestFolders.create();
        Path second = TestFolders.create();

        assertNotEquals(first, second);
        try (Stream<Path> files = Files.list(first)) {
            assertEquals(0, files.count());
        }
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(first)));
        TestFolders.remove(first);
        TestFolders.remove(second);
        assertFalse(Files.exists(first));
    }

    @Test
    void thoseOfJUnitLieBesideThem() {
        Path folder = TestFolders.create();

        assertEquals(folder.getParent(), ofJUnit.getParent());
        TestFolders.remove(folder);
    }
}
