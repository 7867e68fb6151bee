package dev.memfuse.console.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import dev.memfuse.console.shell.StoppingViewModel.Answer;
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
        assertEquals(Answer.STAY, model.closeRequested());
        model.engineState(STORING);
        assertTrue(model.stoppingProperty().get());
        assertFalse(model.overProperty().get());

        model.engineState(new EngineState.Stopped());

        assertTrue(model.overProperty().get());
        assertFalse(model.stoppingProperty().get());
        assertEquals(1, stops.get());
    }

    @Test
    void whoClosesTwiceDoesNotWait() {
        model.closeRequested();

        assertEquals(Answer.GO, model.closeRequested());
        assertEquals(1, stops.get());
    }

    @Test
    void aWindowWhoseEngineHasStoppedAlreadyGoesAtOnce() {
        model.engineState(new EngineState.Stopped());

        assertEquals(Answer.GO, model.closeRequested());
        assertEquals(0, stops.get());
    }

    @Test
    void anEngineThatEndsByASignalDoesNotCloseTheWindow() {
        model.engineState(STORING);
        model.engineState(new EngineState.Stopped());

        assertFalse(model.overProperty().get());
    }

    @Test
    void saysWhatIsLeftAndHowMuchOfTheTimeIsUsed() {
        nanos.set(TimeUnit.SECONDS.toNanos(100));
        model.engineState(STORING);
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(6));

        model.tick(snapshot(new BufferSample(1_000, 230, 4, 0, 0), new JournalSample(60, 1, 1, 1, 1, false, false)));

        assertEquals("Storing what is buffered, at most 30 s", model.stepProperty().get());
        assertEquals("1,234 messages are left.", model.leftProperty().get());
        assertEquals("What is not stored by then stays in the journal and is stored at the next start.",
                model.fateProperty().get());
        assertEquals(0.2, model.progressProperty().get(), 1e-9);
    }

    @Test
    void saysThatWhatIsInMemoryAloneIsLostWhenTheTimeIsOver() {
        model.engineState(STORING);

        model.tick(snapshot(new BufferSample(3, 0, 0, 0, 0), JournalSample.EMPTY));

        assertEquals("What is not stored by then is lost: it is in memory alone.", model.fateProperty().get());
    }

    @Test
    void saysWhenEverythingIsStored() {
        model.engineState(STORING);

        model.tick(snapshot(BufferSample.EMPTY, JournalSample.EMPTY));

        assertEquals("Everything is stored; the database is being closed.", model.leftProperty().get());
        assertEquals("", model.fateProperty().get());
    }

    private static MetricsSnapshot snapshot(BufferSample buffers, JournalSample journal) {
        MetricsSnapshot idle = SnapshotFeed.journal(Instant.EPOCH, journal);
        return new MetricsSnapshot(idle.at(), 0.1, Map.of(), Map.of(), idle.pool(), buffers, journal,
                idle.resources());
    }
}
