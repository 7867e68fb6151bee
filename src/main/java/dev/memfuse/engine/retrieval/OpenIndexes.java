package dev.memfuse.engine.retrieval;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.memfuse.background.BackgroundHealth;
import dev.memfuse.background.BackgroundThreads;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Bounds the number of open indexes, saves them in the background and closes idle ones. One thread does all disk work.
/// Thread-safe.
public final class OpenIndexes implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OpenIndexes.class);
    private static final long IDLE_NANOS = Duration.ofMinutes(10).toNanos();
    /// Merges and saves of large indexes last.
    private static final Duration STALL_LIMIT = Duration.ofMinutes(2);
    private static final Duration CLOSE_LIMIT = Duration.ofMinutes(1);

    private final SequencedSet<MemoryIndex> open = new LinkedHashSet<>();
    private final ExecutorService thread = BackgroundThreads.timer("engine-index", STALL_LIMIT);
    private final AtomicBoolean maintenanceQueued = new AtomicBoolean();
    private final IndexThreads threads = new IndexThreads();
    private final int limit;
    private boolean closed;

    /// @param limit maximum number of open indexes; indexes that queries use at the moment may exceed it
    public OpenIndexes(int limit) {
        this.limit = limit;
    }

    /// Creates a closed index, which this object cares for from the start of each opening.
    ///
    /// @param folder of the user's index
    public MemoryIndex index(Path folder, IndexSource source) {
        return new MemoryIndex(folder, source, this::touch, threads);
    }

    /// Adds an index that starts to open, or marks it as the most recently used one. Closes the least recently used
    /// ones above the limit, in the background.
    public void touch(MemoryIndex index) {
        List<MemoryIndex> surplus = new ArrayList<>();
        synchronized (open) {
            if (closed) {
                index.shutDown();
                return;
            }
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
                // A query uses it: the next surplus closes it.
                synchronized (open) {
                    open.addFirst(index);
                }
            }
        });
    }

    /// Saves changed indexes and closes idle ones, in the background.
    ///
    /// @param saveInterval shortest interval between two saves of an index without pending removals
    public void maintain(Duration saveInterval) {
        if (maintenanceQueued.compareAndSet(false, true)) {
            thread.execute(() -> {
                maintenanceQueued.set(false);
                copy().forEach(index -> guarded(() -> maintain(index, saveInterval)));
            });
        }
    }

    private void maintain(MemoryIndex index, Duration saveInterval) {
        index.closeIfIdle(IDLE_NANOS);
        index.saveIfDue(saveInterval.toNanos());
        synchronized (open) {
            // An index that starts to open enters the set again.
            if (!index.isActive()) {
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
        } catch (Throwable e) {
            // The other indexes are maintained nevertheless.
            BackgroundHealth.report("engine-index", e);
        }
    }

    /// Without the wait, a query that is still running would keep the files, and the next engine could not open them.
    private static void closeAtEnd(MemoryIndex index) {
        if (!index.closeAfterQueries(CLOSE_LIMIT)) {
            LOG.warn("Index: a query still uses an index; it stays open");
        }
    }

    /// Ends running builds, saves and closes all indexes. Blocks for at most a minute; entries that are not saved by
    /// then are read from the database after the next start. A second call has no effect.
    @Override
    public void close() {
        synchronized (open) {
            if (closed) {
                return;
            }
            closed = true;
            open.forEach(MemoryIndex::shutDown);
        }
        thread.execute(() -> copy().forEach(index -> guarded(() -> closeAtEnd(index))));
        thread.shutdown();
        threads.close();
        try {
            if (!thread.awaitTermination(CLOSE_LIMIT.toNanos(), TimeUnit.NANOSECONDS)) {
                LOG.warn("Index: indexes were not saved within {} s", CLOSE_LIMIT.toSeconds());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
