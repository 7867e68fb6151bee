package dev.memfuse.bench.suite;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.memfuse.background.BackgroundThreads;
import dev.memfuse.bench.BenchReport;
import dev.memfuse.bench.BenchTarget;
import dev.memfuse.bench.BenchTask;
import dev.memfuse.bench.harness.BenchWatch;
import dev.memfuse.bench.harness.Candidate;
import dev.memfuse.bench.harness.Interleaving;
import dev.memfuse.bench.harness.SliceStats;
import dev.memfuse.config.section.EmbeddingModelKind;
import org.jspecify.annotations.Nullable;

/// Compares embedding by the engine's pool with calls of the model for one text at a time, on the same number of
/// threads.
final class EmbedBench implements Benchmark {
    private static final int BATCH = 64;
    private static final double TARGET_PER_S = 700;

    private final BenchTarget target;

    EmbedBench(BenchTarget target) {
        this.target = target;
    }

    @Override
    public String name() {
        return "embed";
    }

    @Override
    public Duration planned(BenchTask.Options options) {
        return Interleaving.planned(options, 2).multipliedBy(EmbeddingModelKind.values().length);
    }

    @Override
    public BenchReport.Result run(BenchTask.Options options, BenchWatch watch) throws InterruptedException {
        List<BenchReport.Row> rows = new ArrayList<>();
        List<BenchReport.Figure> figures = new ArrayList<>();
        for (EmbeddingModelKind kind : EmbeddingModelKind.values()) {
            try (BenchTarget.Embedder model = target.loadEmbedder(kind)) {
                watch.step("embed with " + model.name());
                compare(model, target(kind), Interleaving.of(options, watch), rows, figures);
            }
        }
        return new BenchReport.Result(name(),
                String.format(Locale.ROOT,
                        "turns of a generated conversation in batches of %d by the pool, compared with one at a time",
                        BATCH),
                "the cores: the model's arithmetic", rows, figures);
    }

    /// Returns the target of a model; only the configured model has one.
    private BenchReport.@Nullable Target target(EmbeddingModelKind kind) {
        return kind == target.tunables().get().embedding().model() ? BenchReport.Target.atLeast(TARGET_PER_S) : null;
    }

    private static void compare(BenchTarget.Embedder model, BenchReport.@Nullable Target target, Interleaving slices,
            List<BenchReport.Row> rows, List<BenchReport.Figure> figures) throws InterruptedException {
        int cores = Runtime.getRuntime().availableProcessors();
        ThreadFactory threads = BackgroundThreads.platform("engine-bench").name("engine-bench-", 0).factory();
        List<SliceStats> stats = slices.run(List.of(
                Candidate.of("engine", calls(cores, BATCH, model::embedInPool)),
                Candidate.of("one text at a time", calls(cores, 1, model::embedDirectly)).onThreads(threads)));
        SliceStats engine = stats.getFirst();
        SliceStats.row(model.name(), engine, stats.getLast()).ifPresent(rows::add);
        if (!engine.isEmpty()) {
            figures.add(new BenchReport.Figure("turns/s on " + cores + " cores, " + model.name(), engine.perSecond(),
                    "turns/s", target));
        }
    }

    private static List<Candidate.Call> calls(int callers, int batch, Function<List<String>, List<float[]>> embedding) {
        AtomicInteger position = new AtomicInteger();
        return Stream.generate(() -> (Candidate.Call) () -> embedding
                .apply(texts(position.getAndAdd(batch) & Integer.MAX_VALUE, batch)).size()).limit(callers).toList();
    }

    private static List<String> texts(int from, int number) {
        List<String> all = SampleTexts.wholeTurns();
        return IntStream.range(from, from + number).mapToObj(i -> all.get(i % all.size())).toList();
    }
}
