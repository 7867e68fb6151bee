package dev.memfuse.console.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import dev.memfuse.console.shell.StoppingViewModel.Response;
import dev.memfuse.engine.host.EngineState;
import dev.memfuse.metrics.MetricsSnapshot;
import dev.memfuse.metrics.MetricsSnapshot.BufferSample;
import dev.memfuse.metrics.MetricsSnapshot.JournalSample;
import dev.memfuse.metrics.SnapshotFeed;
import org.junit.jupiter.api.Test;

class StoppingViewModelTest {
    private static final EngineState STORING = new EngineState.Stopping("Storing what is buffered",
            Duration.ofSeconds(30));

    private final AtomicInteger stops = new AtomicInteger();
    private final AtomicLong nanos = new AtomicLong();
    private final StoppingViewModel model = new StoppingViewModel(stops::incrementAndGet, nanos::get);

    @Test
    void theWindowStaysUntilTheEngineHasStopped() {
        assertEquals(Response.WAIT, model.closeRequested());
        model.engineState(STORING);
        assertTrue(model.stoppingProperty().get());
        assertFalse(model.closeableProperty().get());

        model.engineState(new EngineState.Stopped());

        assertTrue(model.closeableProperty().get());
        assertFalse(model.stoppingProperty().get());
        assertEquals(1, stops.get());
    }

    @Test
    void aSecondRequestClosesTheWindowImmediately() {
        model.closeRequested();

        assertEquals(Response.CLOSE, model.closeRequested());
        assertEquals(1, stops.get());
    }

    @Test
    void aWindowOfAStoppedEngineClosesImmediately() {
        model.engineState(new EngineState.Stopped());

        assertEquals(Response.CLOSE, model.closeRequested());
        assertEquals(0, stops.get());
    }

    @Test
    void anEngineStoppedByASignalDoesNotCloseTheWindow() {
        model.engineState(STORING);
        model.engineState(new EngineState.Stopped());

        assertFalse(model.closeableProperty().get());
    }

    @Test
    void showsTheRemainingWorkAndTheUsedShareOfTheTime() {
        nanos.set(TimeUnit.SECONDS.toNanos(100));
        model.engineState(STORING);
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(6));

        model.tick(
                snapshot(new BufferSample(1_000, 230, 4, 0, 0, 0, 0), new JournalSample(60, 1, 1, 1, 1, false, false)));

        assertEquals("Storing what is buffered, at most 30 s", model.stepProperty().get());
        assertEquals("1,234 messages remain.", model.remainingProperty().get());
        assertEquals("Rounds that are not stored in time stay in the journal and are stored at the next start.",
                model.outcomeProperty().get());
        assertEquals(0.2, model.progressProperty().get(), 1e-9);
    }

    @Test
    void theEndOfALoadNamesTheStepAfterItWithItsTime() {
        model.engineState(new EngineState.Stopping("Ending the load", Duration.ofSeconds(10),
                Optional.of((EngineState.Stopping) STORING)));

        assertEquals("Ending the load, at most 10 s; then storing what is buffered, at most 30 s",
                model.stepProperty().get());
    }

    @Test
    void saysThatMessagesOnlyInMemoryAreLostAtTheTimeLimit() {
        model.engineState(STORING);

        model.tick(snapshot(new BufferSample(3, 0, 0, 0, 0, 0, 0), JournalSample.EMPTY));

        assertEquals("Messages that are not stored in time are lost: they are only in memory.",
                model.outcomeProperty().get());
    }

    @Test
    void saysWhenEverythingIsStored() {
        model.engineState(STORING);

        model.tick(snapshot(BufferSample.EMPTY, JournalSample.EMPTY));

        assertEquals("Everything is stored. Closing the database.", model.remainingProperty().get());
        assertEquals("", model.outcomeProperty().get());
    }

    private static MetricsSnapshot snapshot(BufferSample buffers, JournalSample journal) {
        MetricsSnapshot idle = SnapshotFeed.journal(Instant.EPOCH, journal);
        return new MetricsSnapshot(idle.at(), 0.1, Map.of(), Map.of(), idle.pool(), buffers, journal,
                idle.resources());
    }
}
