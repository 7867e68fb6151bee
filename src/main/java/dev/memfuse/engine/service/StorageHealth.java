package dev.memfuse.engine.service;

import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;

import dev.memfuse.background.BackgroundThreads;
import dev.memfuse.engine.exception.StorageUnavailableException;
import dev.memfuse.engine.spi.MemoryStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tracks whether the database is reachable: by the results of observed calls, and by a probe each second while no call
/// was answered. A stopped server neither refuses nor answers; only the probe, which has a short time limit, detects
/// it. Thread-safe.
final class StorageHealth {
    private static final Logger LOG = LoggerFactory.getLogger(StorageHealth.class);
    private static final long PROBE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final MemoryStore store;
    private final Consumer<Boolean> onChange;
    private final AtomicBoolean down = new AtomicBoolean();
    private final AtomicBoolean probing = new AtomicBoolean();
    private volatile long lastAnswer = System.nanoTime();

    /// @param onChange called with true when the database becomes unreachable and with false when it is reachable
    ///        again, on the thread that detects it
    StorageHealth(MemoryStore store, ScheduledExecutorService timer, Consumer<Boolean> onChange) {
        this.store = store;
        this.onChange = onChange;
        timer.scheduleWithFixedDelay(this::probeIfSilent, PROBE_NANOS, PROBE_NANOS, TimeUnit.NANOSECONDS);
    }

    /// Returns whether the database was unreachable at the last check.
    boolean isDown() {
        return down.get();
    }

    /// Returns whether the database is unreachable; probes it when it was reachable before, for about two seconds at
    /// most.
    boolean checkDown() {
        if (!down.get()) {
            probe();
        }
        return down.get();
    }

    /// Reads from the database, or returns the fallback when the database is unreachable.
    ///
    /// @throws StorageUnavailableException when the read failed although the database is reachable, for instance
    ///        because no connection of the pool was free: then a fallback would hide an error
    <T> T readOr(Supplier<T> read, Supplier<T> fallback) {
        try {
            return isDown() ? fallback.get() : observe(read);
        } catch (StorageUnavailableException e) {
            if (!checkDown()) {
                throw e;
            }
            LOG.debug("Query: degraded, {}", e.getMessage());
            return fallback.get();
        }
    }

    /// Runs work with the database and records its outcome.
    ///
    /// @throws StorageUnavailableException when the database could not be reached
    <T> T observe(Supplier<T> work) {
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
            LOG.info("Database: reachable again");
            onChange.accept(false);
        }
    }

    private void lost() {
        if (down.compareAndSet(false, true)) {
            LOG.warn("Database: unreachable; reads are degraded, journaled messages are stored later");
            onChange.accept(true);
            // Statements on the lost server would otherwise block until their connections time out.
            store.abandonStalled();
        }
    }

    private void probeIfSilent() {
        if (System.nanoTime() - lastAnswer >= PROBE_NANOS && probing.compareAndSet(false, true)) {
            BackgroundThreads.virtual("engine-health").start(() -> {
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
