package dev.memfuse.bench.suite;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

import com.sun.management.OperatingSystemMXBean;
import dev.memfuse.bench.BenchTarget;
import dev.memfuse.bench.harness.BenchWatch;
import dev.memfuse.bench.harness.SliceStats;
import dev.memfuse.config.schema.ConfigValues;
import dev.memfuse.metrics.SpeculationStats.Counts;
import org.jspecify.annotations.Nullable;

/// One side of the comparison: the engine with or without speculation, and what it did in all its slices.
final class SpeculationSide {
    private static final String KEY = "buffer.speculative_buffer.enabled";

    private final BenchTarget ground;
    private final boolean enabled;
    private final SliceStats queries;
    private final SliceStats writes;
    private Counts counts = new Counts(0, 0, 0);
    private long cpuNanos;

    SpeculationSide(BenchTarget ground, boolean enabled) {
        this.ground = ground;
        this.enabled = enabled;
        queries = new SliceStats(name());
        writes = new SliceStats(name());
    }

    private String name() {
        return enabled ? "speculation on" : "speculation off";
    }

    /// Lets each user write, pause and ask on a thread of its own until the time is over.
    void slice(List<AskingUser> users, Duration pause, Duration length, BenchWatch watch) throws InterruptedException {
        ground.tunables().apply("bench", config -> ConfigValues.with(config, KEY, enabled));
        Counts before = ground.speculation();
        long cpu = cpu();
        long started = System.nanoTime();
        long end = started + length.toNanos();
        SliceStats asked = new SliceStats(name());
        SliceStats written = new SliceStats(name());
        List<Thread> threads = new ArrayList<>();
        for (AskingUser user : users) {
            threads.add(Thread.ofVirtual().name("engine-bench-", threads.size()).start(() -> {
                while (System.nanoTime() < end && !watch.stopped()) {
                    timed(user::write, written);
                    LockSupport.parkNanos(pause.toNanos());
                    timed(user::ask, asked);
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        double seconds = (System.nanoTime() - started) / 1e9;
        asked.ended(seconds);
        written.ended(seconds);
        if (!watch.stopped()) {
            queries.add(asked);
            writes.add(written);
            counts = counts.plus(ground.speculation().since(before));
            cpuNanos += cpu() - cpu;
        }
    }

    private static void timed(Runnable call, SliceStats tally) {
        long begun = System.nanoTime();
        try {
            call.run();
            tally.succeeded(System.nanoTime() - begun, 1);
        } catch (RuntimeException e) {
            tally.failed(e);
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

    /// Time of the processors that this process used, for each query with its write, in milliseconds.
    @Nullable
    Double cpuMs() {
        return queries.messages() == 0 ? null : (Double) (cpuNanos / 1e6 / queries.messages());
    }
}
