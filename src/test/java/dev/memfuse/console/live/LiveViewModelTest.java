package dev.memfuse.console.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import javafx.beans.property.SimpleObjectProperty;

import dev.memfuse.config.schema.ConfigValues;
import dev.memfuse.config.schema.LiveTunables;
import dev.memfuse.config.yaml.ConfigLoader;
import dev.memfuse.console.chart.data.HeatColumn;
import dev.memfuse.console.chart.data.SampleRing;
import dev.memfuse.console.chart.data.Span;
import dev.memfuse.console.fx.Formats;
import dev.memfuse.console.live.LiveDurability.Item;
import dev.memfuse.console.live.LiveTiles.Tile;
import dev.memfuse.metrics.ExtractionStats;
import dev.memfuse.metrics.ExtractionStats.LayerCounts;
import dev.memfuse.metrics.MetricsHub;
import dev.memfuse.metrics.MetricsSnapshot;
import dev.memfuse.metrics.MetricsSnapshot.BufferSample;
import dev.memfuse.metrics.MetricsSnapshot.JournalSample;
import dev.memfuse.metrics.MetricsSnapshot.OperationSample;
import dev.memfuse.metrics.MetricsSnapshot.PoolSample;
import dev.memfuse.metrics.Operation;
import dev.memfuse.metrics.SampleSlices;
import dev.memfuse.metrics.SliceGauge;
import dev.memfuse.metrics.SnapshotFeed;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LiveViewModelTest {
    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
    private static final long FRAME = TimeUnit.MILLISECONDS.toNanos(100);

    private final MetricsHub hub = new MetricsHub(Clock.fixed(START, ZoneOffset.UTC));
    private final LiveTunables tunables = new LiveTunables(new ConfigLoader().load());
    private final LiveViewModel model = new LiveViewModel(
            new LiveSources(hub, () -> tunables.get().buffer(), Optional::empty, Clock.fixed(START, ZoneOffset.UTC),
                    LiveHistory.NO_RECORDINGS));

    @Test
    void showsHowManyVectorsAreMissingAndForHowLong() {
        MetricsSnapshot idle = snapshot(0, Map.of(), PoolSample.NONE);
        accept(new MetricsSnapshot(idle.at(), idle.intervalSeconds(), idle.operations(), idle.stages(), idle.pool(),
                new BufferSample(0, 0, 0, 0, 0, 1_234, 10), idle.journal(), idle.resources()));

        String text = model.durability().text(Item.VECTORS).get();
        assertTrue(text.startsWith("1,234 missing, ") && text.endsWith(" left"), text);
    }

    @Test
    void showsTheFiguresOfTheNewestSnapshot() {
        var add = new OperationSample(1200, 2, 800_000, 2_000_000, 4_000_000, 9_000_000);
        var query = new OperationSample(34, 0, 5_000_000, 8_000_000, 9_000_000, 9_500_000);

        accept(snapshot(0, Map.of(Operation.ADD, add, Operation.QUERY, query), new PoolSample(12, 18, 3, 30, 0, 0, 1)));

        assertEquals("1,234", text(Tile.THROUGHPUT));
        assertEquals("0.80", text(Tile.MEDIAN));
        assertEquals("~4.00", text(Tile.P99), "1,200 operations are few for p99");
        assertEquals("12 / 30", text(Tile.POOL));
        assertEquals("3", text(Tile.WAITING));
        assertEquals("3.0", text(Tile.ERRORS));
        assertEquals("20.0", text(Tile.CPU));
        assertEquals("100", text(Tile.HEAP));
        assertEquals(true, model.tiles().alarm(Tile.WAITING).get());
        assertEquals(false, model.tiles().alarm(Tile.POOL).get());
    }

    @Test
    void showsTheBacklogOfTheJournal() {
        accept(SnapshotFeed.journal(START, new JournalSample(1_234, 3_250_585, 2.1, 4, 1_200_000, false, false)));

        assertEquals(
                List.of("the commit", "1,234 rounds, 3.10 MiB", "2.10 s", "4.00 s", "1.20 ms", "none", "none missing",
                        "none pending", "–"),
                figures());
        assertEquals(1_234, model.feed().buffers().value(5, 0));
    }

    @Test
    void showsAnEmptyAndAStalledJournal() {
        accept(SnapshotFeed.journal(START, JournalSample.EMPTY));
        assertEquals(List.of("the commit", "empty", "–", "–", "–", "none", "none missing", "none pending",
                "–"), figures());

        accept(SnapshotFeed.journal(START.plusSeconds(1),
                new JournalSample(8, 900, 3_600, Double.POSITIVE_INFINITY, 0, true, false)));

        assertEquals(List.of("the commit", "8 rounds, 900 bytes", "60 min", "stalled", "–", "none",
                "none missing", "none pending", "–"),
                figures());
        assertEquals(true, model.durability().alarm(Item.DRAIN).get());
        assertEquals(true, model.durability().alarm(Item.BACKLOG).get());
    }

    @Test
    void showsTheNumberOfDeadLetters() {
        accept(SnapshotFeed.journal(START, JournalSample.EMPTY));
        assertEquals(false, model.durability().alarm(Item.DEAD_LETTERS).get());

        accept(SnapshotFeed.journal(START.plusSeconds(1), new JournalSample(0, 0, 0, 0, 0, false, false, 1_234)));

        assertEquals("1,234", model.durability().text(Item.DEAD_LETTERS).get());
        assertEquals(true, model.durability().alarm(Item.DEAD_LETTERS).get());
    }

    @Test
    void showsTheDurabilityOfAcknowledgementsAndThatMemoryIsUnsafe() {
        accept(snapshot(0, Map.of(), PoolSample.NONE));
        assertEquals("the commit", figures().getFirst());

        set("buffer.bypass_mode", false);
        accept(snapshot(1_000, Map.of(), PoolSample.NONE));
        assertEquals("the journal", figures().getFirst());

        set("buffer.durability", "memory");
        accept(snapshot(2_000, Map.of(), PoolSample.NONE));

        assertEquals("memory (unsafe: lost when the program dies)", figures().getFirst());
        assertEquals(true, model.durability().alarm(Item.ACKNOWLEDGED).get());
    }

    @Test
    void showsTheNumberOfFailedExtractionItems() {
        accept(snapshot(0, Map.of(), PoolSample.NONE));

        model.durability().extraction(new LiveExtraction(3, 0, 0, ExtractionStats.Counts.NONE, 0));

        assertEquals("none pending, 3 failed", model.durability().text(Item.EXTRACTION).get());
        assertEquals(true, model.durability().alarm(Item.EXTRACTION).get());
    }

    @Test
    void showsBacklogAgeRateAndMakersOfExtraction() {
        accept(snapshot(0, Map.of(), PoolSample.NONE));
        assertEquals("–", figures().getLast());
        ExtractionStats.Counts counts = new ExtractionStats.Counts(
                Map.of("M1", new LayerCounts(3, 0, 1, 0, 8), "M2", new LayerCounts(3, 0, 1, 0, 8)), 7, 1_000, 200, 0,
                Map.of("It did not answer. Rules were used instead.", 2L));

        model.durability().extraction(new LiveExtraction(0, 42, 20, counts, 0.5));

        assertEquals("75 % by the model, 1,200 tokens, 0.50 cents per 1,000 turns, 2 by rules: It did not answer. "
                + "Rules were used instead.", figures().getLast());
        assertEquals(true, model.durability().alarm(Item.MAKERS).get());
        assertEquals("none pending", model.durability().text(Item.EXTRACTION).get());
    }

    @Test
    void exportsTheJournal() {
        accept(SnapshotFeed.journal(START,
                new JournalSample(8, 900, 2.5, Double.POSITIVE_INFINITY, 1_200_000, false, false, 0, false, 3)));

        List<String> lines = model.csv(null).lines().toList();

        assertTrue(lines.getFirst().endsWith(",Journal: backlog (bytes),Journal: age of the oldest (s),"
                + "Journal: expected time to drain (s)"), lines.getFirst());
        assertTrue(lines.getFirst().contains(",Pauses and journal force: p99 of force (ms),"), lines.getFirst());
        assertTrue(lines.getFirst().contains("Pending storage or extraction: journal (entries)"));
        assertTrue(lines.getLast().endsWith(",900.0,2.5,"), lines.getLast());
        assertTrue(lines.getLast().contains(",1.2,20.0,"), lines.getLast());
    }

    @Test
    void roundsThatRestInTheBuffersAsDesignedAreNoAlarm() {
        double interval = tunables.get().buffer().performance().flushInterval().toMillis() / 1e3;
        show(new JournalSample(8, 900, interval, Double.POSITIVE_INFINITY, 0, false, false));
        assertEquals("at rest in the buffers", model.durability().text(Item.DRAIN).get());
        assertEquals(false, model.durability().alarm(Item.DRAIN).get());

        show(new JournalSample(8, 900, 3 * interval, Double.POSITIVE_INFINITY, 0, false, false));
        assertEquals("stalled", model.durability().text(Item.DRAIN).get());
        assertEquals(true, model.durability().alarm(Item.DRAIN).get());

        show(new JournalSample(8, 900, 1, Double.POSITIVE_INFINITY, 0, false, false, 0, true));
        assertEquals("stalled", model.durability().text(Item.DRAIN).get());

        set("buffer.performance.enable_auto_flush", false);
        show(new JournalSample(8, 900, 3 * interval, Double.POSITIVE_INFINITY, 0, false, false));
        assertEquals("at rest in the buffers", model.durability().text(Item.DRAIN).get());
    }

    private void show(JournalSample journal) {
        accept(SnapshotFeed.journal(START.plusSeconds(second++), journal));
    }

    private int second;

    @Test
    void tilesAndChartsCountTheSameOperations() {
        Map<Operation, OperationSample> all = new EnumMap<>(Operation.class);
        for (Operation operation : Operation.values()) {
            int weight = 1 << operation.ordinal();
            all.put(operation, new OperationSample(100 * weight, weight, 1, 1, 1, 1));
        }
        accept(snapshot(0, all, new PoolSample(1, 1, 1, 30, 0, 0, 1_000)));

        double calls = 0;
        for (int series = 0; series < LiveCharts.THROUGHPUT.series().size(); series++) {
            boolean background = LiveCharts.THROUGHPUT.series().get(series).equals("flush");
            calls += background ? 0 : model.feed().throughput().value(series, 0);
        }
        double errors = 0;
        for (int series = 0; series < LiveCharts.ERRORS.series().size(); series++) {
            errors += model.feed().errors().value(series, 0);
        }
        assertEquals(Formats.rate(calls), text(Tile.THROUGHPUT));
        assertEquals(Formats.rate(errors), text(Tile.ERRORS));
        assertEquals(6_300, calls, "add, query, list, read, delete and create");
        assertEquals(1_511, errors, "of all nine operations, and 1,000 without a connection");
    }

    private void set(String key, Object value) {
        tunables.apply("test", now -> ConfigValues.with(now, key, value));
    }

    private List<String> figures() {
        return Arrays.stream(Item.values()).map(item -> model.durability().text(item).get()).toList();
    }

    @Test
    void showsTheLatencyOfTheOperationChosen() {
        var query = new OperationSample(10, 0, 5_000_000, 8_000_000, 9_000_000, 9_500_000);
        accept(snapshot(0, Map.of(Operation.QUERY, query), PoolSample.NONE));
        assertEquals(Formats.NONE, text(Tile.P99));

        model.latencyOperationProperty().set(Operation.QUERY);

        assertEquals("~9.00", text(Tile.P99));
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
    void freezesWhilePausedAndCatchesUpFromTheHistoryOnResume() {
        publish(snapshot(0, adds(1), PoolSample.NONE));
        model.refill();

        model.pause(LiveViewModel.Pausing.PAUSE);
        MetricsSnapshot missed = snapshot(1_000, adds(77), PoolSample.NONE);
        publish(missed);
        boolean drawn = model.accept(List.of(missed), 50 * FRAME);

        assertEquals(false, drawn);
        assertEquals("1.0", text(Tile.THROUGHPUT));
        assertEquals("Paused at " + Formats.timeOfDay(START) + ". Measuring continues; resume to catch up.",
                model.pausedNoteProperty().get());

        model.pause(LiveViewModel.Pausing.RESUME);

        assertEquals("77.0", text(Tile.THROUGHPUT));
        assertEquals(2, model.feed().throughput().size());
        assertEquals("", model.pausedNoteProperty().get());
        assertEquals(START.plusMillis(1_000).toEpochMilli(), model.window().span().to());
    }

    @Test
    void readsTheHistoryOnceHoweverOftenItIsShown() {
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

        List<String> lines = model.csv(null).lines().toList();

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

    @Test
    void theTilesShowTheSnapshotOfTheStatusBar() {
        SimpleObjectProperty<@Nullable MetricsSnapshot> shown = new SimpleObjectProperty<>();
        LiveViewModel window = new LiveViewModel(new LiveSources(hub, () -> tunables.get().buffer(), Optional::empty,
                Clock.fixed(START, ZoneOffset.UTC), _ -> 0, shown, List::of, LiveHistory.NO_RECORDINGS, span -> {
                    throw new IllegalStateException("not asked: " + span);
                }));
        window.accept(List.of(snapshot(0, adds(500), PoolSample.NONE)), 0);
        shown.set(snapshot(0, adds(400), PoolSample.NONE));

        window.accept(List.of(snapshot(1_000, adds(600), PoolSample.NONE)), 1_000_000_000);

        assertEquals("400", window.tiles().text(Tile.THROUGHPUT).get());
    }

    @Test
    void aPercentileOfFewSamplesIsRough() {
        accept(snapshot(0, Map.of(Operation.ADD, new OperationSample(2_500, 0, 1, 1, 1, 1)), PoolSample.NONE));

        assertFalse(model.isRough(0, 0), "p50 of 2,500");
        assertFalse(model.isRough(1, 0), "p95 of 2,500");
        assertTrue(model.isRough(2, 0), "p99 of 2,500");
    }

    @Test
    void showsTheLatencyOfListAndThatFromTheSchedule() {
        var list = new OperationSample(10, 0, 5_000_000, 8_000_000, 9_000_000, 9_500_000, 10, 70_000_000);
        accept(snapshot(0, Map.of(Operation.LIST, list), PoolSample.NONE));

        model.latencyOperationProperty().set(Operation.LIST);

        assertEquals(9, model.latency().value(2, 0));
        assertEquals(70, model.latency().value(3, 0));
        model.latencyOperationProperty().set(Operation.ADD);
        assertEquals(Double.NaN, model.latency().value(3, 0), "without an open load there is none");
    }

    @Test
    void whatIsOlderThanTenMinutesIsDrawnFromSlicesOfTenSeconds() {
        for (int second = 0; second < 700; second++) {
            boolean peak = second == 3;
            SnapshotFeed.slice(hub, SampleSlices.at(START.plusSeconds(second - 800))
                    .calls(Operation.ADD, peak ? 30 : 10, peak ? 900 : 2, 1)
                    .gauge(SliceGauge.WAITING, 0, peak ? 17 : 1).gauge(SliceGauge.ACTIVE, 2, 5).second());
        }
        publish(snapshot(0, adds(77), PoolSample.NONE));

        model.refill();

        SampleRing rates = model.feed().throughput();
        assertEquals(START.minusSeconds(790).toEpochMilli(), rates.time(0));
        assertEquals(12, rates.value(0, 0), 0.001);
        assertEquals(77, rates.value(0, rates.size() - 1));
        SampleRing pool = model.feed().pool();
        assertEquals(0, pool.value(2, 0), "the smallest number of waiting threads of the first slice");
        assertEquals(17, pool.value(2, 1), "the largest");
        assertEquals(900, model.latency().value(2, 0), 10, "p99 of the merged slice: 30 of 120 calls are slow");
        assertEquals(2, model.latency().value(0, 0), 0.1);
        assertTrue(model.isRough(2, 0));
        int older = rates.size();
        model.refill();
        assertEquals(older, rates.size(), "read once");
    }

    @Test
    void theHeatMapHasTheDistributionsOfTheChosenOperation() {
        for (int second = 0; second < 10; second++) {
            SnapshotFeed.slice(hub, SampleSlices.at(START.plusSeconds(second)).calls(Operation.ADD, 5, 2, 0)
                    .calls(Operation.LIST, 3, 40, 0).second());
        }
        long start = START.toEpochMilli();

        List<HeatColumn> adds = model.heat(new Span(start + 2_500, start + 4_500));
        model.latencyOperationProperty().set(Operation.LIST);
        List<HeatColumn> lists = model.heat(new Span(start + 2_500, start + 4_500));

        assertEquals(List.of(start + 2_000, start + 3_000, start + 4_000),
                adds.stream().map(HeatColumn::from).toList());
        assertEquals(5, adds.getFirst().times().count());
        assertEquals(3, lists.getFirst().times().count());
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
