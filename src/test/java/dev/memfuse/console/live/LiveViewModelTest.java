package dev.memfuse.console.live;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import dev.memfuse.console.fx.Formats;
import dev.memfuse.console.live.LiveTiles.Tile;
import dev.memfuse.metrics.MetricsHub;
import dev.memfuse.metrics.MetricsSnapshot;
import dev.memfuse.metrics.MetricsSnapshot.OperationSample;
import dev.memfuse.metrics.MetricsSnapshot.PoolSample;
import dev.memfuse.metrics.Operation;
import dev.memfuse.metrics.SnapshotFeed;
import org.junit.jupiter.api.Test;

class LiveViewModelTest {
    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
    private static final long FRAME = TimeUnit.MILLISECONDS.toNanos(100);

    private final MetricsHub hub = new MetricsHub(Clock.fixed(START, ZoneOffset.UTC));
    private final LiveViewModel model = new LiveViewModel(hub, Clock.fixed(START, ZoneOffset.UTC));

    @Test
    void showsTheNumbersOfTheNewestSnapshot() {
        var add = new OperationSample(1200, 2, 800_000, 2_000_000, 4_000_000, 9_000_000);
        var query = new OperationSample(34, 0, 5_000_000, 8_000_000, 9_000_000, 9_500_000);

        accept(snapshot(0, Map.of(Operation.ADD, add, Operation.QUERY, query), new PoolSample(12, 18, 3, 30, 0, 0, 1)));

        assertEquals("1,234", text(Tile.THROUGHPUT));
        assertEquals("0.80", text(Tile.MEDIAN));
        assertEquals("4.00", text(Tile.P99));
        assertEquals("12 / 30", text(Tile.POOL));
        assertEquals("3", text(Tile.WAITING));
        assertEquals("3.0", text(Tile.ERRORS));
        assertEquals("20.0", text(Tile.CPU));
        assertEquals("100", text(Tile.HEAP));
        assertEquals(true, model.tiles().alarm(Tile.WAITING).get());
        assertEquals(false, model.tiles().alarm(Tile.POOL).get());
    }

    @Test
    void showsTheLatencyOfTheOperationChosen() {
        var query = new OperationSample(10, 0, 5_000_000, 8_000_000, 9_000_000, 9_500_000);
        accept(snapshot(0, Map.of(Operation.QUERY, query), PoolSample.NONE));
        assertEquals(Formats.NONE, text(Tile.P99));

        model.timedProperty().set(Operation.QUERY);

        assertEquals("9.00", text(Tile.P99));
        assertEquals(9, model.latency().value(2, 0));
    }

    @Test
    void keepsNoNumberForASecondWithoutOperationsInsteadOfZero() {
        accept(snapshot(0, Map.of(), PoolSample.NONE));

        assertEquals(Double.NaN, model.latency().value(0, 0));
        assertEquals(0, model.feed().throughput().value(0, 0));
        assertEquals(Double.NaN, model.feed().stages().value(0, 0));
    }

    @Test
    void makesOneSamplePerSecondOfRatesAndOnePerSnapshotOfGauges() {
        for (int i = 0; i < 25; i++) {
            accept(snapshot(i * 100, Map.of(Operation.ADD, new OperationSample(i / 10 + 1, 0, 1, 1, 1, 1)),
                    PoolSample.NONE));
        }

        assertEquals(3, model.feed().throughput().size());
        assertEquals(25, model.feed().pool().size());
    }

    @Test
    void isEmptyUntilTheFirstOperation() {
        accept(snapshot(0, Map.of(), PoolSample.NONE));
        assertEquals(true, model.emptyProperty().get());

        model.accept(List.of(snapshot(100, adds(1), PoolSample.NONE)), 10 * FRAME);

        assertEquals(false, model.emptyProperty().get());
    }

    @Test
    void drawsAboutFourTimesPerSecondHoweverManySnapshotsArrive() {
        int drawings = 0;
        for (int i = 0; i < 20; i++) {
            drawings += model.accept(List.of(snapshot(i * 100, Map.of(), PoolSample.NONE)), i * FRAME) ? 1 : 0;
        }

        assertEquals(7, drawings);
    }

    @Test
    void standsStillWhilePausedAndCatchesUpFromTheHistoryOnResume() {
        publish(snapshot(0, adds(1), PoolSample.NONE));
        model.refill();

        model.pause(LiveViewModel.Pausing.PAUSE);
        MetricsSnapshot missed = snapshot(1_000, adds(77), PoolSample.NONE);
        publish(missed);
        boolean drawn = model.accept(List.of(missed), 50 * FRAME);

        assertEquals(false, drawn);
        assertEquals("1.0", text(Tile.THROUGHPUT));
        assertEquals("Paused at " + Formats.timeOfDay(START) + ". Measuring goes on; resume to catch up.",
                model.pausedNoteProperty().get());

        model.pause(LiveViewModel.Pausing.RESUME);

        assertEquals("77.0", text(Tile.THROUGHPUT));
        assertEquals(2, model.feed().throughput().size());
        assertEquals("", model.pausedNoteProperty().get());
        assertEquals(START.plusMillis(1_000).toEpochMilli(), model.window().span().to());
    }

    @Test
    void isFilledFromTheHistoryOnceHoweverOftenItIsShown() {
        publish(snapshot(0, adds(1), PoolSample.NONE));
        publish(snapshot(1_000, adds(2), PoolSample.NONE));

        model.refill();
        model.refill();

        assertEquals(2, model.feed().pool().size());
        assertEquals(Duration.ofSeconds(20).toMillis(), model.window().span().length());
    }

    @Test
    void exportsTheVisibleWindowOnly() {
        accept(snapshot(0, adds(1), PoolSample.NONE));
        accept(snapshot(60_000, adds(2), PoolSample.NONE));
        model.window().zoom(START.toEpochMilli() + 50_000, START.toEpochMilli() + 70_000);

        List<String> lines = model.csv().lines().toList();

        assertEquals(2, lines.size());
        assertEquals("time,Throughput: add (ops/s),Throughput: query (ops/s)",
                lines.getFirst().substring(0, lines.getFirst().indexOf(",Throughput: list")));
        assertEquals("2026-03-01T12:01:00Z,2.0,0.0", lines.getLast().substring(0, 28));
    }

    private void accept(MetricsSnapshot snapshot) {
        model.accept(List.of(snapshot), snapshot.at().toEpochMilli() * 1_000_000);
    }

    private void publish(MetricsSnapshot snapshot) {
        SnapshotFeed.publish(hub, snapshot);
    }

    private String text(Tile tile) {
        return model.tiles().text(tile).get();
    }

    private static Map<Operation, OperationSample> adds(double rate) {
        return Map.of(Operation.ADD, new OperationSample(rate, 0, 1_000_000, 2_000_000, 3_000_000, 4_000_000));
    }

    private static MetricsSnapshot snapshot(int millis, Map<Operation, OperationSample> operations, PoolSample pool) {
        return SnapshotFeed.snapshot(START.plusMillis(millis), operations, pool);
    }
}
