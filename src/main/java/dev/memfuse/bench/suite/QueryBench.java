package dev.memfuse.bench.suite;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

import dev.memfuse.bench.BenchReport;
import dev.memfuse.bench.BenchTarget;
import dev.memfuse.bench.BenchTask;
import dev.memfuse.bench.harness.BenchWatch;
import dev.memfuse.bench.harness.SettingsGuard;
import dev.memfuse.bench.harness.SliceStats;
import dev.memfuse.bench.harness.StageLatencies;
import dev.memfuse.load.corpus.GeneratedCorpus;
import dev.memfuse.load.corpus.Question;
import dev.memfuse.metrics.Stage;
import dev.memfuse.metrics.Trace;
import org.HdrHistogram.Histogram;

/// One query after the other over users of growing size, with the query's own embedding, by stage.
final class QueryBench implements Benchmark {
    private static final int TARGET_SIZE = 10_000;
    private static final double P50_TARGET_MS = 5;
    private static final double P95_TARGET_MS = 12;
    private static final int TOP_K = 10;
    /// What a 95th percentile needs; a slow machine gets this many times the duration for it.
    private static final int ENOUGH = 2_000;
    private static final int PATIENCE = 6;
    private static final List<Stage> STAGES = List.of(Stage.EMBED, Stage.FUSE, Stage.ACQUIRE, Stage.SQL,
            Stage.OTHER);
    private static final List<String> QUESTIONS = GeneratedCorpus.of(7, 20).conversations().stream()
            .flatMap(conversation -> conversation.questions().stream()).map(Question::text).distinct().toList();

    private final BenchTarget ground;

    QueryBench(BenchTarget ground) {
        this.ground = ground;
    }

    @Override
    public String name() {
        return "query";
    }

    private static List<Integer> sizes(BenchTask.Extent extent) {
        return switch (extent) {
            case QUICK -> List.of(1_000);
            case USUAL -> List.of(TARGET_SIZE, 100_000);
            case LARGE -> List.of(TARGET_SIZE, 100_000, 1_000_000);
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
        try (SettingsGuard settings = new SettingsGuard(ground.tunables())) {
            settings.set("buffer.bypass_mode", true).set("buffer.query.cache_size", 0);
            for (int size : sizes(options.extent())) {
                if (!watch.stopped()) {
                    watch.step("storing a user of " + count(size) + " turns");
                    UUID user = new LargeUser(ground).make(size, watch);
                    if (!watch.stopped()) {
                        figures.addAll(measure(user, size, options, watch));
                    }
                }
            }
        }
        return new BenchReport.Result(name(),
                "query with 10 hits, including its own embedding, one caller (closed loop), no cache; "
                        + "the stored vectors are synthetic, the query's is real",
                "one core: embedding the query, then scoring every turn of the user", List.of(), figures);
    }

    private List<BenchReport.Figure> measure(UUID user, int size, BenchTask.Options options, BenchWatch watch) {
        watch.step("querying " + count(size) + " turns");
        long begun = System.nanoTime();
        ground.engine().query(user, QUESTIONS.getFirst(), TOP_K);
        double first = (System.nanoTime() - begun) / 1e6;
        repeat(user, end(options.warmup()), watch, new StageLatencies(STAGES));
        watch.passed(options.warmup());
        StageLatencies measured = new StageLatencies(STAGES);
        repeat(user, end(options.duration()), watch, measured);
        watch.passed(options.duration());
        for (int more = 1; more < PATIENCE && size == TARGET_SIZE
                && measured.total().getTotalCount() < ENOUGH; more++) {
            repeat(user, end(options.duration()), watch, measured);
        }
        return figures(size, first, measured);
    }

    private static long end(Duration length) {
        return System.nanoTime() + length.toNanos();
    }

    private void repeat(UUID user, long end, BenchWatch watch, StageLatencies into) {
        for (int i = 0; System.nanoTime() < end && !watch.stopped(); i++) {
            ground.engine().query(user, QUESTIONS.get(i % QUESTIONS.size()), TOP_K);
            into.record(Trace.current());
        }
    }

    private static List<BenchReport.Figure> figures(int size, double firstMs, StageLatencies measured) {
        String at = " at " + count(size) + " turns";
        List<BenchReport.Figure> figures = new ArrayList<>();
        Histogram total = measured.total();
        figures.add(BenchReport.Figure.of("first query, which reads the index," + at, firstMs, "ms"));
        figures.add(BenchReport.Figure.of("queries" + at, (double) total.getTotalCount(), "queries"));
        figures.add(new BenchReport.Figure("p50" + at, SliceStats.percentileMs(total, 50), "ms",
                size == TARGET_SIZE ? BenchReport.Target.atMost(P50_TARGET_MS) : null));
        figures.add(new BenchReport.Figure("p95" + at, SliceStats.percentileMs(total, 95), "ms",
                size == TARGET_SIZE ? BenchReport.Target.atMost(P95_TARGET_MS) : null));
        figures.add(BenchReport.Figure.of("p99" + at, SliceStats.percentileMs(total, 99), "ms"));
        figures.add(BenchReport.Figure.of("max" + at, total.getMaxValue() / 1e6, "ms"));
        for (Stage stage : STAGES) {
            Histogram of = measured.of(stage);
            figures.add(
                    BenchReport.Figure.of("p50 of stage " + stage.label() + at, SliceStats.percentileMs(of, 50), "ms"));
            figures.add(
                    BenchReport.Figure.of("p95 of stage " + stage.label() + at, SliceStats.percentileMs(of, 95), "ms"));
        }
        return figures;
    }

    private static String count(int size) {
        return String.format(Locale.ROOT, "%,d", size);
    }
}
