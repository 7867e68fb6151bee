package dev.memfuse.engine.retrieval;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps the number of open indexes bounded, saves them in the background, and closes those that nobody queries. All disk
/// work is done on one thread of its own. Thread-safe.
public final class OpenIndexes implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OpenIndexes.class);
    private static final long IDLE_NANOS = Duration.ofMinutes(10).toNanos();
    private static final long SAVE_NANOS = Duration.ofSeconds(10).toNanos();
    private static final int CLOSE_SECONDS = 60;

    private final SequencedSet<MemoryIndex> open = new LinkedHashSet<>();
    private final ExecutorService thread = Executors
            .newSingleThreadExecutor(Thread.ofPlatform().daemon().name("engine-index").factory());
    private final AtomicBoolean tending = new AtomicBoolean();
    private final int limit;

    /// @param limit at most so many indexes are open, beside those that queries use at this moment
    public OpenIndexes(int limit) {
        this.limit = limit;
    }

    /// An index is used: it is the last that is closed.
    public void used(MemoryIndex index) {
        List<MemoryIndex> surplus = new ArrayList<>();
        synchronized (open) {
            open.remove(index);
            open.addLast(index);
            while (open.size() > limit) {
                surplus.add(open.removeFirst());
            }
        }
        if (!surplus.isEmpty()) {
            thread.execute(() -> surplus.forEach(this::close));
        }
    }

    private void close(MemoryIndex index) {
        guarded(() -> {
            if (!index.close()) {
                // In use just now; its turn comes again.
                synchronized (open) {
                    open.addFirst(index);
                }
            }
        });
    }

    /// Saves what changed and closes what is idle, in the background.
    public void tend() {
        if (tending.compareAndSet(false, true)) {
            thread.execute(() -> {
                tending.set(false);
                copy().forEach(index -> guarded(() -> tend(index)));
            });
        }
    }

    private void tend(MemoryIndex index) {
        index.closeIfIdle(IDLE_NANOS);
        if (index.isOpen()) {
            index.saveIfDue(SAVE_NANOS);
        } else {
            synchronized (open) {
                open.remove(index);
            }
        }
    }

    private List<MemoryIndex> copy() {
        synchronized (open) {
            return List.copyOf(open);
        }
    }

    private static void guarded(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            LOG.error("Index: could not be tended", e);
        }
    }

    /// Saves and closes all. Blocks until done, a minute at most; what is not saved then is read from the database at the
    /// next start.
    @Override
    public void close() {
        thread.execute(() -> copy().forEach(index -> guarded(index::close)));
        thread.shutdown();
        try {
            if (!thread.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("Index: not saved within {} s", CLOSE_SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
