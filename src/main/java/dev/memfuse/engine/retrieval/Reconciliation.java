package dev.memfuse.engine.retrieval;

import java.util.BitSet;
import java.util.UUID;

import dev.memfuse.engine.Fact;
import dev.memfuse.engine.MemoryLayer;
import dev.memfuse.engine.Message;
import dev.memfuse.engine.spi.Chunk;
import dev.memfuse.engine.spi.IndexVisitor;

/// Brings an index in line with what is stored and buffered: what is missing is added, what is nowhere else is removed.
/// So neither a crash between database and index, nor another process, leaves a ghost or a hole. For one thread.
public final class Reconciliation implements IndexVisitor {
    private static final int PORTION = 20_000;

    private final UserIndex index;
    private final EntryTable catalog;
    private final BitSet unseen;

    Reconciliation(UserIndex index) {
        this.index = index;
        this.catalog = index.catalog();
        this.unseen = index.reading(() -> {
            BitSet all = new BitSet();
            for (int i = catalog.nextLive(0); i >= 0; i = catalog.nextLive(i + 1)) {
                all.set(i);
            }
            return all;
        });
    }

    @Override
    public boolean wants(MemoryLayer layer, UUID id) {
        int ordinal = index.reading(() -> catalog.find(layer, id));
        if (ordinal != EntryTable.NONE) {
            unseen.clear(ordinal);
        }
        return ordinal == EntryTable.NONE;
    }

    @Override
    public void message(Message message) {
        index.add(message);
        keepSmall();
    }

    @Override
    public void chunk(Chunk chunk) {
        index.add(chunk);
        keepSmall();
    }

    @Override
    public void fact(Fact fact) {
        index.add(fact);
        keepSmall();
    }

    /// A message that is buffered, whether known or not.
    public void buffered(Message message) {
        if (wants(MemoryLayer.M0, message.id())) {
            index.add(message);
        }
    }

    private void keepSmall() {
        if (index.unsaved() >= PORTION) {
            index.save();
        }
    }

    /// Removes what was seen neither in storage nor in buffers.
    void finish() {
        index.removeOrdinals(unseen);
    }
}
