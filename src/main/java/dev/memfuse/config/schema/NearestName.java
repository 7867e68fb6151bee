package dev.memfuse.config.schema;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

import org.apache.commons.text.similarity.LevenshteinDistance;

/// Finds the known path that a mistyped one probably means.
public final class NearestName {
    private static final int MAX_DISTANCE = 3;
    private static final int MIN_PARTIAL_LENGTH = 4;
    private static final int WRONG_SECTION = 2;

    private NearestName() {}

    /// Returns the nearest of the known paths; empty when none is within three edits.
    public static Optional<String> of(String path, Collection<String> known) {
        return known.stream().min(Comparator.comparingInt(candidate -> distance(path, candidate)))
                .filter(candidate -> distance(path, candidate) <= MAX_DISTANCE);
    }

    /// Returns the edit distance. A right name in the wrong section counts as two edits, part of a name as three.
    private static int distance(String path, String candidate) {
        var edits = LevenshteinDistance.getDefaultInstance();
        String typed = lastName(path);
        String name = lastName(candidate);
        int nameEdits = edits.apply(typed, name) + WRONG_SECTION;
        boolean partial = typed.length() >= MIN_PARTIAL_LENGTH && (name.startsWith(typed) || name.endsWith(typed));
        int byName = partial ? Math.min(MAX_DISTANCE, nameEdits) : nameEdits;
        return Math.min(edits.apply(path, candidate), byName);
    }

    private static String lastName(String path) {
        return path.substring(path.lastIndexOf('.') + 1);
    }
}
