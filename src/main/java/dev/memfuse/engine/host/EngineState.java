package dev.memfuse.engine.host;

import java.time.Duration;

/// What the engine is doing, for the status bar and the start screen. Exhaustive: switch over it without default.
public sealed interface EngineState {
    /// On its way up.
    ///
    /// @param step what happens now, one line for the user
    /// @param progress 0..1, or negative when unknown
    record Starting(String step, double progress) implements EngineState {}

    /// Ready for calls.
    ///
    /// @param database one line: product, version, place
    record Ready(String database) implements EngineState {}

    /// Not usable.
    ///
    /// @param problem one sentence: what is wrong
    /// @param advice one sentence: what to do
    /// @param detail output or state that explains the problem, for a copy; may be empty
    record Failed(String problem, String advice, String detail) implements EngineState {
        /// A problem that explains itself.
        public Failed(String problem, String advice) {
            this(problem, advice, "");
        }
    }

    /// On its way down.
    ///
    /// @param step what happens now, one line for the user
    /// @param limit longest time of the step
    record Stopping(String step, Duration limit) implements EngineState {
        /// Step and limit as one line: "Storing what is buffered, at most 30 s".
        public String words() {
            double seconds = limit.toMillis() / 1000.0;
            return step + ", at most " + (seconds == Math.rint(seconds) ? "%.0f" : "%.1f").formatted(seconds) + " s";
        }
    }

    /// Shut down.
    record Stopped() implements EngineState {}
}
