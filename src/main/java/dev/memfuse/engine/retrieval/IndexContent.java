package dev.memfuse.engine.retrieval;

import java.io.IOException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import dev.memfuse.engine.MemoryLayer;
import dev.memfuse.engine.words.Words;
import org.jspecify.annotations.Nullable;

/// Entries of an index with their texts and vectors, which change together. Guarded by the index that owns it.
final class IndexContent {
    private final EntryTable entries;
    private final SegmentedTexts texts;
    private final VectorFile vectors;

    IndexContent(EntryTable entries, SegmentedTexts texts, VectorFile vectors) {
        this.entries = entries;
        this.texts = texts;
        this.vectors = vectors;
    }

    /// Returns the entry of a chunk or fact, with session, position and time of its first message; empty when that
    /// message is unknown.
    Optional<IndexEntry> derived(MemoryLayer layer, UUID id, List<UUID> sources, String text) {
        int first = entries.find(MemoryLayer.M0, sources.getFirst());
        return first == EntryTable.NONE
                ? Optional.empty()
                : Optional.of(new IndexEntry(layer, id, entries.sessionId(first), entries.sequence(first),
                        entries.createdMicros(first), sources, text));
    }

    /// Adds an entry unless it is there, and sets its vector.
    ///
    /// @param terms of its text
    void put(IndexEntry entry, Words.Terms terms, float @Nullable [] vector) {
        int ordinal = entries.find(entry.layer(), entry.id());
        if (ordinal == EntryTable.NONE) {
            ordinal = entries.add(entry, terms.length());
            texts.add(ordinal, entry, terms.frequencies());
        }
        if (vector != null) {
            setVector(ordinal, vector);
        }
    }

    /// Sets the vector of a message; an unknown one is ignored.
    void addVector(UUID messageId, float[] vector) {
        int ordinal = entries.find(MemoryLayer.M0, messageId);
        if (ordinal != EntryTable.NONE) {
            setVector(ordinal, vector);
            texts.vectorAdded(ordinal);
        }
    }

    /// Sets the vector of an entry until the index is closed.
    void setVector(int ordinal, float[] vector) {
        try {
            if (entries.slot(ordinal) == EntryTable.NONE) {
                entries.slot(ordinal, vectors.add(vector));
            } else {
                vectors.set(entries.slot(ordinal), vector);
            }
        } catch (IOException e) {
            throw IndexFiles.failure("written", e);
        }
    }

    /// Removes messages with the chunks and facts derived from them; unknown ids are ignored.
    ///
    /// @return whether a removed chunk or fact was also derived from other messages
    boolean removeMessages(Collection<UUID> messageIds) {
        BitSet removed = new BitSet();
        messageIds.stream().mapToInt(id -> entries.find(MemoryLayer.M0, id))
                .filter(found -> found != EntryTable.NONE)
                .forEach(removed::set);
        return remove(removed);
    }

    /// Removes facts; unknown ids are ignored.
    void removeFacts(Collection<UUID> factIds) {
        factIds.stream().mapToInt(id -> entries.find(MemoryLayer.M2, id))
                .filter(found -> found != EntryTable.NONE).forEach(this::delete);
    }

    /// Removes all entries of a session.
    void removeSession(UUID sessionId) {
        BitSet removed = new BitSet();
        for (int i = entries.nextLive(0); i >= 0; i = entries.nextLive(i + 1)) {
            if (entries.sessionId(i).equals(sessionId)) {
                removed.set(i);
            }
        }
        boolean _ = remove(removed);
    }

    /// Removes entries by ordinal, with the chunks and facts derived from them.
    ///
    /// @return whether a removed chunk or fact was also derived from other entries
    boolean remove(BitSet ordinals) {
        if (ordinals.isEmpty()) {
            return false;
        }
        boolean shared = false;
        for (int i = entries.nextLive(0); i >= 0; i = entries.nextLive(i + 1)) {
            int[] sources = entries.sources(i);
            if (Arrays.stream(sources).anyMatch(ordinals::get)) {
                shared |= !Arrays.stream(sources).allMatch(ordinals::get);
                delete(i);
            }
        }
        ordinals.stream().forEach(this::delete);
        return shared;
    }

    private void delete(int ordinal) {
        if (entries.remove(ordinal)) {
            texts.remove(key(ordinal));
            if (entries.slot(ordinal) != EntryTable.NONE) {
                clear(entries.slot(ordinal));
            }
        }
    }

    private void clear(int slot) {
        try {
            vectors.clear(slot);
        } catch (IOException e) {
            throw IndexFiles.failure("written", e);
        }
    }

    /// Returns the text of an entry.
    String text(int ordinal) {
        try {
            return texts.text(ordinal, key(ordinal));
        } catch (IOException e) {
            throw IndexFiles.failure("read", e);
        }
    }

    private String key(int ordinal) {
        return DiskIndex.key(entries.layer(ordinal), entries.id(ordinal));
    }
}
