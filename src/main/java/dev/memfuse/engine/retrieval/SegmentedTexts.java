package dev.memfuse.engine.retrieval;

import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;

import dev.memfuse.engine.spi.ErasureStore;

/// Texts and terms of a user's entries in segments: those on the disk, the one that a save in progress writes, and the
/// one of the entries added since. Guarded by the index that owns it.
final class SegmentedTexts {
    private List<DiskSegment> segments;
    private MemorySegment flushing = new MemorySegment();
    private MemorySegment active = new MemorySegment();
    private List<String> removedKeys = new ArrayList<>();
    /// Entries that received a vector after they were added.
    private BitSet vectors = new BitSet();
    private long erased;
    private long savedErased;

    /// Content of a save: entries to add, keys of the entries to remove, and the time of the last deletion applied.
    ///
    /// @param vectors ordinals of entries that received a vector after they were added
    record Save(MemorySegment added, List<String> removed, BitSet vectors, long erased) {}

    /// @param segments on the disk
    /// @param erased time of the last deletion whose texts the disk no longer holds; see [ErasureStore]
    SegmentedTexts(List<DiskSegment> segments, long erased) {
        this.segments = segments;
        this.erased = erased;
        this.savedErased = erased;
    }

    void add(int ordinal, IndexEntry entry, Map<String, Integer> terms) {
        active.add(ordinal, entry, terms);
    }

    /// Notes an entry that received a vector after it was added.
    void vectorAdded(int ordinal) {
        vectors.set(ordinal);
    }

    /// Notes an entry whose text the next save takes off the disk.
    void remove(String key) {
        removedKeys.add(key);
    }

    /// Returns all segments.
    List<TermSource> sources() {
        List<TermSource> sources = new ArrayList<>(segments);
        sources.add(flushing);
        sources.add(active);
        return sources;
    }

    /// Returns the text of an entry; empty when no segment has it.
    String text(int ordinal, String key) throws IOException {
        IndexEntry fresh = active.entry(ordinal);
        IndexEntry entry = fresh == null ? flushing.entry(ordinal) : fresh;
        return entry == null ? DiskIndex.text(segments, key).orElse("") : entry.text();
    }

    /// Returns the time of the last deletion that is applied; see [ErasureStore].
    long erased() {
        return erased;
    }

    void erased(long time) {
        erased = time;
    }

    /// Returns the number of changes that the next save writes.
    int unsaved() {
        return active.size() + removedKeys.size() + vectors.cardinality() + (erased == savedErased ? 0 : 1);
    }

    boolean hasRemovals() {
        return !removedKeys.isEmpty();
    }

    /// Starts a save. Changes from now on belong to the next one. The added entries stay visible.
    Save startSave() {
        var save = new Save(active, removedKeys, vectors, erased);
        flushing = active;
        active = new MemorySegment();
        removedKeys = new ArrayList<>();
        vectors = new BitSet();
        return save;
    }

    /// @param saved the segments on the disk after the save
    void finishSave(Save save, List<DiskSegment> saved) {
        segments = saved;
        flushing = new MemorySegment();
        savedErased = save.erased();
    }
}
