package dev.memfuse.engine.host;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
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
    /// @param next the step that follows; empty after the last one
    record Stopping(String step, Duration limit, Optional<Stopping> next) implements EngineState {
        /// The last step.
        public Stopping(String step, Duration limit) {
            this(step, limit, Optional.empty());
        }

        /// Returns the steps with their limits as one line: "Ending the load, at most 10 s; then storing what is
        /// buffered, at most 30 s".
        public String description() {
            return line() + next.map(after -> "; then " + after.description().substring(0, 1).toLowerCase(Locale.ROOT)
                    + after.description().substring(1)).orElse("");
        }

        private String line() {
            double seconds = limit.toMillis() / 1000.0;
            return step + ", at most "
                    + String.format(Locale.ROOT, seconds == Math.rint(seconds) ? "%.0f" : "%.1f", seconds) + " s";
        }
    }

    /// Stopped.
    record Stopped() implements EngineState {}
}
