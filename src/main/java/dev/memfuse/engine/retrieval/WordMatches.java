package dev.memfuse.engine.retrieval;

import java.util.Arrays;
import java.util.List;

import dev.memfuse.engine.MemoryLayer;
import dev.memfuse.engine.words.Word;

/// Live entries that contain a word, as it is written, with other accents or within a compound. Not thread-safe.
final class WordMatches {
    private final EntryTable entries;
    private final List<? extends TermSource> sources;
    private int[] ordinals = new int[256];
    private int[] frequencies = new int[256];
    private int size;
    /// Number of the matches that are exact; they come first.
    private int exact;
    /// Position of each ordinal among the matches, plus one; created by the first weak match.
    private int[] positions = {};
    private boolean positioned;

    WordMatches(EntryTable entries, List<? extends TermSource> sources) {
        this.entries = entries;
        this.sources = sources;
    }

    /// Finds the matches of a word; replaces the ones before.
    ///
    /// @return their number
    int find(MemoryLayer layer, Word word) {
        size = 0;
        positioned = false;
        collect(layer, word.exact(), this::addAll);
        exact = size;
        // The weak term of an entry counts its exact occurrences too when the word has accents.
        collect(layer, word.weak(), word.isAccented() ? this::replaceAll : this::mergeAll);
        if (word.isAccented()) {
            collect(layer, word.plain(), this::mergeAll);
        }
        if (positioned) {
            for (int i = 0; i < size; i++) {
                positions[ordinals[i]] = 0;
            }
        }
        return size;
    }

    private void collect(MemoryLayer layer, String term, TermSource.PostingConsumer consumer) {
        for (TermSource source : sources) {
            source.collect(layer, term, consumer);
        }
    }

    private void addAll(int[] found, int[] counts, int count) {
        for (int i = 0; i < count; i++) {
            add(found[i], counts[i]);
        }
    }

    private void mergeAll(int[] found, int[] counts, int count) {
        for (int i = 0; i < count; i++) {
            merge(found[i], counts[i]);
        }
    }

    private void replaceAll(int[] found, int[] counts, int count) {
        for (int i = 0; i < count; i++) {
            replace(found[i], counts[i]);
        }
    }

    private void add(int ordinal, int frequency) {
        if (entries.isLive(ordinal)) {
            if (size == ordinals.length) {
                ordinals = Arrays.copyOf(ordinals, size * 2);
                frequencies = Arrays.copyOf(frequencies, size * 2);
            }
            ordinals[size] = ordinal;
            frequencies[size++] = frequency;
        }
    }

    private void merge(int ordinal, int frequency) {
        int at = position(ordinal);
        if (at >= 0) {
            frequencies[at] += frequency;
        }
    }

    private void replace(int ordinal, int frequency) {
        int at = position(ordinal);
        if (at >= 0) {
            frequencies[at] = frequency;
        }
    }

    /// Returns the position of an entry among the matches, which it becomes when it is none; negative when the entry is
    /// removed.
    private int position(int ordinal) {
        if (!entries.isLive(ordinal)) {
            return -1;
        }
        if (positions.length == 0) {
            positions = new int[entries.size()];
        }
        if (!positioned) {
            positioned = true;
            for (int i = 0; i < size; i++) {
                positions[ordinals[i]] = i + 1;
            }
        }
        if (positions[ordinal] == 0) {
            add(ordinal, 0);
            positions[ordinal] = size;
        }
        return positions[ordinal] - 1;
    }

    int ordinal(int match) {
        return ordinals[match];
    }

    int frequency(int match) {
        return frequencies[match];
    }

    /// Returns whether the word occurs as it is written.
    boolean isExact(int match) {
        return match < exact;
    }
}
