package dev.memfuse.bootstrap.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.memfuse.cli.BenchReport;
import dev.memfuse.cli.BenchTask;
import dev.memfuse.engine.model.EmbeddingPool;
import dev.memfuse.engine.model.OnnxEmbeddingModel;

/// Embedding of everyday turns by the engine's pool, beside a loop that gives the model one text at a time on as many
/// threads.
final class EmbedBench implements Benchmark {
    private static final int PORTION = 64;
    private static final double TARGET_PER_S = 700;

    @Override
    public String name() {
        return "embed";
    }

    @Override
    public Duration planned(BenchTask.Options options) {
        return Slices.planned(options, 2);
    }

    @Override
    public BenchReport.Result run(BenchTask.Options options, Watch watch) throws InterruptedException {
        int cores = Runtime.getRuntime().availableProcessors();
        watch.step("embed on " + cores + " cores");
        List<BenchReport.Row> rows = new ArrayList<>();
        List<BenchReport.Figure> figures = new ArrayList<>();
        ThreadFactory threads = Thread.ofPlatform().daemon().name("engine-bench-", 0).factory();
        try (EmbeddingPool pool = new EmbeddingPool(cores); OnnxEmbeddingModel model = OnnxEmbeddingModel.load()) {
            List<Tally> tallies = Slices.of(options, watch).run(List.of(
                    Contender.of("engine", calls(cores, PORTION, texts -> pool.embed(model, texts))),
                    Contender.of("one text at a time", calls(cores, 1, model::embed)).on(threads)));
            Tally.row(cores + " threads", tallies.getFirst(), tallies.getLast()).ifPresent(rows::add);
            if (!tallies.getFirst().isEmpty()) {
                figures.add(new BenchReport.Figure("turns/s on " + cores + " cores", tallies.getFirst().perS(),
                        "turns/s", BenchReport.Target.atLeast(TARGET_PER_S)));
            }
        }
        return new BenchReport.Result(name(),
                "turns of a generated conversation, embedded in portions of %d by the pool, beside one at a time"
                        .formatted(PORTION),
                "the cores: the model's arithmetic", rows, figures);
    }

    private interface Embedding {
        List<float[]> embed(List<String> texts);
    }

    private static List<Contender.Call> calls(int callers, int portion, Embedding embedding) {
        AtomicInteger place = new AtomicInteger();
        return Stream.generate(() -> (Contender.Call) () -> embedding
                .embed(texts(place.getAndAdd(portion) & Integer.MAX_VALUE, portion)).size()).limit(callers).toList();
    }

    private static List<String> texts(int from, int number) {
        List<String> all = Turns.whole();
        return IntStream.range(from, from + number).mapToObj(i -> all.get(i % all.size())).toList();
    }
}
