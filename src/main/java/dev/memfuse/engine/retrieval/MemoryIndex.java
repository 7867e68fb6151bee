package dev.memfuse.engine.retrieval;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import java.util.function.Function;

import dev.memfuse.background.BackgroundHealth;
import dev.memfuse.engine.Fact;
import dev.memfuse.engine.Message;
import dev.memfuse.engine.exception.EngineException;
import dev.memfuse.engine.spi.Chunk;
import dev.memfuse.file.FolderRemoval;
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
    private static final int MAX_PENDING = 50_000;
    /// Number of unsaved entries from which on an index is saved regardless of the interval.
    private static final int UNSAVED_LIMIT = 5_000;

    private final Path folder;
    private final IndexSource source;
    private final Deque<Consumer<UserIndex>> pending = new ArrayDeque<>();
    /// Held while pending changes are applied.
    private final Object applying = new Object();
    /// Held for reading by each query and for writing to close.
    private final ReadWriteLock use = new ReentrantReadWriteLock();
    private @Nullable UserIndex index;
    private @Nullable EmbeddingSpace space;
    private boolean accepting;
    private boolean stale;
    /// Whether a change failed halfway. Such an index is deleted; the next query rebuilds it from the database.
    private volatile boolean broken;
    private long lastUsedNanos = System.nanoTime();
    private volatile long lastSavedNanos = System.nanoTime();

    /// @param folder of this user's index; created when needed, deleted when its content must be erased
    /// @param source stored and buffered entries of the user; read when the index is opened and when it is stale
    public MemoryIndex(Path folder, IndexSource source) {
        this.folder = folder;
        this.source = source;
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
    public void removeMessages(Collection<UUID> ids) {
        List<UUID> removed = List.copyOf(ids);
        if (!offer(target -> {
            // The database may build a new chunk from the messages that remain.
            if (target.remove(removed)) {
                setStale();
            }
        })) {
            deleteIfClosed();
        }
    }

    /// Removes a deleted session. Its texts leave the disk as in [#removeMessages].
    public void removeSession(UUID sessionId) {
        if (!offer(target -> target.removeSession(sessionId))) {
            deleteIfClosed();
        }
    }

    private synchronized boolean offer(Consumer<UserIndex> change) {
        if (!accepting) {
            return false;
        }
        if (pending.size() >= MAX_PENDING) {
            pending.clear();
            stale = true;
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
        closeUnlessUsableFor(required);
        use.readLock().lock();
        try {
            return work.apply(upToDate(required));
        } finally {
            use.readLock().unlock();
        }
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
        synchronized (applying) {
            UserIndex current = current();
            if (current == null) {
                current = open(required);
            }
            applyPending(current);
            while (clearStale()) {
                reconcile(current);
                applyPending(current);
            }
            return current;
        }
    }

    private UserIndex open(EmbeddingSpace required) {
        synchronized (this) {
            pending.clear();
            stale = false;
            accepting = true;
        }
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
            synchronized (this) {
                accepting = false;
            }
            closeAfter(opened, e);
            throw e;
        }
    }

    private static void closeAfter(@Nullable UserIndex opened, Throwable cause) {
        try {
            if (opened != null) {
                opened.close();
            }
        } catch (Throwable e) {
            cause.addSuppressed(e);
        }
    }

    private void reconcile(UserIndex target) {
        try {
            Reconciliation reconciliation = target.reconcile();
            source.load(reconciliation);
            reconciliation.finish();
        } catch (EngineException e) {
            // The database did not answer: the next query reads it again.
            setStale();
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

    private boolean trySave(long intervalNanos) {
        if (broken) {
            return false;
        }
        use.readLock().lock();
        try {
            UserIndex open = openWithPendingApplied();
            if (open != null && open.unsaved() > 0 && isDue(open, intervalNanos)) {
                lastSavedNanos = System.nanoTime();
                open.save();
            }
            return true;
        } catch (Throwable e) {
            // After a lack of memory Lucene's writer stays closed, so that no later save would succeed either.
            BackgroundHealth.report("engine-index", e);
            LOG.warn("Index: {} cannot be written and is deleted; the next query rebuilds it", folder);
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
        synchronized (applying) {
            UserIndex open;
            synchronized (this) {
                open = index;
            }
            if (open != null) {
                applyPending(open);
            }
            return open;
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

    /// Returns whether the index is open and holds memory and files.
    public synchronized boolean isOpen() {
        return index != null;
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
            boolean empty = open != null && open.size() == 0;
            if (open != null && !empty && open.unsaved() > 0) {
                open.save();
            }
            release();
            if (empty) {
                deleteFolder();
            }
        } catch (Throwable e) {
            BackgroundHealth.report("engine-index", e);
            LOG.warn("Index: {} could not be saved and is deleted; the next query rebuilds it", folder);
            discard();
        } finally {
            use.writeLock().unlock();
        }
        return true;
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
        synchronized (applying) {
            if (!isOpen()) {
                deleteFolder();
            }
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
