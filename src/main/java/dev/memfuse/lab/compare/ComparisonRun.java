package dev.memfuse.lab.compare;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import dev.memfuse.lab.paired.MetricResult;
import dev.memfuse.lab.trial.ExperimentRun;
import dev.memfuse.load.LoadRun;

/// A comparison, active or ended. Its result fails when a block failed or the first pair did not end. Thread-safe; no
/// method blocks.
public interface ComparisonRun extends ExperimentRun<ComparisonPlan, ComparisonRun.Status, ComparisonResult> {

    /// The progress of a comparison.
    ///
    /// @param pairs pairs that have ended
    /// @param block number of the current block, from 1; 0 while none runs, such as in the search for a rate
    /// @param arm arm of the current block, A or B; empty before the first and after the last
    /// @param restarting whether the database server is restarting, for the next block
    /// @param phase phase of the current block; empty when there is none
    /// @param left expected time to the end
    /// @param interim the primary metric so far, not final; empty before the first pair has ended
    /// @param blocks blocks that have ended, in the order in which they ran
    record Status(int pairs, int block, String arm, boolean restarting, Optional<LoadRun.Phase> phase, Duration left,
            Optional<MetricResult> interim, List<Block> blocks) {

        /// Creates the progress of a comparison whose database server is not restarting.
        public Status(int pairs, int block, String arm, Optional<LoadRun.Phase> phase, Duration left,
                Optional<MetricResult> interim, List<Block> blocks) {
            this(pairs, block, arm, false, phase, left, interim, blocks);
        }
    }
}
