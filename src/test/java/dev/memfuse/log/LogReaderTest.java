package dev.memfuse.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import dev.memfuse.config.section.LogLevel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

class LogReaderTest {
    private static final Logger LOG = LoggerFactory.getLogger(LogReaderTest.class);
    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

    @TempDir
    private Path folder;
    private Path file;
    private LogReader reader;

    @BeforeEach
    void create() throws IOException {
        file = Files.createFile(folder.resolve("memfuse.log"));
        reader = new LogReader(file);
    }

    @AfterEach
    void close() throws IOException {
        reader.close();
    }

    private static String line(int second, String text) {
        return LogEntry.head(START.plusSeconds(second), "INFO", "main") + "Program: " + text + "\n";
    }

    private void append(Path to, String text) throws IOException {
        Files.writeString(to, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private static List<String> texts(List<LogEntry> entries) {
        return entries.stream().map(LogEntry::text).toList();
    }

    /// Everything that is there, also what is held back at first.
    private List<String> rest() throws IOException {
        List<LogEntry> read = new ArrayList<>(reader.next());
        read.addAll(reader.next());
        return texts(read);
    }

    @Test
    void readsTheEndAndThenWhatIsAdded() throws IOException {
        append(file, line(0, "one") + line(1, "two"));

        assertEquals(List.of("one", "two"), texts(reader.tail()));
        append(file, line(2, "three"));
        assertEquals(List.of("three"), rest());
        assertEquals(List.of(), rest());
    }

    @Test
    void holdsAnEntryBackUntilItsLinesAreThere() throws IOException {
        reader.tail();
        append(file, line(0, "failed"));
        assertEquals(List.of(), reader.next());
        append(file, "    java.lang.Error: x\n    \tat y\n" + line(1, "after"));

        List<LogEntry> read = reader.next();

        assertEquals(List.of("failed"), texts(read));
        assertEquals("java.lang.Error: x\n\tat y", read.getFirst().details());
        assertEquals(List.of("after"), rest());
    }

    @Test
    void waitsForTheEndOfALineAndOfACharacter() throws IOException {
        reader.tail();
        byte[] bytes = line(0, "é→é").getBytes(StandardCharsets.UTF_8);
        for (byte one : bytes) {
            assertEquals(List.of(), reader.next());
            Files.write(file, new byte[]{one}, StandardOpenOption.APPEND);
        }

        assertEquals(List.of("é→é"), rest());
    }

    @Test
    void goesOnInTheNextFileWhenTheLogRolls() throws IOException {
        append(file, line(0, "one"));
        reader.tail();
        append(file, line(1, "two"));
        Files.move(file, folder.resolve("memfuse.2026-03-01.0.log"));
        append(file, line(2, "three"));

        List<String> read = new ArrayList<>(rest());
        read.addAll(rest());

        assertEquals(List.of("two", "three"), read);
    }

    @Test
    void missesNothingWhileARealLogRolls() throws IOException {
        try (ProgramLog log = new ProgramLog(new LogRotation(4_000, 5, 1_000_000))) {
            Path real = log.openIn(folder.resolve("."), LogLevel.INFO).file().orElseThrow();
            List<String> read = new ArrayList<>();
            try (LogReader follower = new LogReader(real)) {
                read.addAll(texts(follower.tail()));
                for (int i = 0; i < 300; i++) {
                    LOG.info("Program: line {}", i);
                    read.addAll(texts(follower.next()));
                }
                for (int i = 0; i < 4; i++) {
                    read.addAll(texts(follower.next()));
                }
            }

            // Threads of other tests in this JVM may write to the log of the program, too.
            assertEquals(IntStream.range(0, 300).mapToObj(i -> "line " + i).toList(),
                    read.stream().filter(text -> text.startsWith("line ")).toList());
        }
    }

    @Test
    void theEndOfAShortFileBeginsInTheRolledOne() throws IOException {
        append(folder.resolve("memfuse.2026-03-01.9.log"), line(0, "old"));
        append(folder.resolve("memfuse.2026-03-01.10.log"), line(1, "rolled"));
        append(folder.resolve("memfuse-2.2026-03-01.11.log"), line(1, "of another process"));
        append(file, line(2, "new"));

        assertEquals(List.of("rolled", "new"), texts(reader.tail()));
    }

    @Test
    void readsABoundedPartOfALargeFile() throws IOException {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 80_000; i++) {
            lines.append(line(i, "line " + i));
        }
        append(file, lines.toString());

        List<LogEntry> read = reader.tail();

        assertEquals("line 79999", read.getLast().text());
        assertTrue(read.size() < 80_000, read.size() + " entries");
        assertTrue(read.size() > 40_000, read.size() + " entries");
    }

    @Test
    void findsAMomentInTheFileThatHoldsIt() throws IOException {
        append(folder.resolve("memfuse.2026-03-01.0.log"), line(0, "a") + line(10, "b") + line(20, "c"));
        append(file, line(30, "d") + line(40, "e"));

        assertEquals(List.of("b", "c"), texts(reader.around(START.plusSeconds(15), 1)));
        assertEquals(List.of("d", "e"), texts(reader.around(START.plusSeconds(35), 1)));
        assertEquals(List.of("a"), texts(reader.around(START.minusSeconds(100), 1)));
        assertEquals(List.of("e"), texts(reader.around(START.plusSeconds(100), 1)));
    }

    @Test
    void saysThatTheFileIsGoneAndReadsOnWhenItIsBack() throws IOException {
        append(file, line(0, "one"));
        reader.tail();
        Files.delete(file);
        assertThrows(NoSuchFileException.class, reader::next);
        append(file, line(1, "two"));

        assertEquals(List.of("two"), rest());
    }

    @Test
    void aBrokenCharacterDoesNotHideTheEntriesAroundAMoment() throws IOException {
        append(file, line(1, "one"));
        Files.write(file, new byte[]{(byte) 0xC3, '\n'}, StandardOpenOption.APPEND);
        append(file, line(2, "two"));

        assertEquals(List.of("one", "two"), texts(reader.around(START.plusSeconds(2), 5)));
    }

    @Test
    void anExcerptHasTheEntriesSinceAMomentAndIsBounded() throws IOException {
        append(file, line(0, "before") + line(5, "one") + "    its detail\n" + line(6, "two"));

        List<String> lines = LogExcerpt.since(file, START.plusSeconds(5));

        assertEquals(3, lines.size(), lines.toString());
        assertTrue(lines.getFirst().endsWith("Program: one") && lines.get(1).endsWith("its detail"), lines.toString());
        append(file, IntStream.range(0, LogExcerpt.MAX_ENTRIES).mapToObj(i -> line(10, "entry " + i))
                .collect(Collectors.joining()));
        List<String> bounded = LogExcerpt.since(file, START.plusSeconds(5));
        assertEquals("(2 earlier entries are left out)", bounded.getFirst());
        assertEquals(LogExcerpt.MAX_ENTRIES + 1, bounded.size());
        assertEquals(List.of(), LogExcerpt.since(folder.resolve("missing.log"), START));
    }
}
