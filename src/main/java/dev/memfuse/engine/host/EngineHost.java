package dev.memfuse.engine.host;

import java.util.Optional;
import java.util.function.Consumer;

import dev.memfuse.engine.MemoryEngine;

/// Hosts one engine in this process: starts it in the background, reports its state, restarts it on request.
/// Thread-safe; no method blocks.
public interface EngineHost {

    /// Returns the state now.
    EngineState state();

    /// Calls `listener` with the current state and with each later one, on any thread.
    void onState(Consumer<EngineState> listener);

    /// Returns the engine when the state is [EngineState.Ready].
    Optional<MemoryEngine> engine();

    /// Starts the engine again after [EngineState.Failed]; has no effect in other states.
    void retry();

    /// Stops the engine and starts it on another database.
    ///
    /// @param url JDBC URL, or empty for the embedded server
    void connect(String url);
}
