package dev.memfuse.engine.retrieval;

import java.util.BitSet;
import java.util.Map;
import java.util.UUID;
import java.util.function.BooleanSupplier;

import dev.memfuse.engine.Fact;
import dev.memfuse.engine.MemoryLayer;
import dev.memfuse.engine.Message;
import dev.memfuse.engine.exception.EngineException;
import dev.memfuse.engine.spi.Chunk;
import dev.memfuse.engine.spi.ErasureStore;
import dev.memfuse.engine.spi.IndexVisitor;

/// Makes an index equal to storage and buffers: adds entries that it lacks and removes entries that exist in neither.
/// This corrects the index after a crash between database and index, and after writes of other processes. Not
/// thread-safe.
public final class Reconciliation implements IndexVisitor {
    private static final int SAVE_THRESHOLD = 20_000;

    private final UserIndex index;
    private final EntryTable entries;
    private final BitSet unseen;
    private final BooleanSupplier cancelled;
    /// Time of the last deletion that the index has applied.
    private final long applied;
    /// Entries whose text was replaced since, which are read again.
    private final BitSet outdated = new BitSet();
    private long erased = ErasureStore.NEVER;

    /// @param cancelled true makes the next entry fail
    Reconciliation(UserIndex index, BooleanSupplier cancelled) {
        this.index = index;
        this.cancelled = cancelled;
        this.entries = index.entries();
        this.applied = index.erased();
        this.unseen = index.underReadLock(() -> {
            BitSet all = new BitSet();
            for (int i = entries.nextLive(0); i >= 0; i = entries.nextLive(i + 1)) {
                all.set(i);
            }
            return all;
        });
    }

    @Override
    public void erased(long time) {
        erased = time;
    }

    @Override
    public boolean needs(MemoryLayer layer, UUID id, long edited) {
        requireNotCancelled();
        int ordinal = index.underReadLock(() -> entries.find(layer, id));
        if (ordinal == EntryTable.NONE) {
            return true;
        }
        unseen.clear(ordinal);
        boolean replaced = edited != ErasureStore.NEVER && edited > applied;
        if (replaced) {
            outdated.set(ordinal);
        }
        return replaced;
    }

    /// Removes entries with another text, and what was derived from it, before the first entry of their layer arrives.
    private void removeOutdated() {
        if (!outdated.isEmpty()) {
            index.removeOrdinals(outdated);
            outdated.clear();
        }
    }

    @Override
    public void message(Message message) {
        removeOutdated();
        index.add(message);
        saveIfLarge();
    }

    @Override
    public boolean needsVector(UUID messageId) {
        requireNotCancelled();
        return index.underReadLock(() -> {
            int ordinal = entries.find(MemoryLayer.M0, messageId);
            return ordinal != EntryTable.NONE && entries.slot(ordinal) == EntryTable.NONE;
        });
    }

    @Override
    public void vector(UUID messageId, float[] vector, String model) {
        index.addVectors(Map.of(messageId, vector), model);
    }

    @Override
    public void chunk(Chunk chunk) {
        index.add(chunk);
        saveIfLarge();
    }

    @Override
    public void fact(Fact fact) {
        removeOutdated();
        index.add(fact);
        saveIfLarge();
    }

    /// Adds a buffered message unless the index has it.
    public void buffered(Message message) {
        if (needs(MemoryLayer.M0, message.id())) {
            index.add(message);
        }
    }

    private void requireNotCancelled() {
        if (cancelled.getAsBoolean()) {
            throw new EngineException("The engine is shutting down.");
        }
    }

    private void saveIfLarge() {
        requireNotCancelled();
        if (index.unsaved() >= SAVE_THRESHOLD) {
            save();
        }
    }

    void save() {
        index.save();
    }

    /// Removes the entries that were reported neither from storage nor from the buffers.
    void finish() {
        index.finishReconciliation(unseen, erased);
    }
}
