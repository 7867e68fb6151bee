package dev.memfuse.engine.retrieval;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import java.util.function.Function;

import dev.memfuse.engine.Fact;
import dev.memfuse.engine.Message;
import dev.memfuse.engine.exception.EngineException;
import dev.memfuse.engine.spi.Chunk;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A user's [UserIndex]: opened when the first query needs it, compared with the database then, and kept up to date by
/// events.
///
/// Events cost the writer no more than a place in a queue; the next query or save digests them. When too many wait they
/// are dropped, and the next query compares the index with the database again. Thread-safe.
public final class MemoryIndex {
    private static final Logger LOG = LoggerFactory.getLogger(MemoryIndex.class);
    private static final int MAX_EVENTS = 50_000;
    private static final int MUCH = 5_000;

    private final Path folder;
    private final Deque<Consumer<UserIndex>> events = new ArrayDeque<>();
    private final Object building = new Object();
    /// Held for reading by each query and for writing to close.
    private final ReadWriteLock use = new ReentrantReadWriteLock();
    private @Nullable UserIndex index;
    private @Nullable EmbeddingSpace model;
    private boolean listening;
    private boolean doubtful;
    private long lastUsedNanos = System.nanoTime();
    private volatile long lastSavedNanos = System.nanoTime();

    /// @param folder of this user's index; created when needed, deleted when its content must go
    public MemoryIndex(Path folder) {
        this.folder = folder;
    }

    /// Messages were acknowledged.
    public void added(List<Message> messages) {
        offer(target -> messages.forEach(target::add));
    }

    /// Chunks were stored.
    public void chunked(List<Chunk> chunks) {
        offer(target -> chunks.forEach(target::add));
    }

    /// Facts were stored.
    public void learned(List<Fact> facts) {
        offer(target -> facts.forEach(target::add));
    }

    /// Messages were deleted. Their texts leave the disk with the next [#save], or at once when the index is not open.
    public void removed(Collection<UUID> ids) {
        List<UUID> gone = List.copyOf(ids);
        if (!offer(target -> {
            // The database may build such a chunk again from what remains.
            if (target.remove(gone)) {
                doubt();
            }
        })) {
            wipeIfClosed();
        }
    }

    /// A session was deleted; the texts leave the disk as with [#removed].
    public void sessionRemoved(UUID sessionId) {
        if (!offer(target -> target.removeSession(sessionId))) {
            wipeIfClosed();
        }
    }

    private synchronized boolean offer(Consumer<UserIndex> event) {
        if (!listening) {
            return false;
        }
        if (events.size() >= MAX_EVENTS) {
            events.clear();
            doubtful = true;
        }
        events.addLast(event);
        return true;
    }

    /// The index may not agree with the database any more; the next query compares them.
    public void doubted() {
        offer(_ -> doubt());
    }

    private synchronized void doubt() {
        doubtful = true;
    }

    private synchronized boolean takeDoubt() {
        boolean was = doubtful;
        doubtful = false;
        return was;
    }

    /// Works with the index when every event so far is in it.
    ///
    /// @param wanted the model of the vectors; an index of another model is built again
    /// @param loader shows the index what is buffered and stored; called when it was just opened, or events were lost.
    ///        Events that come while it runs are digested after it, and what both bring is taken once.
    public <T> T with(EmbeddingSpace wanted, Consumer<Reconciliation> loader, Function<UserIndex, T> work) {
        closeUnlessOf(wanted);
        use.readLock().lock();
        try {
            return work.apply(ready(wanted, loader));
        } finally {
            use.readLock().unlock();
        }
    }

    /// Another model's vectors cannot be compared with; the queries that still do are waited for.
    private void closeUnlessOf(EmbeddingSpace wanted) {
        synchronized (this) {
            if (index == null || wanted.equals(model)) {
                return;
            }
        }
        use.writeLock().lock();
        try {
            letGo();
        } finally {
            use.writeLock().unlock();
        }
    }

    private UserIndex ready(EmbeddingSpace wanted, Consumer<Reconciliation> loader) {
        // One digester at a time, or a deletion could overtake the addition that it takes back.
        synchronized (building) {
            UserIndex current = current();
            if (current == null) {
                current = open(wanted, loader);
            }
            digest(current);
            while (takeDoubt()) {
                reconcile(current, loader);
                digest(current);
            }
            return current;
        }
    }

    private UserIndex open(EmbeddingSpace wanted, Consumer<Reconciliation> loader) {
        synchronized (this) {
            events.clear();
            doubtful = false;
            listening = true;
        }
        UserIndex opened = null;
        try {
            opened = UserIndex.open(folder, wanted);
            reconcile(opened, loader);
            synchronized (this) {
                index = opened;
                model = wanted;
            }
            return opened;
        } catch (RuntimeException e) {
            synchronized (this) {
                listening = false;
            }
            if (opened != null) {
                opened.close();
            }
            throw e;
        }
    }

    private static void reconcile(UserIndex target, Consumer<Reconciliation> loader) {
        Reconciliation reconciliation = target.reconcile();
        loader.accept(reconciliation);
        reconciliation.finish();
    }

    private void digest(UserIndex target) {
        for (Consumer<UserIndex> event = next(); event != null; event = next()) {
            event.accept(target);
        }
    }

    private synchronized @Nullable UserIndex current() {
        lastUsedNanos = System.nanoTime();
        return index;
    }

    private synchronized @Nullable Consumer<UserIndex> next() {
        return events.pollFirst();
    }

    /// Digests what waits and moves it to the disk; does nothing when the index is not open. Blocks for the disk; called
    /// in the background. An index that cannot be written is dropped: the next query builds it again.
    public void save() {
        saveIfDue(0);
    }

    /// The same, but not sooner than so long after the last time, unless a removal must reach the disk or much waits.
    void saveIfDue(long notWithinNanos) {
        if (!saved(notWithinNanos)) {
            wipe();
        }
    }

    private boolean saved(long notWithinNanos) {
        use.readLock().lock();
        try {
            UserIndex open = digested();
            if (open != null && open.unsaved() > 0 && isDue(open, notWithinNanos)) {
                lastSavedNanos = System.nanoTime();
                open.save();
            }
            return true;
        } catch (EngineException e) {
            LOG.warn("Index: {} is dropped", folder, e);
            return false;
        } finally {
            use.readLock().unlock();
        }
    }

    private boolean isDue(UserIndex open, long notWithinNanos) {
        return open.hasRemovals() || open.unsaved() >= MUCH || System.nanoTime() - lastSavedNanos >= notWithinNanos;
    }

    private @Nullable UserIndex digested() {
        synchronized (building) {
            UserIndex open;
            synchronized (this) {
                open = index;
            }
            if (open != null) {
                digest(open);
            }
            return open;
        }
    }

    /// Closes the index when no query came for so long; the next query opens it again.
    public void closeIfIdle(long idleNanos) {
        if (isOpen() && System.nanoTime() - lastUsed() > idleNanos) {
            close();
        }
    }

    private synchronized long lastUsed() {
        return lastUsedNanos;
    }

    /// Whether it costs memory and files now.
    public synchronized boolean isOpen() {
        return index != null;
    }

    /// Saves and closes the index when no query uses it; an empty one leaves nothing on the disk.
    ///
    /// @return false when one does
    public boolean close() {
        if (!use.writeLock().tryLock()) {
            return false;
        }
        try {
            UserIndex open = digested();
            boolean empty = open != null && open.size() == 0;
            if (open != null && !empty && open.unsaved() > 0) {
                open.save();
            }
            letGo();
            if (empty) {
                deleteFolder();
            }
        } catch (EngineException e) {
            LOG.warn("Index: {} could not be saved", folder, e);
            letGo();
        } finally {
            use.writeLock().unlock();
        }
        return true;
    }

    /// Closes the index and deletes it from the disk, waiting for the queries that use it.
    public void wipe() {
        use.writeLock().lock();
        try {
            letGo();
            deleteFolder();
        } finally {
            use.writeLock().unlock();
        }
    }

    private void wipeIfClosed() {
        synchronized (building) {
            if (!isOpen()) {
                deleteFolder();
            }
        }
    }

    private void deleteFolder() {
        try {
            Folders.delete(folder);
        } catch (IOException e) {
            throw new EngineException("The index for queries could not be deleted: " + e.getMessage()
                    + ". Delete the folder " + folder + " yourself.", "", e);
        }
    }

    private synchronized void letGo() {
        UserIndex open = index;
        index = null;
        listening = false;
        events.clear();
        if (open != null) {
            open.close();
        }
    }
}
