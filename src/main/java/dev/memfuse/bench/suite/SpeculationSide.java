package dev.memfuse.bench.suite;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

import com.sun.management.OperatingSystemMXBean;
import dev.memfuse.background.BackgroundThreads;
import dev.memfuse.bench.BenchTarget;
import dev.memfuse.bench.harness.BenchWatch;
import dev.memfuse.bench.harness.SliceStats;
import dev.memfuse.config.schema.ConfigValues;
import dev.memfuse.metrics.SpeculationStats.Counts;
import org.jspecify.annotations.Nullable;

/// One side of the comparison: the engine with or without speculation, and its statistics over all slices.
final class SpeculationSide {
    private static final String KEY = "buffer.speculative_buffer.enabled";

    private final BenchTarget target;
    private final boolean enabled;
    private final SliceStats queries;
    private final SliceStats writes;
    private Counts counts = new Counts(0, 0, 0);
    private long cpuNanos;

    SpeculationSide(BenchTarget target, boolean enabled) {
        this.target = target;
        this.enabled = enabled;
        queries = new SliceStats(name());
        writes = new SliceStats(name());
    }

    private String name() {
        return enabled ? "speculation on" : "speculation off";
    }

    /// Runs one slice: each user writes, pauses and queries on its own thread until the time is over. Blocks.
    void slice(List<QueryingUser> users, Duration pause, Duration length, BenchWatch watch)
            throws InterruptedException {
        target.tunables().apply("bench", config -> ConfigValues.with(config, KEY, enabled));
        Counts before = target.speculation();
        long cpu = cpu();
        long started = System.nanoTime();
        long end = started + length.toNanos();
        SliceStats queried = new SliceStats(name());
        SliceStats written = new SliceStats(name());
        List<Thread> threads = new ArrayList<>();
        for (QueryingUser user : users) {
            threads.add(BackgroundThreads.virtual("engine-bench-" + threads.size()).start(() -> {
                while (System.nanoTime() < end && !watch.stopped()) {
                    timed(user::write, written);
                    LockSupport.parkNanos(pause.toNanos());
                    timed(user::query, queried);
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        double seconds = (System.nanoTime() - started) / 1e9;
        queried.end(seconds);
        written.end(seconds);
        if (!watch.stopped()) {
            queries.add(queried);
            writes.add(written);
            counts = counts.plus(target.speculation().since(before));
            cpuNanos += cpu() - cpu;
        }
    }

    private static void timed(Runnable call, SliceStats stats) {
        long started = System.nanoTime();
        try {
            call.run();
            stats.succeeded(System.nanoTime() - started, 1);
        } catch (RuntimeException | Error e) {
            stats.failed(e);
        }
    }

    private static long cpu() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
    }

    SliceStats queries() {
        return queries;
    }

    SliceStats writes() {
        return writes;
    }

    Counts counts() {
        return counts;
    }

    /// Returns the processor time of this process for each query and its write, in milliseconds; null without a query.
    @Nullable
    Double cpuMs() {
        return queries.items() == 0 ? null : (Double) (cpuNanos / 1e6 / queries.items());
    }
}
