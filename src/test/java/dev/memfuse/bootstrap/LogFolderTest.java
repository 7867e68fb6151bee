package dev.memfuse.bootstrap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import dev.memfuse.cli.MemFuseCommand;
import dev.memfuse.cli.terminal.Terminal;
import dev.memfuse.config.section.LogLevel;
import dev.memfuse.log.LogEntry;
import dev.memfuse.log.LogLocation;
import dev.memfuse.log.ProgramLog;
import dev.memfuse.metrics.EnvironmentInfo;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFolderTest {
    @TempDir
    private Path folder;
    private final Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
    private final ProgramLog log = new ProgramLog().collect();
    private final StringWriter err = new StringWriter();

    @AfterEach
    void close() {
        log.close();
        Thread.setDefaultUncaughtExceptionHandler(before);
    }

    private List<LogEntry> entries() throws IOException {
        return LogEntry.read(Files.readAllLines(log.location().file().orElseThrow()));
    }

    private int run(String... arguments) {
        return MemFuseCommand.run(new DefaultProgramServices(log),
                new Terminal(new PrintWriter(new StringWriter()), new PrintWriter(err), false), arguments);
    }

    @Test
    void oneLineSaysWhatStartedWhereAndHow() throws IOException {
        LogFolder.open(log, Optional.of(folder.resolve("data")), LogLevel.INFO,
                List.of("load", "--db", "jdbc:postgresql://u:hunter2@h/d"));

        // A thread of an earlier test may still log.
        LogEntry line = entries().stream().filter(one -> one.component().equals("Program")).findFirst().orElseThrow();
        assertEquals("", line.details());
        for (String fact : List.of(EnvironmentInfo.PROGRAM_VERSION, System.getProperty("java.version"),
                System.getProperty("java.vm.name"), Runtime.getRuntime().availableProcessors() + " processors",
                "heap limit ", "data folder " + folder.resolve("data"),
                "command: memfuse load --db jdbc:postgresql://***@h/d",
                "process " + ProcessHandle.current().pid())) {
            assertTrue(line.text().contains(fact), fact + " in " + line.text());
        }
        assertFalse(line.text().contains("hunter2"), line.text());
    }

    @Test
    void theFoldersAreClosedToOtherAccounts() throws IOException {
        Path data = folder.resolve("a").resolve("data");

        LogLocation location = LogFolder.open(log, Optional.of(data), LogLevel.INFO, List.of());

        assertEquals(Optional.of(data.resolve("logs").resolve("memfuse.log")), location.file());
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve("logs"))));
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(data)));
    }

    @Test
    void aFolderThatCannotBeMadeLeavesTheProgramWithoutALog() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "in the way");

        LogLocation location = LogFolder.open(log, Optional.of(file), LogLevel.INFO, List.of());

        assertTrue(location.file().isEmpty());
        assertTrue(location.problem().contains(file.toString()), location.problem());
    }

    @Test
    void aFailedStartNamesTheLogAndTheLogHasItsCause() throws IOException {
        int exit = run("load", "--duration", "100ms", "--data-dir", folder.toString(), "--db",
                "jdbc:postgresql://127.0.0.1:1/none");

        assertEquals(1, exit);
        assertTrue(err.toString().contains("The log has the details: " + folder.resolve("logs/memfuse.log")),
                err.toString());
        LogEntry failure = entries().stream().filter(entry -> entry.component().equals("Engine")
                && entry.level() == LogLevel.ERROR).findFirst().orElseThrow();
        assertTrue(failure.text().startsWith("the start failed. "), failure.text());
        assertTrue(failure.details().contains("\tat dev.memfuse."), failure.details());
        assertFalse(err.toString().contains("\tat dev.memfuse."), err.toString());
    }

    @Test
    void aRefusedConfigurationIsInTheLogToo() throws IOException {
        int exit = run("load", "--data-dir", folder.toString(), "--set", "postgres.pool_size=many");

        assertEquals(2, exit);
        assertTrue(entries().getLast().text().startsWith("refused. "), entries().toString());
        assertTrue(entries().getLast().text().contains("postgres.pool_size"), entries().toString());
    }

    @Test
    void aThrowAwayRunWithoutAFolderForItSaysSoAndGoesOn() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "in the way");

        int exit = run("load", "--ephemeral", "--data-dir", file.toString(), "--db",
                "jdbc:postgresql://127.0.0.1:1/none");

        assertEquals(1, exit);
        assertTrue(err.toString().contains("There is no log file: "), err.toString());
        assertEquals(err.toString().toLowerCase(Locale.ROOT).indexOf("there is no log file"),
                err.toString().toLowerCase(Locale.ROOT).lastIndexOf("there is no log file"), err.toString());
    }
}
