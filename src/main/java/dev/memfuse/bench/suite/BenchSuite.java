package dev.memfuse.bench.suite;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import dev.memfuse.bench.BenchReport;
import dev.memfuse.bench.BenchTarget;
import dev.memfuse.bench.BenchTask;
import dev.memfuse.bench.harness.BenchWatch;
import dev.memfuse.metrics.EnvironmentInfo;
import dev.memfuse.progress.Progress;
import org.jspecify.annotations.Nullable;

/// Runs the benchmarks one after the other. Runs once; [#stop] is thread-safe.
public final class BenchSuite implements BenchTask {
    private static final int STOP_SECONDS = 20;

    private final BenchTarget target;
    private final List<Benchmark> benchmarks;
    private final CountDownLatch ended = new CountDownLatch(1);
    private @Nullable BenchWatch watch;
    private boolean stopped;

    /// @param target the engine that is measured
    public BenchSuite(BenchTarget target) {
        this.target = target;
        this.benchmarks = List.of(new AddBench(target), new JournalBench(target), new IngestBench(target),
                new EmbedBench(target), new QueryBench(target),
                new SpeculationBench(target), new LayersBench(target), new NetworkBench(target), new HttpBench(target),
                new StartBench(target));
    }

    /// Returns the names of the benchmarks, in the order in which they run.
    public List<String> names() {
        return benchmarks.stream().map(Benchmark::name).toList();
    }

    @Override
    public BenchReport run(Options options, Consumer<Progress> progress) throws InterruptedException {
        try {
            List<Benchmark> chosen = benchmarks.stream()
                    .filter(benchmark -> options.names().isEmpty() || options.names().contains(benchmark.name()))
                    .toList();
            BenchWatch newWatch = begin(progress, chosen.stream().map(benchmark -> benchmark.planned(options))
                    .reduce(Duration.ZERO, Duration::plus));
            List<BenchReport.Result> results = new ArrayList<>();
            for (Benchmark benchmark : chosen) {
                if (!newWatch.stopped()) {
                    results.add(benchmark.run(options, newWatch));
                }
            }
            return new BenchReport(!newWatch.stopped(), results, environment());
        } finally {
            ended.countDown();
        }
    }

    private synchronized BenchWatch begin(Consumer<Progress> progress, Duration planned) {
        BenchWatch newWatch = new BenchWatch(progress, planned);
        if (stopped) {
            newWatch.stop();
        }
        watch = newWatch;
        return newWatch;
    }

    private Map<String, String> environment() {
        Map<String, String> properties = new LinkedHashMap<>(EnvironmentInfo.ofThisProcess());
        properties.put("database", target.database());
        return properties;
    }

    @Override
    public synchronized void stop() {
        stopped = true;
        if (watch != null) {
            watch.stop();
        }
    }

    /// Stops the run and waits until it no longer uses the engine, at most 20 s, so that the engine can be closed.
    public void stopAndAwait() {
        stop();
        synchronized (this) {
            if (watch == null) {
                return;
            }
        }
        try {
            // The engine closes in either case.
            boolean _ = ended.await(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
