package dev.memfuse.console.shell;

import java.time.Duration;

import dev.memfuse.console.fx.Sentences;
import dev.memfuse.load.LoadRun;
import dev.memfuse.load.Verdict;

/// The load of the user, none of an experiment, as it is now: the running one, else the one that ended last.
///
/// @param number number of the run; 0 before the first one
/// @param phase its phase
/// @param measured time since the start of its measured part; after the end, the last known one
/// @param end how it ended
/// @param reason a sentence with the reason of a failure; else empty
record OwnLoad(int number, LoadRun.Phase phase, Duration measured, End end, String reason) {
    /// No load since the start.
    static final OwnLoad NONE = new OwnLoad(0, LoadRun.Phase.DONE, Duration.ZERO, End.NONE, "");

    /// How a load ended.
    enum End {
        /// There was none.
        NONE,
        /// It has not.
        RUNNING,
        /// In time.
        ENDED,
        /// Before the end of its measured part, by the user.
        STOPPED,
        /// Without a result.
        FAILED
    }

    /// Returns a load as it is now.
    ///
    /// @param before the load as it was
    static OwnLoad of(LoadRun run, OwnLoad before) {
        LoadRun.Status now = run.progress();
        Duration measured = before.number == run.number() && before.measured.compareTo(now.measured()) > 0
                ? before.measured
                : now.measured();
        if (!run.ended()) {
            return new OwnLoad(run.number(), now.phase(), measured, End.RUNNING, "");
        }
        if (run.result().isCompletedExceptionally()) {
            return new OwnLoad(run.number(), LoadRun.Phase.FAILED, measured, End.FAILED,
                    Sentences.of(run.result().exceptionNow()));
        }
        boolean stopped = run.result().resultNow().verdict().outcome() == Verdict.Outcome.STOPPED;
        return new OwnLoad(run.number(), LoadRun.Phase.DONE, measured, stopped ? End.STOPPED : End.ENDED, "");
    }

    boolean running() {
        return end == End.RUNNING;
    }

    boolean measuring() {
        return running() && phase == LoadRun.Phase.MEASURING;
    }

    /// Returns whether its measured part is over, though it may still run.
    boolean over() {
        return phase.compareTo(LoadRun.Phase.MEASURING) > 0;
    }
}
