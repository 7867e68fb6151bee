package dev.memfuse.engine.host;

import java.time.Duration;
import java.util.Locale;
import java.util.OptionalLong;

/// State of the engine, for the status bar and the start screen.
public sealed interface EngineState {
    /// Starting.
    ///
    /// @param step current step, one line for the user
    /// @param progress 0..1, or negative when unknown
    record Starting(String step, double progress) implements EngineState {}

    /// Ready for calls.
    ///
    /// @param database one line: product, version, location
    record Ready(String database) implements EngineState {}

    /// Failed to start.
    ///
    /// @param problem one sentence: the problem
    /// @param advice one sentence: the remedy
    /// @param detail output or state that explains the problem, for a copy; may be empty
    /// @param usedBy id of the process that uses the data folder, 0 when it is not known; empty for another problem
    record Failed(String problem, String advice, String detail, OptionalLong usedBy) implements EngineState {
        /// A failure of another kind than a data folder in use.
        public Failed(String problem, String advice, String detail) {
            this(problem, advice, detail, OptionalLong.empty());
        }

        /// A failure without a detail.
        public Failed(String problem, String advice) {
            this(problem, advice, "");
        }
    }

    /// Stopping.
    ///
    /// @param step current step, one line for the user
    /// @param limit maximum time of the step
    record Stopping(String step, Duration limit) implements EngineState {
        /// Returns step and limit as one line: "Storing what is buffered, at most 30 s".
        public String description() {
            double seconds = limit.toMillis() / 1000.0;
            return step + ", at most "
                    + String.format(Locale.ROOT, seconds == Math.rint(seconds) ? "%.0f" : "%.1f", seconds) + " s";
        }
    }

    /// Stopped.
    record Stopped() implements EngineState {}
}
