package dev.memfuse.postgres.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

import dev.memfuse.postgres.program.ServerStartException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StartFailureTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                                            initdb: error: could not write file "x": No space left on device | \
                                            The disk with FOLDER is full.
                                            could not extend file: Disk quota exceeded | \
                                            The disk with FOLDER is full.
                                            FATAL:  data directory "x" has wrong ownership | \
                                            The folder FOLDER may not be used by this account.
                                            could not change permissions of directory "x": Operation not permitted | \
                                            The folder FOLDER may not be used by this account.
                                            FATAL:  pre-existing shared memory block (key 1, ID 2) is still in use | \
                                            Another PostgreSQL server still uses FOLDER.
                                            FATAL:  could not map anonymous shared memory: Cannot allocate memory | \
                                            There is not enough memory to start PostgreSQL.
                                            initdb: error while loading shared libraries: libz.so.1 | \
                                            The PostgreSQL that comes with MemFuse does not run on this system.
                                            2026-01-01 UTC [1] FATAL:  some other cause | \
                                            PostgreSQL could not start in FOLDER: some other cause.
                                            """)
    void recognizesTheCauseInTheOutput(String output, String problem) {
        assertEquals(problem.replace("FOLDER", folder.toString()),
                new StartFailure(folder).of("start", output).problem());
    }

    @Test
    void recognizesTheCauseOfAFailedFileAccess() {
        var failures = new StartFailure(folder);

        assertEquals("The disk with " + folder + " is full.",
                failures.of("start", new FileSystemException("x", null, "No space left on device")).problem());
        assertEquals("The folder " + folder + " may not be used by this account.",
                failures.of("start", new AccessDeniedException("x")).problem());
        assertEquals("PostgreSQL could not start in " + folder + ": odd.",
                failures.of("start", new IOException("odd")).problem());
        ServerStartException missing = failures.of("start", new NoSuchFileException("/proc/data"));
        assertEquals("PostgreSQL could not start in " + folder + ": /proc/data cannot be created or read: it does not "
                + "exist.", missing.problem());
        assertEquals("Another folder (--data-dir) or another server (--db) may help for now.", missing.advice());
    }

    @Test
    void namesTheLastLineOfAnOutputThatItDoesNotKnow() {
        var failures = new StartFailure(folder);

        assertEquals("PostgreSQL could not start in " + folder + ": Killed.",
                failures.of("start", "starting\nKilled\n\n").problem());
        assertTrue(failures.of("start", "x".repeat(9_000)).problem().length() < 500);
        assertEquals("The log may name the cause; another folder (--data-dir) or another server (--db) may help for "
                + "now.", failures.of("start", "").advice());
    }
}
