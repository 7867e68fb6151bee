package dev.memfuse.console.lab.experiment;

import java.util.List;
import java.util.Locale;

import dev.memfuse.config.ConfigChange;
import dev.memfuse.lab.compare.ArmWords;
import dev.memfuse.lab.compare.ComparisonRun;
import dev.memfuse.load.LoadRun;

/// The block of two arms that runs, as text.
public final class BlockText {
    private BlockText() {}

    /// Returns the pair in progress.
    public static String pair(ComparisonRun.Status now, int total) {
        return String.format(Locale.ROOT, "Pair %d of %d", Math.min(now.pairs() + 1, total), total);
    }

    /// Returns arm and phase of the current block.
    public static String step(ComparisonRun.Status now) {
        if (now.arm().isEmpty()) {
            return now.pairs() == 0 ? "Preparing" : "Asking both arms the planted questions";
        }
        if (now.restarting()) {
            return "Arm " + now.arm() + ", restarting PostgreSQL";
        }
        return "Arm " + now.arm() + now.phase().map(phase -> ", " + words(phase)).orElse("");
    }

    /// Returns the ratio so far; empty before the first pair has ended.
    ///
    /// @param differences settings in which the arms differ
    public static String interim(ComparisonRun.Status now, List<ConfigChange> differences) {
        return now.interim().map(new ArmWords(differences)::ratio).orElse("");
    }

    private static String words(LoadRun.Phase phase) {
        return switch (phase) {
            case PREPARING -> "preparing users";
            case WARMUP -> "settling, not counted";
            case MEASURING -> "measuring";
            case DRAINING -> "ending the last calls";
            case STORING -> "storing messages";
            case REMOVING -> "removing its data";
            case DONE -> "block ended";
            case FAILED -> "block failed";
        };
    }
}
