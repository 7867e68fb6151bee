package dev.memfuse.console.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;

import dev.memfuse.console.fx.ErrorSurface.Banner;
import dev.memfuse.console.fx.ErrorSurface.Severity;
import dev.memfuse.console.fx.Formats;
import dev.memfuse.metrics.MetricsSnapshot;
import dev.memfuse.metrics.MetricsSnapshot.BufferSample;
import dev.memfuse.metrics.MetricsSnapshot.JournalSample;
import dev.memfuse.metrics.SnapshotFeed;
import org.junit.jupiter.api.Test;

class StorageProblemTest {
    private static final Instant LOST = Instant.parse("2026-03-01T12:00:00Z");

    private final StorageProblem problem = new StorageProblem();

    @Test
    void namesThePendingRoundsAndTheStartOfTheProblem() {
        journal(0, new JournalSample(8, 900, 1, 1, 1, true, false));
        journal(60, new JournalSample(1_234, 3_250_585, 60, 1, 1, true, false));

        assertEquals("The database has been unreachable since " + Formats.timeOfDay(LOST)
                + "; 1,234 acknowledged rounds (3.10 MiB) are pending in the journal.", banner().problem());
        assertTrue(banner().advice().contains("restarts by itself"), banner().advice());
        assertEquals(Severity.WARNING, banner().severity());
        assertEquals("Database unreachable", problem.status());
    }

    @Test
    void endsByItselfAndStartsAnewTheNextTime() {
        journal(0, new JournalSample(8, 900, 1, 1, 1, true, false));
        journal(1, JournalSample.EMPTY);
        assertNull(problem.banner());
        assertEquals("", problem.status());

        journal(2, new JournalSample(0, 0, 0, 0, 1, true, false));

        assertEquals("The database has been unreachable since " + Formats.timeOfDay(LOST.plusSeconds(2))
                + "; no data is pending.", banner().problem());
    }

    @Test
    void saysThatMessagesInMemoryAreUnsafe() {
        MetricsSnapshot idle = SnapshotFeed.journal(LOST, new JournalSample(0, 0, 0, 0, 0, true, false));
        problem.show(
                new MetricsSnapshot(LOST, 0.1, Map.of(), Map.of(), idle.pool(), new BufferSample(7, 4, 1, 0, 0, 0, 0),
                        idle.journal(), idle.resources()));

        assertEquals("The database has been unreachable since " + Formats.timeOfDay(LOST)
                + "; 12 messages are pending in memory (unsafe: lost when the program dies).", banner().problem());
    }

    @Test
    void aFailedJournalIsAnErrorAndWorseThanALostDatabase() {
        journal(0, new JournalSample(8, 900, 1, 1, 1, true, true));

        assertEquals("The journal has not been writable since " + Formats.timeOfDay(LOST)
                + ". It acknowledges nothing until a restart.", banner().problem());
        assertEquals(Severity.ERROR, banner().severity());
        assertEquals("Journal failed", problem.status());
    }

    private void journal(int second, JournalSample sample) {
        problem.show(SnapshotFeed.journal(LOST.plusSeconds(second), sample));
    }

    private Banner banner() {
        return Objects.requireNonNull(problem.banner());
    }
}
