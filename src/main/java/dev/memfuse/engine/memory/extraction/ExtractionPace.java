package dev.memfuse.engine.memory.extraction;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

import dev.memfuse.config.section.MemoryServiceConfig;
import dev.memfuse.engine.memory.layer.LayerTask;

/// The number of layers that are built at the same time, and the pauses between them: extraction takes the whole
/// machine while nobody calls the engine, yields to queries, and pauses while the limits per minute of the language
/// model allow no call.
///
/// [#pause], [#isPausing] and [#earliest] are called under one lock of the caller; the others are thread-safe.
final class ExtractionPace {
    private static final long MAX_YIELD_NANOS = Duration.ofSeconds(1).toNanos();
    private static final long YIELD_STEP_NANOS = Duration.ofMillis(10).toNanos();

    /// Layers that wait while others keep the processors busy. More of them are no faster.
    private static final int WAITING_LAYERS = 2;

    private final LayerTask work;
    private final Callers callers;
    /// No item starts before.
    private long pausedUntil;
    private boolean paused;

    /// @param work builds the layers
    ExtractionPace(LayerTask work, Callers callers) {
        this.work = work;
        this.callers = callers;
    }

    /// Returns the number of layers to build at the same time. In sequential mode the layers of a user are built one
    /// after the other, and those of several users at once, unless a language model does the work. Yields to queries.
    int limit(MemoryServiceConfig now) {
        if (yields()) {
            return 1;
        }
        if (now.parallelEnabled()) {
            return now.maxConcurrentLayers();
        }
        return work.usesModel() ? 1 : sequentialUsers(Runtime.getRuntime().availableProcessors());
    }

    /// Returns the number of users whose layers are built at the same time. While the engine is called, a processor is
    /// left to the callers and their flushes. Otherwise there are more than processors: each layer waits for the
    /// database, and for texts of others in its batch.
    private int sequentialUsers(int processors) {
        return callers.calling().getAsBoolean() ? Math.max(1, processors - 1) : processors + WAITING_LAYERS;
    }

    private boolean yields() {
        return callers.querying().getAsBoolean() && !work.usesModel();
    }

    /// Leaves the processors to queries for as long as an item took, at most a second.
    ///
    /// @param stopped ends the wait
    void yieldAfter(long nanos, BooleanSupplier stopped) {
        long end = System.nanoTime() + Math.min(nanos, MAX_YIELD_NANOS);
        while (yields() && !stopped.getAsBoolean() && end - System.nanoTime() > 0) {
            LockSupport.parkNanos(Math.min(YIELD_STEP_NANOS, end - System.nanoTime()));
        }
    }

    /// Starts no item until a time on the clock of [System#nanoTime], or until the end of a longer pause.
    void pause(long until) {
        pausedUntil = paused && pausedUntil - until > 0 ? pausedUntil : until;
        paused = true;
    }

    /// Returns whether no item may start now.
    boolean isPausing() {
        paused = paused && pausedUntil - System.nanoTime() > 0;
        return paused;
    }

    /// Returns the earlier one of a time and the end of the pause.
    long earliest(long time) {
        return isPausing() && pausedUntil - time < 0 ? pausedUntil : time;
    }
}
