package dev.memfuse.load.report;

import java.util.ArrayList;
import java.util.List;

import dev.memfuse.engine.AddResult.Acknowledgement;
import dev.memfuse.load.LoadResult;

/// What the acknowledgements of a run were worth, in words.
public final class Acknowledgements {
    private Acknowledgements() {}

    /// One line: "12,000 adds journaled on disk, then stored in PostgreSQL"; several kinds are listed one after the
    /// other.
    public static String of(LoadResult result) {
        List<String> parts = new ArrayList<>();
        for (Acknowledgement worth : Acknowledgement.values()) {
            long count = count(result, worth);
            if (count > 0) {
                parts.add("%s %s %s".formatted(Numbers.count(count), count == 1 ? "add" : "adds", worth.description()));
            }
        }
        return parts.isEmpty() ? "no adds" : String.join("; ", parts);
    }

    /// The worth of all acknowledgements in a word or two, for a tile.
    static String shortly(LoadResult result) {
        List<Acknowledgement> found = new ArrayList<>();
        for (Acknowledgement worth : Acknowledgement.values()) {
            if (count(result, worth) > 0) {
                found.add(worth);
            }
        }
        return found.isEmpty() ? "no adds" : found.size() > 1 ? "mixed" : found.getFirst().label();
    }

    /// Whether any add was acknowledged from memory alone.
    public static boolean unsafe(LoadResult result) {
        return count(result, Acknowledgement.MEMORY) > 0;
    }

    private static long count(LoadResult result, Acknowledgement worth) {
        return result.acknowledged().getOrDefault(worth.label(), 0L);
    }
}
