package dev.memfuse.engine.host;

import java.util.Optional;
import java.util.function.Consumer;

import dev.memfuse.engine.MemoryEngine;

/// Hosts one engine in this process: starts it in the background, tells its state, starts it again on request.
///
/// Thread-safe; no method blocks.
public interface EngineHost {

    /// The state now.
    EngineState state();

    /// Calls `listener` with the state now and with each later one, on any thread.
    void onState(Consumer<EngineState> listener);

    /// The engine, once the state is [EngineState.Ready].
    Optional<MemoryEngine> engine();

    /// Tries to start again after [EngineState.Failed]; does nothing otherwise.
    void retry();

    /// Leaves the database in use and starts the engine on another one, without closing the window.
    ///
    /// @param url JDBC URL, or empty for the embedded server
    void connect(String url);
}
