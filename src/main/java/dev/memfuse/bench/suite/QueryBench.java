package dev.memfuse.bench.suite;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

import dev.memfuse.bench.BenchReport;
import dev.memfuse.bench.BenchTarget;
import dev.memfuse.bench.BenchTask;
import dev.memfuse.bench.harness.BenchWatch;
import dev.memfuse.bench.harness.SettingsGuard;
import dev.memfuse.bench.harness.StageLatencies;
import dev.memfuse.metrics.Stage;
import dev.memfuse.metrics.Trace;
import dev.memfuse.metrics.stats.Percentiles;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/// Measures sequential queries over users of growing size, including the embedding of the query, by stage.
final class QueryBench implements Benchmark {
    private static final int TARGET_SIZE = 10_000;
    private static final double P50_TARGET_MS = 5;
    private static final double P95_TARGET_MS = 12;
    private static final int LARGE_SIZE = 100_000;
    private static final double SCAN_TARGET = 0.8;
    private static final double LARGE_SCAN_TARGET = 0.5;
    /// Part of the additional measured time that goes to the bare scan.
    private static final int SCAN_PART = 4;
    private static final int TOP_K = 10;
    /// Samples that a reliable 99th percentile needs.
    private static final int NEEDED_SAMPLES = 10_000;
    /// Multiple of the duration within which a slow machine may collect the needed samples.
    private static final int MAX_DURATIONS = 12;
    private static final List<Stage> STAGES = List.of(Stage.EMBED, Stage.INDEX, Stage.FUSE, Stage.ACQUIRE,
            Stage.SQL, Stage.OTHER);

    private final BenchTarget target;

    QueryBench(BenchTarget target) {
        this.target = target;
    }

    @Override
    public String name() {
        return "query";
    }

    private static List<Integer> sizes(BenchTask.Extent extent) {
        return switch (extent) {
            case QUICK -> List.of(1_000);
            case USUAL -> List.of(TARGET_SIZE, LARGE_SIZE);
            case LARGE -> List.of(TARGET_SIZE, LARGE_SIZE, 1_000_000);
        };
    }

    @Override
    public Duration planned(BenchTask.Options options) {
        return sizes(options.extent()).stream().map(LargeUser::planned)
                .map(storing -> storing.plus(options.warmup()).plus(options.duration()))
                .reduce(Duration.ZERO, Duration::plus);
    }

    @Override
    public BenchReport.Result run(BenchTask.Options options, BenchWatch watch) throws InterruptedException {
        List<BenchReport.Figure> figures = new ArrayList<>();
        try (SettingsGuard settings = new SettingsGuard(target.tunables())) {
            settings.set("buffer.bypass_mode", true).set("buffer.query.cache_size", 0);
            for (int size : sizes(options.extent())) {
                if (!watch.stopped()) {
                    watch.step("storing a user of " + count(size) + " turns");
                    try (FloatScan scan = new FloatScan(LargeUser.DIMENSION)) {
                        UUID user = new LargeUser(target, scan::add).make(size, watch);
                        if (!watch.stopped()) {
                            figures.addAll(measure(user, size, scan, options, watch));
                        }
                    }
                }
            }
        }
        return new BenchReport.Result(name(),
                "query with 10 hits, including the embedding of the query, one caller (closed loop), no cache; "
                        + "the stored vectors are synthetic, the query's is real",
                "one core: embedding the query, then scoring every turn of the user", List.of(), figures);
    }

    private List<BenchReport.Figure> measure(UUID user, int size, FloatScan scan, BenchTask.Options options,
            BenchWatch watch) {
        watch.step("querying " + count(size) + " turns");
        long started = System.nanoTime();
        target.engine().query(user, SampleTexts.question(0), TOP_K);
        double first = (System.nanoTime() - started) / 1e6;
        repeat(user, end(options.warmup()), watch, new StageLatencies(STAGES));
        watch.passed(options.warmup());
        StageLatencies measured = new StageLatencies(STAGES);
        Histogram scans = new Histogram(3);
        scan(scan, new Histogram(3), end(options.warmup()), watch);
        repeat(user, end(options.duration().dividedBy(2)), watch, measured);
        scan(scan, scans, end(options.duration().dividedBy(2)), watch);
        repeat(user, end(options.duration().dividedBy(2)), watch, measured);
        watch.passed(options.duration());
        int most = options.extent() == BenchTask.Extent.QUICK ? 1 : MAX_DURATIONS;
        for (int more = 1; more < most
                && measured.total().getTotalCount() < NEEDED_SAMPLES; more++) {
            repeat(user, end(options.duration()), watch, measured);
            scan(scan, scans, end(options.duration().dividedBy(SCAN_PART)), watch);
        }
        return figures(size, first, measured, scans);
    }

    private static long end(Duration length) {
        return System.nanoTime() + length.toNanos();
    }

    private void repeat(UUID user, long end, BenchWatch watch, StageLatencies into) {
        for (int i = 0; System.nanoTime() < end && !watch.stopped(); i++) {
            target.engine().query(user, SampleTexts.question(i), TOP_K);
            into.record(Trace.current());
        }
    }

    /// Scans in turns with the queries, so that drift of the machine affects both.
    private static void scan(FloatScan vectors, Histogram into, long end, BenchWatch watch) {
        float[] query = new float[LargeUser.DIMENSION];
        Arrays.fill(query, 1);
        while (System.nanoTime() < end && !watch.stopped()) {
            long started = System.nanoTime();
            vectors.scores(query);
            into.recordValue(System.nanoTime() - started);
        }
    }

    private static List<BenchReport.Figure> figures(int size, double firstMs, StageLatencies measured,
            Histogram scans) {
        String at = " at " + count(size) + " turns";
        List<BenchReport.Figure> figures = new ArrayList<>();
        Histogram total = measured.total();
        figures.add(
                BenchReport.Figure.of("first query of a user without an index, which builds it," + at, firstMs, "ms"));
        figures.add(BenchReport.Figure.of("queries" + at, (double) total.getTotalCount(), "queries"));
        figures.add(percentile(50, at, total, size == TARGET_SIZE ? BenchReport.Target.atMost(P50_TARGET_MS) : null));
        figures.add(percentile(95, at, total, size == TARGET_SIZE ? BenchReport.Target.atMost(P95_TARGET_MS) : null));
        figures.add(percentile(99, at, total, null));
        figures.add(BenchReport.Figure.of("max" + at, Percentiles.maxMs(total), "ms"));
        Double scan = Percentiles.reliableMs(scans, 50);
        Double fuse = Percentiles.reliableMs(measured.of(Stage.FUSE), 50);
        figures.add(BenchReport.Figure.of("p50 of a bare scan of the same vectors as floats" + at, scan, "ms"));
        figures.add(new BenchReport.Figure("p50 of stage fuse / p50 of the bare scan" + at,
                scan == null || fuse == null ? null : fuse / scan, "", switch (size) {
                    case TARGET_SIZE -> BenchReport.Target.atMost(SCAN_TARGET);
                    case LARGE_SIZE -> BenchReport.Target.atMost(LARGE_SCAN_TARGET);
                    default -> null;
                }));
        for (Stage stage : STAGES) {
            Histogram latencies = measured.of(stage);
            figures.add(
                    BenchReport.Figure.of("p50 of stage " + stage.label() + at, Percentiles.reliableMs(latencies, 50),
                            "ms"));
            figures.add(
                    BenchReport.Figure.of("p95 of stage " + stage.label() + at, Percentiles.reliableMs(latencies, 95),
                            "ms"));
        }
        return figures;
    }

    /// Returns a percentile of the queries. With too few samples its name says so, and no target is compared.
    private static BenchReport.Figure percentile(int percentile, String at, Histogram total,
            BenchReport.@Nullable Target target) {
        double ms = Percentiles.ms(total, percentile);
        return Percentiles.reliable(total.getTotalCount(), percentile)
                ? new BenchReport.Figure("p" + percentile + at, ms, "ms", target)
                : BenchReport.Figure.of("p" + percentile + at + ", rough for lack of samples", ms, "ms");
    }

    private static String count(int size) {
        return String.format(Locale.ROOT, "%,d", size);
    }
}
