package dev.memfuse.log;

import static dev.memfuse.store.EngineFixture.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import ch.qos.logback.core.rolling.TimeBasedRollingPolicy;
import ch.qos.logback.core.rolling.helper.ArchiveRemover;
import ch.qos.logback.core.rolling.helper.FileNamePattern;
import ch.qos.logback.core.rolling.helper.RollingCalendar;
import ch.qos.logback.core.rolling.helper.TimeBasedArchiveRemover;
import ch.qos.logback.core.status.ErrorStatus;
import ch.qos.logback.core.status.InfoStatus;
import ch.qos.logback.core.status.StatusManager;
import ch.qos.logback.core.status.WarnStatus;
import dev.memfuse.config.section.LogLevel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

class ProgramLogTest {
    private static final Logger LOG = LoggerFactory.getLogger(ProgramLogTest.class);
    private static final Logger LIBRARY = LoggerFactory.getLogger("org.example.pool.Housekeeper");

    @TempDir
    private Path folder;
    private final Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
    private ProgramLog log = new ProgramLog();

    @AfterEach
    void close() {
        log.close();
        Thread.setDefaultUncaughtExceptionHandler(before);
    }

    private List<LogEntry> entries() throws IOException {
        return read(log.location().file().orElseThrow());
    }

    private static List<LogEntry> read(Path file) throws IOException {
        return LogEntry.read(Files.readAllLines(file));
    }

    private List<String> texts() throws IOException {
        return entries().stream().map(entry -> entry.component() + ": " + entry.text()).toList();
    }

    @Test
    void holdsTheLinesFromBeforeTheFolderWasKnownInTheirOrder() throws IOException {
        log.collect();
        LOG.info("Program: first");
        LOG.warn("Program: second");

        log.openIn(folder, LogLevel.INFO);
        LOG.info("Program: third");

        assertEquals(List.of("Program: first", "Program: second", "Program: third"), texts());
        assertEquals(Thread.currentThread().getName(), entries().getFirst().thread());
    }

    @Test
    void leavesOutEarlyLinesThatTheLevelDoesNotWant() throws IOException {
        log.collect();
        LOG.debug("Program: fine");
        LOG.info("Program: usual");

        log.openIn(folder, LogLevel.INFO);

        assertEquals(List.of("Program: usual"), texts());
    }

    @Test
    void keepsEarlyLinesThatAFinerLevelWants() throws IOException {
        log.collect();
        LOG.debug("Program: fine");

        log.openIn(folder, LogLevel.DEBUG);

        assertEquals(List.of("Program: fine"), texts());
    }

    @Test
    void theLevelChangesWhileTheProgramRuns() throws IOException {
        log.openIn(folder, LogLevel.INFO);
        LOG.debug("Program: not yet");
        log.level(LogLevel.DEBUG);
        LOG.debug("Program: now");
        log.level(LogLevel.WARN);
        LOG.info("Program: no more");
        LOG.warn("Program: this");

        assertEquals(List.of("Log: level DEBUG", "Program: now", "Program: this"), texts());
    }

    @Test
    void librariesNeverLogFinerThanInfo() throws IOException {
        log.openIn(folder, LogLevel.TRACE);
        LIBRARY.debug("connection with the user's data");
        LIBRARY.info("started");

        assertEquals(List.of("Housekeeper: started"), texts());
    }

    @Test
    void appendsToTheFileOfAnEarlierStart() throws IOException {
        log.openIn(folder, LogLevel.INFO);
        LOG.info("Program: one");
        Path first = log.location().file().orElseThrow();
        log.close();
        log = new ProgramLog();
        log.openIn(folder, LogLevel.INFO);
        LOG.info("Program: two");

        assertEquals(first, log.location().file().orElseThrow());
        assertEquals(List.of("Program: one", "Program: two"), texts());
    }

    @Test
    void aSecondProgramOnTheSameFolderHasAFileOfItsOwn() throws IOException {
        log.openIn(folder, LogLevel.INFO);
        try (ProgramLog other = new ProgramLog()) {
            other.openIn(folder, LogLevel.INFO);

            assertNotEquals(log.location().file(), other.location().file());
            assertEquals("memfuse-2.log", other.location().file().orElseThrow().getFileName().toString());
        }
        try (ProgramLog other = new ProgramLog()) {
            other.openIn(folder, LogLevel.INFO);

            assertEquals("memfuse-2.log", other.location().file().orElseThrow().getFileName().toString());
        }
    }

    @Test
    void isClosedToOtherAccountsAlsoAfterItRolled() throws IOException {
        log = new ProgramLog(new LogRotation(2_000, 2, 1_000_000));
        log.openIn(folder, LogLevel.INFO);
        writeLines(100);

        List<Path> files = logFiles();
        assertTrue(files.size() > 1, files.toString());
        for (Path file : files) {
            assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        }
    }

    private static void writeLines(int count) {
        for (int i = 0; i < count; i++) {
            LOG.info("Program: line {} of a test that fills files", i);
        }
    }

    private List<Path> logFiles() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".log")).sorted().toList();
        }
    }

    @Test
    void deletesWhatIsTooOldAndKeepsEachFileNearItsBound() throws IOException {
        String old = "memfuse." + LocalDate.now(ZoneId.systemDefault()).minusDays(5) + ".0.log";
        String recent = "memfuse." + LocalDate.now(ZoneId.systemDefault()).minusDays(1) + ".0.log";
        Files.writeString(folder.resolve(old), "old");
        Files.writeString(folder.resolve(recent), "recent");
        log = new ProgramLog(new LogRotation(10_000, 2, 1_000_000));
        log.openIn(folder, LogLevel.INFO);
        writeLines(500);
        log.close();

        List<Path> files = logFiles();
        List<String> names = files.stream().map(file -> file.getFileName().toString()).toList();
        assertFalse(names.contains(old), names.toString());
        assertTrue(names.contains(recent), names.toString());
        assertTrue(names.size() > 3, names.toString());
        for (Path file : files) {
            assertTrue(Files.size(file) < 11_000, file + " has " + Files.size(file));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"with space", "(brackets) [b]", "$HOME", "ünïcode", "a.log", "a+b*c?^"})
    void rollsInAFolderOfAnyOtherName(String name) throws IOException {
        Path odd = Files.createDirectory(folder.resolve(name));
        log = new ProgramLog(new LogRotation(2_000, 2, 1_000_000));
        LogLocation location = log.openIn(odd, LogLevel.INFO);

        // The size of the file is looked at from time to time, not after each line.
        await("the first full file", () -> {
            writeLines(100);
            return isRolled(odd);
        });
        assertEquals(odd.resolve("memfuse.log"), location.file().orElseThrow());
    }

    @Test
    void cleanUpsAtOnceKeepTheFilesOfToday() throws Exception {
        Path today = Files.createFile(folder.resolve("memfuse." + LocalDate.now(ZoneId.systemDefault()) + ".0.log"));
        PrivateFileAppender appender = PrivateFileAppender.start((LoggerContext) LoggerFactory.getILoggerFactory(),
                folder.resolve("memfuse.log"), new LogRotation(2_000, 2, 1_000_000));
        ArchiveRemover remover = ((TimeBasedRollingPolicy<?>) appender.getRollingPolicy())
                .getTimeBasedFileNamingAndTriggeringPolicy().getArchiveRemover();

        List<Future<?>> cleanUps = new ArrayList<>();
        for (int i = 0; i < 4_000; i++) {
            cleanUps.add(remover.cleanAsynchronously(Instant.now()));
        }
        for (Future<?> cleanUp : cleanUps) {
            cleanUp.get();
        }
        appender.stop();

        assertTrue(Files.exists(today));
    }

    private static boolean isRolled(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".0.log")).count() == 1;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void allRolledFilesTogetherStayNearTheirBound() throws IOException {
        Files.writeString(folder.resolve("memfuse." + LocalDate.now(ZoneId.systemDefault()).minusDays(1) + ".0.log"),
                "x".repeat(90_000));
        log = new ProgramLog(new LogRotation(10_000, 5, 50_000));
        log.openIn(folder, LogLevel.INFO);
        writeLines(2000);
        log.close();

        long total = 0;
        for (Path file : logFiles()) {
            total += Files.size(file);
        }
        assertTrue(total < 70_000, "total " + total);
    }

    @Test
    void saysWhyThereIsNoFile() throws IOException {
        Path file = Files.writeString(folder.resolve("taken"), "a file");

        LogLocation location = log.openIn(file.resolve("logs"), LogLevel.INFO);

        assertTrue(location.file().isEmpty());
        assertTrue(location.hint().startsWith("There is no log file: "), location.hint());
        assertTrue(location.hint().contains("taken"), location.hint());
    }

    @Test
    void writesTheStackTraceOfAnErrorAndOnlyTheCausesOfAWarning() throws IOException {
        Exception failure = new IllegalStateException("the pool is closed", new IOException("connection reset"));
        log.openIn(folder, LogLevel.INFO);
        LOG.error("Engine: the start failed", failure);
        LOG.warn("Index: not saved", failure);

        LogEntry error = entries().getFirst();
        assertEquals("the start failed", error.text());
        assertTrue(error.details().startsWith("java.lang.IllegalStateException: the pool is closed"), error.details());
        assertTrue(error.details().contains("at dev.memfuse.log.ProgramLogTest"), error.details());
        assertTrue(error.details().contains("Caused by: java.io.IOException: connection reset"), error.details());
        assertEquals("not saved (IllegalStateException: the pool is closed, caused by IOException: connection reset)",
                entries().getLast().text());
        assertEquals("", entries().getLast().details());
    }

    @Test
    void noTextCanPassForAnotherEntry() throws IOException {
        log.openIn(folder, LogLevel.INFO);
        String line = LogEntry.head(java.time.Instant.EPOCH, "ERROR", "main") + "Journal: forged";
        LOG.info("Program: name\n{}\r{}\u2028{}\u001b[31m", line, line, line);
        LOG.error("Program: failed", new IllegalStateException("cause\n" + line));

        assertEquals(2, entries().size(), entries().toString());
        assertFalse(Files.readString(log.location().file().orElseThrow()).contains("\u001b"));
    }

    @Test
    void masksSecretsAlsoInCauses() throws IOException {
        log.openIn(folder, LogLevel.INFO);
        LOG.error("Database: jdbc:postgresql://u:hunter2@h/d", new IllegalStateException("password=hunter2"));

        String text = Files.readString(log.location().file().orElseThrow());
        assertFalse(text.contains("hunter2"), text);
    }

    @Test
    void cutsATextThatIsTooLong() throws IOException {
        log.openIn(folder, LogLevel.INFO);
        LOG.info("Program: {}", "x".repeat(LogFormat.LONGEST_TEXT + 100));

        String text = entries().getFirst().text();
        assertTrue(text.endsWith("(109 more characters)"), text.substring(text.length() - 50));
    }

    @Test
    void logsWhatNoThreadCatches() throws Exception {
        log.collect();
        log.openIn(folder, LogLevel.INFO);
        Thread thread = Thread.ofPlatform().name("doomed").start(() -> {
            throw new IllegalStateException("nobody catches this");
        });
        thread.join();

        LogEntry entry = entries().getLast();
        assertEquals("an uncaught exception ended thread doomed", entry.text());
        assertTrue(entry.details().contains("nobody catches this"), entry.details());
    }

    @Test
    void theTerminalGetsOneLineOnceThereIsAFile() {
        PrintStream terminal = System.err;
        ByteArrayOutputStream seen = new ByteArrayOutputStream();
        try {
            System.setErr(new PrintStream(seen, true, StandardCharsets.UTF_8));
            log.openIn(folder, LogLevel.INFO);
            LOG.error("Engine: failed", new IllegalStateException("the\ncause"));
            LOG.error(LogMarkers.REPORTED, "Engine: the window shows this");
            LOG.error(LogMarkers.UNEXPECTED, "Engine: the window shows this too");
            LOG.info("Engine: for the file");
        } finally {
            System.setErr(terminal);
        }

        List<String> lines = seen.toString(StandardCharsets.UTF_8).lines().toList();
        assertEquals(1, lines.size(), lines.toString());
        assertTrue(lines.getFirst().endsWith("ERROR Engine: failed (IllegalStateException: the cause)"),
                lines.toString());
    }

    @Test
    void theTerminalGetsEverythingWhileThereIsNoFile() {
        PrintStream terminal = System.err;
        ByteArrayOutputStream seen = new ByteArrayOutputStream();
        try {
            System.setErr(new PrintStream(seen, true, StandardCharsets.UTF_8));
            log.unavailable("The disk is read-only.", LogLevel.INFO);
            LOG.error(LogMarkers.REPORTED, "Engine: the window shows this");
            LOG.error(LogMarkers.UNEXPECTED, "Engine: failed", new IllegalStateException("the cause"));
        } finally {
            System.setErr(terminal);
        }

        String text = seen.toString(StandardCharsets.UTF_8);
        assertTrue(text.contains("Log: there is no log file. The disk is read-only."), text);
        assertTrue(text.contains("at dev.memfuse.log.ProgramLogTest"), text);
        assertFalse(text.contains("the window shows this"), text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"50% ok", "p%(x)", "100%d x", "a%i", "%", "{a}"})
    void aFolderWhoseNameLogbackWouldInterpretLeavesTheProgramWithoutALog(String name) throws IOException {
        Path inner = Files.createDirectory(folder.resolve(name));

        LogLocation location = log.openIn(inner, LogLevel.INFO);

        assertTrue(location.file().isEmpty());
        assertTrue(location.hint().contains("contains %"), location.hint());
        try (Stream<Path> all = Files.list(folder)) {
            assertEquals(List.of(inner), all.toList());
        }
    }

    @Test
    void aLinkInThePlaceOfTheFileIsNotFollowed() throws IOException {
        Path target = Files.writeString(folder.resolve("target"), "of somebody else");
        Path logs = Files.createDirectory(folder.resolve("logs"));
        Files.createSymbolicLink(logs.resolve("memfuse.log"), target);

        LogLocation location = log.openIn(logs, LogLevel.INFO);

        assertTrue(location.hint().contains("is not a regular file"), location.hint());
        assertEquals("of somebody else", Files.readString(target));
    }

    @Test
    void aSecretAtTheCutOfALongTextIsHidden() {
        String padding = "x".repeat(LogFormat.LONGEST_TEXT - 25);

        String clean = LogFormat.clean(padding + " jdbc://usr:S3cretCutPassword@h/db");

        assertFalse(clean.contains("S3c"), clean.substring(clean.length() - 60));
    }

    @Test
    void anIncompleteLastLineDoesNotSwallowTheNextEntry() throws IOException {
        Files.writeString(folder.resolve("memfuse.log"),
                LogEntry.head(Instant.EPOCH, "INFO", "main") + "Program: half");

        log.openIn(folder, LogLevel.INFO);
        LOG.info("Program: whole");

        assertEquals(List.of("half", "whole"), entries().stream().map(LogEntry::text).toList());
    }

    @Test
    void aFileThatCannotBeWrittenIsReportedOnce() {
        log.openIn(folder, LogLevel.INFO);
        StatusManager states = context().getStatusManager();
        try (Reports reports = new Reports()) {
            states.add(new ErrorStatus("IO failure while writing", this, new IOException("No space left on device")));
            states.add(new ErrorStatus("IO failure while writing", this, new IOException("No space left on device")));
            await("the report", () -> !reports.texts.isEmpty());
            // A second report would have begun before this one.
            log.unavailable("This is a test.", LogLevel.INFO);

            assertEquals(List.of("Log: the file lacks lines from now on. IO failure while writing",
                    "Log: there is no log file. This is a test."), reports.texts);
        }
    }

    /// Logback tells its listeners under a lock that each writer of the file takes when the file is rolled.
    @Test
    void theReportHoldsNoLockThatOtherWritersNeed() {
        log.openIn(folder, LogLevel.INFO);
        StatusManager states = context().getStatusManager();
        AtomicBoolean free = new AtomicBoolean();
        try (Reports reports = new Reports()) {
            reports.inside = () -> {
                Thread writer = Thread.ofPlatform().daemon().start(() -> states.add(new InfoStatus("rolled", this)));
                try {
                    free.set(writer.join(Duration.ofSeconds(5)));
                } catch (InterruptedException _) {
                    Thread.currentThread().interrupt();
                }
            };
            states.add(new ErrorStatus("IO failure while writing", this, new IOException("No space left on device")));
            await("the report", () -> !reports.texts.isEmpty());
        }

        assertTrue(free.get());
    }

    @Test
    void anOldFileThatSomebodyElseDeletedIsNoFailedWrite() {
        log.openIn(folder, LogLevel.INFO);
        ArchiveRemover remover = new TimeBasedArchiveRemover(new FileNamePattern("memfuse.%d.log", context()),
                new RollingCalendar("yyyy-MM-dd"));
        try (Reports reports = new Reports()) {
            context().getStatusManager().add(new WarnStatus("Cannot delete non existent file", remover));
            log.unavailable("This is a test.", LogLevel.INFO);

            assertEquals(List.of("Log: there is no log file. This is a test."), reports.texts);
        }
    }

    private static LoggerContext context() {
        return (LoggerContext) LoggerFactory.getILoggerFactory();
    }

    /// What the log says of itself.
    private static final class Reports extends AppenderBase<ILoggingEvent> implements AutoCloseable {
        private final List<String> texts = new CopyOnWriteArrayList<>();
        private volatile Runnable inside = () -> {};

        Reports() {
            start();
            context().getLogger(ProgramLog.class).addAppender(this);
        }

        @Override
        protected void append(ILoggingEvent event) {
            inside.run();
            texts.add(event.getFormattedMessage());
        }

        @Override
        public void close() {
            context().getLogger(ProgramLog.class).detachAppender(this);
        }
    }
}
