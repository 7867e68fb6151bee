package dev.memfuse.bench.suite;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.memfuse.bench.BenchReport;
import dev.memfuse.bench.BenchTask;
import dev.memfuse.bench.harness.BenchWatch;
import dev.memfuse.bench.harness.Candidate;
import dev.memfuse.bench.harness.Interleaving;
import dev.memfuse.bench.harness.SliceStats;
import dev.memfuse.config.section.EmbeddingConfig;
import dev.memfuse.config.section.EmbeddingModelKind;
import dev.memfuse.engine.model.EmbeddingPool;
import dev.memfuse.engine.model.OnnxEmbeddingModel;
import org.jspecify.annotations.Nullable;

/// Embedding of everyday turns by the engine's pool, beside a loop that gives the model one text at a time on as many
/// threads.
final class EmbedBench implements Benchmark {
    private static final int PORTION = 64;
    private static final double TARGET_PER_S = 700;

    private final Supplier<EmbeddingConfig> config;

    /// @param config the settings of embedding now
    EmbedBench(Supplier<EmbeddingConfig> config) {
        this.config = config;
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
            try (OnnxEmbeddingModel model = OnnxEmbeddingModel.load(kind)) {
                watch.step("embed with " + model.name());
                compare(model, target(kind), Interleaving.of(options, watch), rows, figures);
            }
        }
        return new BenchReport.Result(name(),
                "turns of a generated conversation, embedded in portions of %d by the pool, beside one at a time"
                        .formatted(PORTION),
                "the cores: the model's arithmetic", rows, figures);
    }

    /// The target is stated for the model that is configured.
    private BenchReport.@Nullable Target target(EmbeddingModelKind kind) {
        return kind == config.get().model() ? BenchReport.Target.atLeast(TARGET_PER_S) : null;
    }

    private void compare(OnnxEmbeddingModel model, BenchReport.@Nullable Target target, Interleaving slices,
            List<BenchReport.Row> rows, List<BenchReport.Figure> figures) throws InterruptedException {
        int cores = Runtime.getRuntime().availableProcessors();
        ThreadFactory threads = Thread.ofPlatform().daemon().name("engine-bench-", 0).factory();
        try (EmbeddingPool pool = new EmbeddingPool(() -> config.get().threads(), () -> config.get().batchSize())) {
            List<SliceStats> tallies = slices.run(List.of(
                    Candidate.of("engine", calls(cores, PORTION, texts -> pool.embed(model, texts))),
                    Candidate.of("one text at a time", calls(cores, 1, model::embed)).on(threads)));
            SliceStats engine = tallies.getFirst();
            SliceStats.row(model.name(), engine, tallies.getLast()).ifPresent(rows::add);
            if (!engine.isEmpty()) {
                figures.add(new BenchReport.Figure("turns/s on " + cores + " cores, " + model.name(), engine.perS(),
                        "turns/s", target));
            }
        }
    }

    private interface Embedding {
        List<float[]> embed(List<String> texts);
    }

    private static List<Candidate.Call> calls(int callers, int portion, Embedding embedding) {
        AtomicInteger place = new AtomicInteger();
        return Stream.generate(() -> (Candidate.Call) () -> embedding
                .embed(texts(place.getAndAdd(portion) & Integer.MAX_VALUE, portion)).size()).limit(callers).toList();
    }

    private static List<String> texts(int from, int number) {
        List<String> all = SampleTexts.whole();
        return IntStream.range(from, from + number).mapToObj(i -> all.get(i % all.size())).toList();
    }
}
