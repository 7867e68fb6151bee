package dev.memfuse.bench.suite;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import dev.memfuse.bench.BenchReport;
import dev.memfuse.bench.BenchTarget;
import dev.memfuse.bench.BenchTask;
import dev.memfuse.bench.harness.BenchWatch;
import dev.memfuse.load.EnvironmentInfo;
import org.jspecify.annotations.Nullable;

/// The benchmarks one after the other. Runs once.
public final class BenchSuite implements BenchTask {
    private static final int STOP_SECONDS = 20;

    private final BenchTarget ground;
    private final List<Benchmark> benchmarks;
    private final CountDownLatch ended = new CountDownLatch(1);
    private @Nullable BenchWatch watch;
    private boolean stopped;

    public BenchSuite(BenchTarget ground) {
        this.ground = ground;
        this.benchmarks = List.of(new AddBench(ground), new JournalBench(ground), new IngestBench(ground),
                new EmbedBench(() -> ground.tunables().get().embedding()), new QueryBench(ground),
                new SpeculationBench(ground), new StartBench(ground));
    }

    /// The names of the benchmarks, in the order they run.
    public List<String> names() {
        return benchmarks.stream().map(Benchmark::name).toList();
    }

    @Override
    public BenchReport run(Options options, Progress progress) throws InterruptedException {
        try {
            List<Benchmark> chosen = benchmarks.stream()
                    .filter(one -> options.names().isEmpty() || options.names().contains(one.name())).toList();
            BenchWatch watching = begin(progress,
                    chosen.stream().map(one -> one.planned(options)).reduce(Duration.ZERO, Duration::plus));
            List<BenchReport.Result> results = new ArrayList<>();
            for (Benchmark one : chosen) {
                if (!watching.stopped()) {
                    results.add(one.run(options, watching));
                }
            }
            return new BenchReport(!watching.stopped(), results, environment());
        } finally {
            ended.countDown();
        }
    }

    private synchronized BenchWatch begin(Progress progress, Duration planned) {
        BenchWatch made = new BenchWatch(progress, planned);
        if (stopped) {
            made.stop();
        }
        watch = made;
        return made;
    }

    private Map<String, String> environment() {
        Map<String, String> facts = new LinkedHashMap<>(EnvironmentInfo.ofThisProcess());
        facts.put("database", ground.database());
        return facts;
    }

    @Override
    public synchronized void stop() {
        stopped = true;
        if (watch != null) {
            watch.stop();
        }
    }

    /// Stops, and waits until the run let go of the engine, so that the engine may be closed.
    public void stopAndAwait() {
        stop();
        synchronized (this) {
            if (watch == null) {
                return;
            }
        }
        try {
            // Whether it ended or not: the engine closes now.
            boolean _ = ended.await(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
