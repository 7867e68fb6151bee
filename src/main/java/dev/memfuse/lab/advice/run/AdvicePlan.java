package dev.memfuse.lab.advice.run;

import dev.memfuse.load.Workload;

/// What advice is derived from.
///
/// @param load runs under the settings in force
/// @param recallTurns turns of the planted conversations that are asked about when a setting of ranking differs from
///        its default, at least 400; 0 measures no recall
public record AdvicePlan(Workload load, int recallTurns) {
    /// Turns of the planted conversations of a usual run.
    public static final int RECALL_TURNS = 400;

    /// @throws IllegalArgumentException when the number of turns is negative; the message is for the user
    public AdvicePlan {
        if (recallTurns < 0) {
            throw new IllegalArgumentException("The number of turns for recall must not be negative.");
        }
    }
}
