package dev.memfuse.load.dataset;

import java.util.ArrayList;
import java.util.List;

/// Collects the problems of a data set: the first ones with their text, all with their number. Not thread-safe.
final class DatasetProblems implements Problems {
    /// Maximum number of texts of each kind.
    static final int LIMIT = 50;

    private final List<String> refused = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private long refusedCount;
    private long noteCount;

    @Override
    public void refuse(RuntimeException problem) {
        refusedCount++;
        if (refused.size() < LIMIT) {
            refused.add(String.valueOf(problem.getMessage()));
        }
    }

    @Override
    public void note(String sentence) {
        noteCount++;
        if (notes.size() < LIMIT) {
            notes.add(sentence);
        }
    }

    List<String> refused() {
        return List.copyOf(refused);
    }

    long refusedCount() {
        return refusedCount;
    }

    List<String> notes() {
        return List.copyOf(notes);
    }

    long noteCount() {
        return noteCount;
    }

    /// Returns a receiver that throws at the first value that cannot be used, and collects notes here.
    Problems strict() {
        return new Problems() {
            @Override
            public void refuse(RuntimeException problem) {
                throw problem;
            }

            @Override
            public void note(String sentence) {
                DatasetProblems.this.note(sentence);
            }
        };
    }
}
