package dev.memfuse.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import dev.memfuse.config.section.LogLevel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogEntryTest {
    private static final Instant AT = Instant.parse("2026-03-01T13:02:11.123Z");

    @Test
    void readsALine() {
        Optional<LogEntry> entry = LogEntry
                .parse("2026-03-01T14:02:11.123+01:00 INFO  [engine-start] Journal: open, 3 rounds recovered");

        assertEquals(Optional.of(new LogEntry(AT, LogLevel.INFO, "engine-start", "Journal", "open, 3 rounds recovered",
                "")), entry);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "    at java.base/java.lang.Thread.run", "2026-13-45T99:02:11.123+01:00 INFO  [a] B: c",
            "2026-03-01T14:02:11.123+01:00 LOUD  [a] B: c", "java.lang.IllegalStateException: x"})
    void anythingElseIsNoEntry(String line) {
        assertEquals(Optional.empty(), LogEntry.parse(line));
    }

    @Test
    void linesBelowBelongToTheEntryAbove() {
        List<LogEntry> entries = LogEntry.read(List.of("    of an entry whose start is not here",
                "2026-03-01T14:02:11.123+01:00 ERROR [main] Engine: failed", "    java.lang.Error: x", "    \tat y",
                "2026-03-01T14:02:12.123+01:00 INFO  [main] Engine: ready"));

        assertEquals(2, entries.size());
        assertEquals("java.lang.Error: x\n\tat y", entries.getFirst().details());
        assertEquals("", entries.getLast().details());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void readsWhatTheLayoutWrites(long seed) {
        Random random = new Random(seed);
        LoggerContext context = new LoggerContext();
        Logger logger = context.getLogger("dev.memfuse.Example");
        FileLayout layout = new FileLayout();
        for (int round = 0; round < 200; round++) {
            String text = text(random);
            LoggingEvent event = new LoggingEvent("", logger, Level.INFO, "Journal: " + text, null, null);
            event.setInstant(AT);
            event.setThreadName("worker [" + random.nextInt(100) + "]");

            List<LogEntry> read = LogEntry.read(layout.doLayout(event).lines().toList());

            assertEquals(1, read.size(), text);
            LogEntry entry = read.getFirst();
            assertEquals(AT, entry.at());
            assertEquals("Journal", entry.component());
            String whole = entry.details().isEmpty() ? entry.text() : entry.text() + "\n" + entry.details();
            assertEquals(text.stripTrailing(), whole.stripTrailing(), text);
        }
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder("x");
        String parts = "aé→ \n\t[]():{}$\\%\"'0Z";
        random.ints(random.nextInt(60), 0, parts.length()).forEach(index -> text.append(parts.charAt(index)));
        return text.append('y').toString();
    }

    @Test
    void printsTheEntryAsItStandsInTheFile() {
        LogEntry entry = new LogEntry(AT, LogLevel.ERROR, "main", "Engine", "failed", "java.lang.Error: x\n\tat y");

        String text = entry.asText();

        assertEquals(List.of(entry), LogEntry.read(text.lines().toList()));
        assertTrue(text.contains("\n    \tat y"), text);
    }
}
