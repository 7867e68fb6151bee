package dev.memfuse.console.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

import dev.memfuse.console.fx.DataAge;
import dev.memfuse.engine.host.EngineState;
import dev.memfuse.metrics.MetricsHub;
import dev.memfuse.metrics.MetricsSnapshot.JournalSample;
import dev.memfuse.metrics.MetricsSnapshot.OperationSample;
import dev.memfuse.metrics.MetricsSnapshot.PoolSample;
import dev.memfuse.metrics.Operation;
import dev.memfuse.metrics.SnapshotFeed;
import dev.memfuse.metrics.alert.AlertLimits;
import dev.memfuse.metrics.alert.PerformanceMonitor;
import org.junit.jupiter.api.Test;

class StatusViewModelTest {
    private static final OperationSample ADD = new OperationSample(900, 0, 1_000_000, 2_000_000, 8_400_000, 9_000_000);
    private static final OperationSample QUERY = new OperationSample(100, 0, 1, 1, 1, 1);

    private final MetricsHub hub = new MetricsHub(Clock.systemUTC());
    private final PerformanceMonitor monitor = new PerformanceMonitor(hub,
            () -> new AlertLimits(50_000_000, 5_000_000, 50_000_000, 0.1, 0.9));
    private final StatusViewModel model = new StatusViewModel(hub, monitor);

    @Test
    void showsNothingButDashesBeforeTheFirstSnapshot() {
        model.tick();

        assertEquals(List.of("–", "–", "–"), figures());
    }

    @Test
    void showsTheNewestSnapshotOfCallersOperations() {
        publish(Map.of(Operation.ADD, QUERY));
        publish(Map.of(Operation.ADD, ADD, Operation.QUERY, QUERY, Operation.FLUSH, ADD));

        model.tick();

        assertEquals(List.of("1,000 ops/s", "~8.40 ms", "14 / 30"), figures());
    }

    @Test
    void showsNoPercentileWhileNothingIsAdded() {
        publish(Map.of(Operation.ADD, ADD));
        publish(Map.of());

        model.tick();

        assertEquals(List.of("0 ops/s", "–", "14 / 30"), figures());
    }

    @Test
    void countsTheAlertsThatLast() {
        var slow = SnapshotFeed.snapshot(Instant.EPOCH, Map.of(Operation.ADD, ADD), PoolSample.NONE);
        for (int slowSecond = 0; slowSecond < 3; slowSecond++) {
            monitor.evaluate(slow);
        }
        model.tick();
        assertEquals(1, model.alertsProperty().get().size());

        for (int quietSecond = 0; quietSecond < 5; quietSecond++) {
            monitor.evaluate(SnapshotFeed.idle(Instant.EPOCH));
        }
        model.tick();

        assertEquals(0, model.alertsProperty().get().size());
        assertEquals(1, model.allAlerts().size());
    }

    @Test
    void namesTheDatabaseOnlyWhenReady() {
        model.engineState(new EngineState.Ready("PostgreSQL 18"));
        assertEquals("PostgreSQL 18", model.databaseProperty().get());

        model.engineState(new EngineState.Failed("gone", "retry"));

        assertEquals(StatusViewModel.Health.FAILED, model.healthProperty().get());
        assertEquals("–", model.databaseProperty().get());
    }

    @Test
    void saysThatTheDatabaseIsUnreachableUntilItIsBack() {
        model.engineState(new EngineState.Ready("PostgreSQL 18"));
        journal(new JournalSample(1_234, 9, 1, 1, 1, true, false));

        model.tick();
        assertEquals("Database unreachable", model.engineProperty().get());
        assertEquals(StatusViewModel.Health.DEGRADED, model.healthProperty().get());
        assertTrue(model.storageProblemProperty().get() != null);

        journal(JournalSample.EMPTY);
        model.tick();

        assertEquals("Engine ready", model.engineProperty().get());
        assertEquals(StatusViewModel.Health.READY, model.healthProperty().get());
        assertNull(model.storageProblemProperty().get());
    }

    @Test
    void saysThatTheDatabaseRefusesWrites() {
        model.engineState(new EngineState.Ready("PostgreSQL 18"));
        journal(new JournalSample(8, 9, 1, 1, 1, false, false, 0, true));

        model.tick();

        assertEquals("Database refuses writes", model.engineProperty().get());
        assertEquals(StatusViewModel.Health.DEGRADED, model.healthProperty().get());
        assertTrue(model.storageProblemProperty().get().toString().contains("refused writes since"));
    }

    @Test
    void aFailedJournalIsAFailure() {
        model.engineState(new EngineState.Ready("PostgreSQL 18"));
        journal(new JournalSample(8, 9, 1, 1, 1, false, true));

        model.tick();

        assertEquals("Journal failed", model.engineProperty().get());
        assertEquals(StatusViewModel.Health.FAILED, model.healthProperty().get());
    }

    @Test
    void anEngineThatDoesNotRunShowsNoProblemOfItsStorage() {
        journal(new JournalSample(8, 9, 1, 1, 1, true, true));
        model.tick();

        model.engineState(new EngineState.Stopping("Storing what is buffered", Duration.ofSeconds(30)));

        assertEquals("Engine stopping", model.engineProperty().get());
        assertNull(model.storageProblemProperty().get());
    }

    private void journal(JournalSample sample) {
        SnapshotFeed.publish(hub, SnapshotFeed.journal(Instant.EPOCH, sample));
    }

    private List<String> figures() {
        return List.of(model.throughputProperty().get(), model.p99Property().get(), model.poolProperty().get());
    }

    private void publish(Map<Operation, OperationSample> operations) {
        SnapshotFeed.publish(hub,
                SnapshotFeed.snapshot(Instant.EPOCH, operations, new PoolSample(14, 6, 0, 30, 0, 0, 0)));
    }

    @Test
    void figuresThatStandStillEndTheGreenState() {
        AtomicLong now = new AtomicLong();
        StatusViewModel watched = new StatusViewModel(hub, monitor, new DataAge(now::get));
        watched.engineState(new EngineState.Ready("here"));
        publish(Map.of(Operation.ADD, ADD));
        watched.tick();
        assertEquals(StatusViewModel.Health.READY, watched.healthProperty().get());

        now.set(Duration.ofSeconds(5).toNanos());
        watched.tick();
        assertEquals(StatusViewModel.Health.DEGRADED, watched.healthProperty().get());
        assertEquals("These figures are 5 s old: no new ones arrive.", watched.engineProperty().get());

        publish(Map.of(Operation.ADD, ADD));
        watched.tick();
        assertEquals(StatusViewModel.Health.READY, watched.healthProperty().get());
        assertEquals("Engine ready", watched.engineProperty().get());
    }
}
