package dev.memfuse.engine;

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
    record Failed(String problem, String advice) implements EngineState {}

    /// Shut down.
    record Stopped() implements EngineState {}
}
