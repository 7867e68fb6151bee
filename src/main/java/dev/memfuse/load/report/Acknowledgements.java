package dev.memfuse.load.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import dev.memfuse.engine.AddResult.Acknowledgement;
import dev.memfuse.load.LoadResult;
import dev.memfuse.metrics.stats.Numbers;

/// Describes the durability of a run's acknowledgements.
public final class Acknowledgements {
    private Acknowledgements() {}

    /// Returns one line with the number of adds by durability, for instance "12,000 adds journaled on disk, then stored
    /// in PostgreSQL". Says that adds were stored only when all messages are.
    public static String of(LoadResult result) {
        List<String> parts = new ArrayList<>();
        boolean stored = result.storage().unsaved() == 0;
        for (Acknowledgement durability : Acknowledgement.values()) {
            long count = count(result, durability);
            if (count > 0) {
                parts.add(Numbers.count(count, "add") + " " + durability.description()
                        + (stored && durability != Acknowledgement.COMMITTED ? ", then stored in PostgreSQL" : ""));
            }
        }
        if (!stored) {
            long unsaved = result.storage().unsaved();
            parts.add(String.format(Locale.ROOT, "%s of %s %s not stored in PostgreSQL", Numbers.count(unsaved),
                    Numbers.count(result.storage().acknowledged(), "message"), unsaved == 1 ? "is" : "are"));
        }
        return parts.isEmpty() ? "no adds" : String.join("; ", parts);
    }

    /// Returns the durability of all acknowledgements in one or two words, for a tile.
    static String label(LoadResult result) {
        List<Acknowledgement> found = new ArrayList<>();
        for (Acknowledgement durability : Acknowledgement.values()) {
            if (count(result, durability) > 0) {
                found.add(durability);
            }
        }
        return found.isEmpty() ? "no adds" : found.size() > 1 ? "mixed" : found.getFirst().label();
    }

    /// Returns whether any add was acknowledged from memory only.
    public static boolean unsafe(LoadResult result) {
        return count(result, Acknowledgement.MEMORY) > 0;
    }

    private static long count(LoadResult result, Acknowledgement durability) {
        return result.acknowledged().getOrDefault(durability.label(), 0L);
    }
}
