package dev.memfuse.engine.retrieval;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

import dev.memfuse.engine.Fact;
import dev.memfuse.engine.Message;
import dev.memfuse.engine.spi.Chunk;
import dev.memfuse.engine.spi.ErasureStore;
import dev.memfuse.engine.spi.ErasureStore.Erasure;
import dev.memfuse.metrics.Stage;
import dev.memfuse.metrics.Trace;
import org.jspecify.annotations.Nullable;

/// A user's [UserIndex]: the first query opens it and reconciles it with the database, later changes keep it up to
/// date.
///
/// A change only enters a queue; the next query or save applies it. When too many changes are pending they are dropped,
/// and the next query reconciles the index again. Thread-safe.
public final class MemoryIndex {
    /// Number of entries, removed ones included, from which on ranking takes several milliseconds.
    private static final int LARGE = 40_000;
    /// Number of unsaved entries from which on an index is saved regardless of the interval.
    private static final int UNSAVED_LIMIT = 5_000;

    private final IndexFolder folder;
    private final Consumer<MemoryIndex> onOpening;
    private final IndexThreads threads;
    private final PendingChanges pending = new PendingChanges();
    private final IndexUpdater updater;
    private final IndexSlot slot;
    /// Held while the index is opened or reconciled and while pending changes are applied.
    private final ReentrantLock applying = new ReentrantLock();
    /// Held for reading by each query and for writing to close.
    private final ReadWriteLock use = new ReentrantReadWriteLock();
    private volatile long lastUsedNanos = System.nanoTime();
    private volatile long lastSavedNanos = System.nanoTime();

    /// @param folder of this user's index; created when needed, deleted when its content must be erased
    /// @param source stored and buffered entries of the user; read when the index is opened and when it is stale
    /// @param onOpening called each time the index starts to open, on the thread that opens it
    /// @param threads run openings and reconciliations, and the ranking of large indexes
    MemoryIndex(Path folder, IndexSource source, Consumer<MemoryIndex> onOpening, IndexThreads threads) {
        this.folder = new IndexFolder(folder);
        this.onOpening = onOpening;
        this.threads = threads;
        this.updater = new IndexUpdater(this.folder, source, pending, threads);
        this.slot = new IndexSlot(this.folder, pending, updater);
    }

    /// Adds acknowledged messages.
    public void addMessages(List<Message> messages) {
        pending.offer(target -> messages.forEach(target::add));
    }

    /// Adds vectors of stored messages.
    ///
    /// @param model name of the model that made them
    public void addVectors(Map<UUID, float[]> vectors, String model) {
        pending.offer(target -> target.addVectors(vectors, model));
    }

    /// Adds stored chunks.
    public void addChunks(List<Chunk> chunks) {
        pending.offer(target -> chunks.forEach(target::add));
    }

    /// Adds stored facts.
    public void addFacts(List<Fact> facts) {
        pending.offer(target -> facts.forEach(target::add));
    }

    /// Removes deleted messages. The next [#save] removes their texts from the disk; when the index is closed, its
    /// files are deleted at once.
    ///
    /// @param erasure the deletion from storage
    public void removeMessages(Collection<UUID> ids, Erasure erasure) {
        List<UUID> removed = List.copyOf(ids);
        offerRemoval(target -> {
            // The database may build a new chunk from the messages that remain.
            boolean shared = target.remove(removed);
            if (!target.erased(erasure.before(), erasure.after()) || shared) {
                pending.markStale();
            }
        });
    }

    /// Removes a deleted session. Its texts leave the disk as in [#removeMessages].
    ///
    /// @param erasure the deletion from storage
    public void removeSession(UUID sessionId, Erasure erasure) {
        offerRemoval(target -> {
            target.removeSession(sessionId);
            if (!target.erased(erasure.before(), erasure.after())) {
                pending.markStale();
            }
        });
    }

    /// Removes deleted facts. Their texts leave the disk as in [#removeMessages].
    ///
    /// @param erasure the deletion from storage
    public void removeFacts(Collection<UUID> ids, Erasure erasure) {
        List<UUID> removed = List.copyOf(ids);
        offerRemoval(target -> {
            target.removeFacts(removed);
            boolean _ = target.erased(erasure.before(), erasure.after());
            // Facts that a deleted one superseded are current again.
            pending.markStale();
        });
    }

    /// Marks the index stale unless the user's last deletion is applied.
    ///
    /// @param time of the last deletion; see [ErasureStore]
    public void markErased(long time) {
        UserIndex open = slot.open();
        if (open != null && open.erased() != time) {
            markStale();
        }
    }

    /// Applies a deletion by any process: reconciles an open index that has not applied it, and deletes the files of
    /// a closed one. Blocks for the database.
    ///
    /// @param time of the user's last deletion; see [ErasureStore]
    public void erase(long time) {
        UserIndex open = slot.open();
        if (open == null) {
            deleteIfOlder(time);
        } else {
            markErased(time);
            with(open.space(), _ -> true);
        }
    }

    private void deleteIfOlder(long time) {
        applying.lock();
        try {
            if (!isOpen() && folder.isOlderThan(time)) {
                folder.delete();
            }
        } finally {
            applying.unlock();
        }
    }

    private void offerRemoval(Consumer<UserIndex> removal) {
        if (!pending.offerRemoval(removal)) {
            deleteIfClosed();
        }
    }

    /// Marks the index as possibly different from the database; the next query reconciles it.
    public void markStale() {
        pending.offer(_ -> pending.markStale());
    }

    /// Calls `work` with the index, after all changes that precede this call were applied. Opens the index when it is
    /// closed and reconciles it when it is stale. Changes that arrive during reconciliation are applied after it; an
    /// entry that both bring is added once.
    ///
    /// @param required space of the query's vectors; an index of another space is rebuilt
    public <T> T with(EmbeddingSpace required, Function<UserIndex, T> work) {
        Trace trace = Trace.current();
        Stage outer = trace.enter(Stage.INDEX);
        try {
            closeUnlessUsableFor(required);
            use.readLock().lock();
            try {
                UserIndex current = upToDate(required);
                trace.exit(outer);
                return work.apply(current);
            } finally {
                use.readLock().unlock();
            }
        } finally {
            trace.exit(outer);
        }
    }

    /// Runs the ranking of a query: of a large index on a thread for long computations.
    <T> T rank(UserIndex open, Supplier<T> ranking) {
        return open.ordinals() < LARGE ? ranking.get() : threads.rank(ranking);
    }

    /// Closes an index whose vectors are of another space and deletes a broken one, after the queries that use it.
    private void closeUnlessUsableFor(EmbeddingSpace required) {
        if (updater.isBroken()) {
            delete();
        }
        UserIndex open = slot.open();
        if (open == null || required.equals(open.space())) {
            return;
        }
        use.writeLock().lock();
        try {
            slot.release();
        } finally {
            use.writeLock().unlock();
        }
    }

    private UserIndex upToDate(EmbeddingSpace required) {
        // One thread at a time, or a removal could overtake the addition that it undoes.
        applying.lock();
        try {
            lastUsedNanos = System.nanoTime();
            UserIndex current = slot.openIfClosed(required, () -> onOpening.accept(this));
            updater.update(current);
            return current;
        } finally {
            applying.unlock();
        }
    }

    /// Applies pending changes and writes the index to the disk; does nothing when it is closed. Blocks for the disk;
    /// called in the background. An index that cannot be written is deleted, and the next query rebuilds it.
    public void save() {
        saveIfDue(0);
    }

    /// Saves at most once per interval, unless removals or many unsaved entries are pending.
    void saveIfDue(long intervalNanos) {
        if (!trySave(intervalNanos)) {
            delete();
        }
    }

    /// Leaves an index that is being opened or reconciled to a later call.
    private boolean trySave(long intervalNanos) {
        if (updater.isBroken()) {
            return false;
        }
        use.readLock().lock();
        try {
            if (!applying.tryLock()) {
                return true;
            }
            UserIndex open;
            try {
                open = openWithPendingApplied();
            } finally {
                applying.unlock();
            }
            if (open != null && pending.isRemovalDropped()) {
                return false;
            }
            if (open != null && open.unsaved() > 0 && isDue(open, intervalNanos)) {
                lastSavedNanos = System.nanoTime();
                open.save();
            }
            return true;
        } catch (Throwable e) {
            slot.reportUnusable(e);
            return false;
        } finally {
            use.readLock().unlock();
        }
    }

    private boolean isDue(UserIndex open, long intervalNanos) {
        return open.hasRemovals() || open.unsaved() >= UNSAVED_LIMIT
                || System.nanoTime() - lastSavedNanos >= intervalNanos;
    }

    private @Nullable UserIndex openWithPendingApplied() {
        applying.lock();
        try {
            UserIndex open = slot.open();
            if (open != null) {
                updater.applyPending(open);
            }
            return open;
        } finally {
            applying.unlock();
        }
    }

    /// Closes the index when no query used it for longer than `idleNanos`; the next query opens it again.
    public void closeIfIdle(long idleNanos) {
        if (isOpen() && System.nanoTime() - lastUsedNanos > idleNanos) {
            close();
        }
    }

    /// Returns whether the index is open.
    public boolean isOpen() {
        return slot.isOpen();
    }

    /// Returns whether the index is open or about to be, so that it holds memory and files.
    public boolean isActive() {
        return pending.isAccepting();
    }

    /// Ends a running opening or reconciliation with an exception, for good.
    void shutDown() {
        updater.shutDown();
    }

    boolean isShuttingDown() {
        return updater.isShuttingDown();
    }

    /// Saves and closes the index, unless a query uses it. Deletes the files of an empty index.
    ///
    /// @return false when a query uses it
    public boolean close() {
        return use.writeLock().tryLock() && saveAndRelease();
    }

    /// Saves and closes the index after the queries that use it. Blocks for them.
    ///
    /// @param limit maximum wait for the queries
    /// @return false when a query still uses it after the limit, or the thread was interrupted
    public boolean closeAfterQueries(Duration limit) {
        try {
            return use.writeLock().tryLock(limit.toNanos(), TimeUnit.NANOSECONDS) && saveAndRelease();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private boolean saveAndRelease() {
        try {
            UserIndex open = openWithPendingApplied();
            // Without this the files of an index that cannot be saved would keep removed texts.
            boolean useless = open != null && (updater.isBroken() || open.size() == 0 || pending.isRemovalDropped());
            if (open != null && !useless && open.unsaved() > 0) {
                open.save();
            }
            if (useless) {
                slot.discard();
            } else {
                slot.release();
            }
        } catch (Throwable e) {
            slot.reportUnusable(e);
            slot.discard();
        } finally {
            use.writeLock().unlock();
        }
        return true;
    }

    /// Closes the index without saving and deletes its files, after the queries that use it.
    public void delete() {
        use.writeLock().lock();
        try {
            slot.discard();
        } finally {
            use.writeLock().unlock();
        }
    }

    private void deleteIfClosed() {
        applying.lock();
        try {
            if (!isOpen()) {
                folder.delete();
            }
        } finally {
            applying.unlock();
        }
    }
}
