package dev.memfuse.engine.retrieval;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/// A user's [UserIndex], built when the first query needs it and kept up to date by events.
///
/// Events cost the writer no more than a place in a queue; the next query digests them. An index that nobody queries is
/// dropped when too many events wait. Thread-safe.
public final class MemoryIndex {
    private static final int MAX_EVENTS = 50_000;

    private final Deque<Consumer<UserIndex>> events = new ArrayDeque<>();
    private final Object building = new Object();
    private @Nullable UserIndex index;
    /// Name of the vectors in the index; those of other models are not comparable. Used by the one digester only.
    private String vectors = "";
    private boolean listening;
    private long lastUsedNanos = System.nanoTime();

    /// A message was acknowledged.
    public void added(UUID id, String text) {
        offer(target -> target.add(id, text));
    }

    /// Messages got a vector; it is left out when the index is for another model.
    ///
    /// @param model name as stored beside the vector
    public void embedded(List<UUID> ids, String model, float[] vector) {
        offer(target -> {
            if (model.equals(vectors)) {
                target.vector(ids, vector);
            }
        });
    }

    /// Messages were deleted.
    public void removed(Collection<UUID> ids) {
        List<UUID> gone = List.copyOf(ids);
        offer(target -> target.remove(gone));
    }

    private synchronized void offer(Consumer<UserIndex> event) {
        if (!listening) {
            return;
        }
        if (events.size() >= MAX_EVENTS) {
            forget();
        } else {
            events.addLast(event);
        }
    }

    /// The index with every event so far in it.
    ///
    /// @param model whose vectors the index shall hold; an index for another one is built again
    /// @param loader fills an empty index with what is stored and buffered; called when there is none. Events that come
    ///        while it runs are digested after it, and what both bring is taken once.
    public UserIndex ready(String model, Consumer<UserIndex> loader) {
        // One digester at a time, or a deletion could overtake the addition that it takes back.
        synchronized (building) {
            UserIndex current = current();
            if (current == null || !model.equals(vectors)) {
                vectors = model;
                current = build(loader);
            }
            for (Consumer<UserIndex> event = next(); event != null; event = next()) {
                event.accept(current);
            }
            return current;
        }
    }

    private UserIndex build(Consumer<UserIndex> loader) {
        synchronized (this) {
            events.clear();
            listening = true;
        }
        UserIndex built = new UserIndex();
        loader.accept(built);
        synchronized (this) {
            index = listening ? built : null;
        }
        return built;
    }

    private synchronized @Nullable UserIndex current() {
        lastUsedNanos = System.nanoTime();
        return index;
    }

    private synchronized @Nullable Consumer<UserIndex> next() {
        return events.pollFirst();
    }

    /// Drops the index; the next query builds it again.
    public synchronized void forget() {
        index = null;
        listening = false;
        events.clear();
    }

    /// Drops the index when no query came for so long.
    public synchronized void forgetIfIdle(long idleNanos) {
        if (index != null && System.nanoTime() - lastUsedNanos > idleNanos) {
            forget();
        }
    }
}
