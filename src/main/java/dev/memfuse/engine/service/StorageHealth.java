package dev.memfuse.engine.service;

import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;

import dev.memfuse.engine.exception.StorageUnavailableException;
import dev.memfuse.engine.spi.MemoryStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Knows whether the database can be reached: from what its callers meet, and from a probe each second when nobody had
/// an answer for that long. A server that is stopped refuses nothing and answers nothing; only the probe, which has a
/// short time limit of its own, finds that out. Thread-safe.
final class StorageHealth {
    private static final Logger LOG = LoggerFactory.getLogger(StorageHealth.class);
    private static final long PROBE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final MemoryStore store;
    private final Consumer<Boolean> onChange;
    private final AtomicBoolean down = new AtomicBoolean();
    private final AtomicBoolean probing = new AtomicBoolean();
    private volatile long lastAnswer = System.nanoTime();

    /// @param onChange told true when the database was lost and false when it is back, on the thread that noticed
    StorageHealth(MemoryStore store, ScheduledExecutorService timer, Consumer<Boolean> onChange) {
        this.store = store;
        this.onChange = onChange;
        timer.scheduleWithFixedDelay(this::probeIfSilent, PROBE_NANOS, PROBE_NANOS, TimeUnit.NANOSECONDS);
    }

    /// Whether the database is known to be out of reach.
    boolean down() {
        return down.get();
    }

    /// Whether it is out of reach, after a look of at most about two seconds.
    boolean confirmedDown() {
        if (!down.get()) {
            probe();
        }
        return down.get();
    }

    /// Does work with the database and learns from its outcome.
    ///
    /// @throws StorageUnavailableException when the database could not be reached
    <T> T watch(Supplier<T> work) {
        try {
            T result = work.get();
            answered();
            return result;
        } catch (StorageUnavailableException e) {
            probeIfSilent();
            throw e;
        }
    }

    private void answered() {
        lastAnswer = System.nanoTime();
        if (down.get() && down.compareAndSet(true, false)) {
            LOG.info("Database: it can be reached again");
            onChange.accept(false);
        }
    }

    private void lost() {
        if (down.compareAndSet(false, true)) {
            LOG.warn("Database: it cannot be reached; reads are degraded, journaled messages wait");
            onChange.accept(true);
            // What waits for an answer of the lost server would wait as long as its connection looks alive.
            store.abandonStalled();
        }
    }

    private void probeIfSilent() {
        if (System.nanoTime() - lastAnswer >= PROBE_NANOS && probing.compareAndSet(false, true)) {
            Thread.ofVirtual().name("engine-health").start(() -> {
                try {
                    probe();
                } finally {
                    probing.set(false);
                }
            });
        }
    }

    private void probe() {
        if (store.reachable()) {
            answered();
        } else {
            lost();
        }
    }
}
