package dev.memfuse.engine.service;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;

import dev.memfuse.background.BackgroundThreads;
import dev.memfuse.engine.exception.StorageUnavailableException;
import dev.memfuse.engine.exception.WriteRefusedException;
import dev.memfuse.engine.spi.Availability;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tracks whether the database is there, by a single prober: soon after a call lost its connection or when no call was
/// answered for a while, and every quarter of a second while the database is away. While it is away, all calls that
/// need it fail at once. A server that is read-only counts as away. Thread-safe.
///
/// A stopped server neither refuses nor answers; only the probe, which has a short time limit, detects it.
final class StorageHealth {
    private static final Logger LOG = LoggerFactory.getLogger(StorageHealth.class);
    private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    private final Availability database;
    private final Consumer<Boolean> onChange;
    private final AtomicReference<@Nullable CompletableFuture<Void>> running = new AtomicReference<>();
    private final WriteRefusals refusals = new WriteRefusals();
    private volatile boolean down;
    private volatile boolean closed;

    /// @param onChange called with true when the database went away and with false when it is back, on the prober's
    ///        thread
    StorageHealth(Availability database, ScheduledExecutorService timer, Consumer<Boolean> onChange) {
        this.database = database;
        this.onChange = onChange;
        timer.scheduleWithFixedDelay(this::tick, TICK_NANOS, TICK_NANOS, TimeUnit.NANOSECONDS);
    }

    private void tick() {
        if (down || database.needsProbe()) {
            CompletableFuture<Void> _ = probe();
        }
        if (!down) {
            refusals.check(System.nanoTime());
        }
    }

    /// Returns whether the database was away at the last check.
    boolean isDown() {
        return down;
    }

    /// Refuses a call that would block until the database is back, and all other calls of its user with it.
    ///
    /// @param refused the consequence, for instance `Nothing can be deleted`
    /// @throws StorageUnavailableException while the database is away
    void require(String refused) {
        if (isDown()) {
            throw new StorageUnavailableException(
                    refused + " while the database cannot be reached. Try again when it is back.", "", null);
        }
    }

    /// Returns whether the database answers and refuses writes, for instance because its disk is full.
    boolean refusesWrites() {
        return refusals.active();
    }

    /// Returns whether the database is away; when it was there before, waits for a probe, usually for two seconds at
    /// most.
    boolean checkDown() {
        if (!down) {
            probe().join();
        }
        return down;
    }

    /// Reads from the database, or returns the fallback when the database is away.
    ///
    /// @throws StorageUnavailableException when the read failed although the database is there, for instance because no
    ///        connection of the pool was free: then a fallback would hide an error
    <T> T readOr(Supplier<T> read, Supplier<T> fallback) {
        try {
            return isDown() ? fallback.get() : read.get();
        } catch (StorageUnavailableException e) {
            if (!checkDown()) {
                throw e;
            }
            LOG.debug("Query: degraded, {}", e.getMessage());
            return fallback.get();
        }
    }

    /// Runs work that writes to the database; a failure of the connection starts a probe.
    ///
    /// @throws StorageUnavailableException when the database could not be reached
    <T> T observe(Supplier<T> work) {
        try {
            T result = work.get();
            refusals.succeeded(System.nanoTime());
            return result;
        } catch (WriteRefusedException e) {
            refusals.refused(System.nanoTime(), String.valueOf(e.getMessage()));
            throw e;
        } catch (StorageUnavailableException e) {
            CompletableFuture<Void> _ = probe();
            throw e;
        }
    }

    /// Starts a probe unless one runs, and returns its end.
    private CompletableFuture<Void> probe() {
        CompletableFuture<Void> mine = new CompletableFuture<>();
        CompletableFuture<Void> other = running.compareAndExchange(null, mine);
        if (other != null) {
            return other;
        }
        // A platform thread: many busy virtual threads must not delay it.
        BackgroundThreads.platform("engine-health").start(() -> {
            try {
                database.whyAway().ifPresentOrElse(this::away, this::back);
            } catch (RuntimeException | Error e) {
                LOG.error("Database: the check whether it is there failed", e);
            } finally {
                running.set(null);
                mine.complete(null);
            }
        });
        return mine;
    }

    private void back() {
        // Also when it was there before: the call that lost its connection needs no further probe.
        database.resume();
        if (down) {
            down = false;
            LOG.info("Database: back");
            onChange.accept(false);
        }
    }

    /// Ends the reports: the pool is closed next, and a probe that still runs takes this for an outage.
    void close() {
        closed = true;
    }

    private void away(String reason) {
        if (closed) {
            return;
        }
        boolean first = !down;
        down = true;
        database.suspend(reason);
        if (first) {
            LOG.warn("Database: away; reads are degraded, journaled messages are stored later. {}", reason);
            onChange.accept(true);
        }
    }
}
