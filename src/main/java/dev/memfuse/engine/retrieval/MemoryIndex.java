package dev.memfuse.engine.retrieval;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

import dev.memfuse.background.BackgroundHealth;
import dev.memfuse.engine.Fact;
import dev.memfuse.engine.Message;
import dev.memfuse.engine.exception.EngineException;
import dev.memfuse.engine.spi.Chunk;
import dev.memfuse.engine.spi.ErasureStore;
import dev.memfuse.engine.spi.ErasureStore.Erasure;
import dev.memfuse.file.FolderRemoval;
import dev.memfuse.metrics.Stage;
import dev.memfuse.metrics.Trace;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A user's [UserIndex]: the first query opens it and reconciles it with the database, later changes keep it up to
/// date.
///
/// A change only enters a queue; the next query or save applies it. When too many changes are pending they are dropped,
/// and the next query reconciles the index again. Thread-safe.
public final class MemoryIndex {
    private static final Logger LOG = LoggerFactory.getLogger(MemoryIndex.class);
    /// Number of entries, removed ones included, from which on ranking takes several milliseconds.
    private static final int LARGE = 20_000;
    private static final int MAX_PENDING = 50_000;
    /// Number of unsaved entries from which on an index is saved regardless of the interval.
    private static final int UNSAVED_LIMIT = 5_000;

    private final Path folder;
    private final IndexSource source;
    private final Consumer<MemoryIndex> onOpening;
    private final IndexThreads threads;
    private final Deque<Consumer<UserIndex>> pending = new ArrayDeque<>();
    /// Held while the index is opened or reconciled and while pending changes are applied.
    private final ReentrantLock applying = new ReentrantLock();
    /// Held for reading by each query and for writing to close.
    private final ReadWriteLock use = new ReentrantReadWriteLock();
    private @Nullable UserIndex index;
    private @Nullable EmbeddingSpace space;
    /// True from the start of an opening until the release.
    private boolean accepting;
    private boolean stale;
    /// Whether a removal was dropped and only a reconciliation can take its texts off the disk.
    private boolean removalDropped;
    private boolean removalPending;
    private volatile boolean shuttingDown;
    /// Whether a change failed halfway. Such an index is deleted; the next query rebuilds it from the database.
    private volatile boolean broken;
    private long lastUsedNanos = System.nanoTime();
    private volatile long lastSavedNanos = System.nanoTime();

    /// @param folder of this user's index; created when needed, deleted when its content must be erased
    /// @param source stored and buffered entries of the user; read when the index is opened and when it is stale
    /// @param onOpening called each time the index starts to open, on the thread that opens it
    /// @param threads run openings and reconciliations, and the ranking of large indexes
    MemoryIndex(Path folder, IndexSource source, Consumer<MemoryIndex> onOpening, IndexThreads threads) {
        this.folder = folder;
        this.source = source;
        this.onOpening = onOpening;
        this.threads = threads;
    }

    /// Adds acknowledged messages.
    public void addMessages(List<Message> messages) {
        offer(target -> messages.forEach(target::add));
    }

    /// Adds stored chunks.
    public void addChunks(List<Chunk> chunks) {
        offer(target -> chunks.forEach(target::add));
    }

    /// Adds stored facts.
    public void addFacts(List<Fact> facts) {
        offer(target -> facts.forEach(target::add));
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
                setStale();
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
                setStale();
            }
        });
    }

    /// Marks the index stale unless the user's last deletion is applied.
    ///
    /// @param time of the last deletion; see [ErasureStore]
    public void markErased(long time) {
        UserIndex open;
        synchronized (this) {
            open = index;
        }
        if (open != null && open.erased() != time) {
            markStale();
        }
    }

    /// Applies a deletion by any process: reconciles an open index that has not applied it, and deletes the files of
    /// a closed one. Blocks for the database.
    ///
    /// @param time of the user's last deletion; see [ErasureStore]
    public void erase(long time) {
        EmbeddingSpace current;
        synchronized (this) {
            current = index == null ? null : space;
        }
        if (current == null) {
            deleteIfOlder(time);
        } else {
            markErased(time);
            with(current, _ -> true);
        }
    }

    private void deleteIfOlder(long time) {
        applying.lock();
        try {
            if (!isOpen() && Files.exists(folder) && !filesErased(time)) {
                deleteFolder();
            }
        } finally {
            applying.unlock();
        }
    }

    private boolean filesErased(long time) {
        try {
            return IndexFiles.erased(folder) >= time;
        } catch (IOException e) {
            LOG.debug("Index: {} cannot be read", folder, e);
            return false;
        }
    }

    private synchronized boolean offer(Consumer<UserIndex> change) {
        if (!accepting) {
            return false;
        }
        if (pending.size() >= MAX_PENDING) {
            pending.clear();
            stale = true;
            removalDropped |= removalPending;
            removalPending = false;
        }
        try {
            pending.addLast(change);
        } catch (Throwable e) {
            // The index lacks the change: the next query reads it from storage.
            stale = true;
            throw e;
        }
        return true;
    }

    private void offerRemoval(Consumer<UserIndex> removal) {
        boolean offered;
        synchronized (this) {
            offered = offer(removal);
            removalPending |= offered;
        }
        if (!offered) {
            deleteIfClosed();
        }
    }

    /// Marks the index as possibly different from the database; the next query reconciles it.
    public void markStale() {
        offer(_ -> setStale());
    }

    private synchronized void setStale() {
        stale = true;
    }

    private synchronized boolean clearStale() {
        boolean was = stale;
        stale = false;
        return was;
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
        if (broken) {
            delete();
        }
        synchronized (this) {
            if (index == null || required.equals(space)) {
                return;
            }
        }
        use.writeLock().lock();
        try {
            release();
        } finally {
            use.writeLock().unlock();
        }
    }

    private UserIndex upToDate(EmbeddingSpace required) {
        // One thread at a time, or a removal could overtake the addition that it undoes.
        applying.lock();
        try {
            UserIndex current = current();
            if (current == null) {
                current = threads.build(() -> open(required));
            }
            applyPending(current);
            while (clearStale()) {
                UserIndex outdated = current;
                threads.build(() -> reconcileAgain(outdated));
                applyPending(current);
            }
            return current;
        } finally {
            applying.unlock();
        }
    }

    private boolean reconcileAgain(UserIndex current) {
        boolean done = false;
        try {
            reconcile(current);
            done = true;
            return done;
        } finally {
            synchronized (this) {
                stale |= !done;
                removalDropped &= !done;
            }
        }
    }

    private UserIndex open(EmbeddingSpace required) {
        synchronized (this) {
            pending.clear();
            stale = false;
            removalPending = false;
            removalDropped = false;
            accepting = true;
        }
        onOpening.accept(this);
        UserIndex opened = null;
        try {
            opened = UserIndex.open(folder, required);
            reconcile(opened);
            synchronized (this) {
                index = opened;
                space = required;
            }
            return opened;
        } catch (Throwable e) {
            abandon(opened, e);
            throw e;
        }
    }

    /// Closes an index that could not be opened. Its files may hold texts whose removal was only pending.
    private void abandon(@Nullable UserIndex opened, Throwable cause) {
        boolean removal;
        synchronized (this) {
            accepting = false;
            removal = removalPending || removalDropped;
        }
        broken = false;
        try {
            if (opened != null) {
                opened.close();
            }
            if (removal) {
                deleteFolder();
            }
        } catch (Throwable e) {
            cause.addSuppressed(e);
        }
    }

    private void reconcile(UserIndex target) {
        try {
            Reconciliation reconciliation = target.reconcile(() -> shuttingDown);
            source.load(reconciliation);
            reconciliation.finish();
        } catch (EngineException e) {
            // The database did not answer, or the engine closes: the index is stale, not damaged.
            throw e;
        } catch (Throwable e) {
            broken = true;
            throw e;
        }
    }

    private void applyPending(UserIndex target) {
        for (Consumer<UserIndex> change = nextPending(); change != null; change = nextPending()) {
            try {
                change.accept(target);
            } catch (Throwable e) {
                broken = true;
                throw e;
            }
        }
        synchronized (this) {
            removalPending &= !pending.isEmpty();
        }
    }

    private synchronized @Nullable UserIndex current() {
        lastUsedNanos = System.nanoTime();
        return index;
    }

    private synchronized @Nullable Consumer<UserIndex> nextPending() {
        return pending.pollFirst();
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
        if (broken) {
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
            if (open != null && isRemovalDropped()) {
                return false;
            }
            if (open != null && open.unsaved() > 0 && isDue(open, intervalNanos)) {
                lastSavedNanos = System.nanoTime();
                return saved(open);
            }
            return true;
        } catch (Throwable e) {
            return unusable(e);
        } finally {
            use.readLock().unlock();
        }
    }

    private synchronized boolean isRemovalDropped() {
        return removalDropped;
    }

    private boolean isDue(UserIndex open, long intervalNanos) {
        return open.hasRemovals() || open.unsaved() >= UNSAVED_LIMIT
                || System.nanoTime() - lastSavedNanos >= intervalNanos;
    }

    private @Nullable UserIndex openWithPendingApplied() {
        applying.lock();
        try {
            UserIndex open;
            synchronized (this) {
                open = index;
            }
            if (open != null) {
                applyPending(open);
            }
            return open;
        } finally {
            applying.unlock();
        }
    }

    /// Closes the index when no query used it for longer than `idleNanos`; the next query opens it again.
    public void closeIfIdle(long idleNanos) {
        if (isOpen() && System.nanoTime() - lastUsed() > idleNanos) {
            close();
        }
    }

    private synchronized long lastUsed() {
        return lastUsedNanos;
    }

    /// Returns whether the index is open.
    public synchronized boolean isOpen() {
        return index != null;
    }

    /// Returns whether the index is open or about to be, so that it holds memory and files.
    public synchronized boolean isActive() {
        return accepting;
    }

    /// Ends a running opening or reconciliation with an exception, for good.
    void shutDown() {
        shuttingDown = true;
    }

    boolean isShuttingDown() {
        return shuttingDown;
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
            boolean useless = open != null && (broken || open.size() == 0 || isRemovalDropped());
            if (open != null && !useless && open.unsaved() > 0) {
                useless = !saved(open);
            }
            if (useless) {
                discard();
            } else {
                release();
            }
        } catch (Throwable e) {
            boolean _ = unusable(e);
            discard();
        } finally {
            use.writeLock().unlock();
        }
        return true;
    }

    private boolean saved(UserIndex open) {
        try {
            open.save();
            return true;
        } catch (Throwable e) {
            return unusable(e);
        }
    }

    /// Reports a failure of any kind: after a lack of memory Lucene's writer stays closed, so that no later save would
    /// succeed either.
    ///
    /// @return false
    private boolean unusable(Throwable failure) {
        broken = true;
        BackgroundHealth.report("engine-index", failure);
        LOG.warn("Index: {} cannot be written and is deleted; the next query rebuilds it", folder);
        return false;
    }

    /// Closes the index without saving and deletes its files, after the queries that use it.
    public void delete() {
        use.writeLock().lock();
        try {
            discard();
        } finally {
            use.writeLock().unlock();
        }
    }

    private void discard() {
        try {
            release();
        } catch (EngineException e) {
            LOG.warn("Index: {} could not be closed", folder, e);
        } finally {
            deleteFolder();
        }
    }

    private void deleteIfClosed() {
        applying.lock();
        try {
            if (!isOpen()) {
                deleteFolder();
            }
        } finally {
            applying.unlock();
        }
    }

    private void deleteFolder() {
        try {
            FolderRemoval.remove(folder);
        } catch (IOException e) {
            throw new EngineException("The index for queries could not be deleted: " + e.getMessage()
                    + ". Delete the folder " + folder + " yourself.", "", e);
        }
    }

    private synchronized void release() {
        UserIndex open = index;
        index = null;
        accepting = false;
        broken = false;
        pending.clear();
        if (open != null) {
            open.close();
        }
    }
}
