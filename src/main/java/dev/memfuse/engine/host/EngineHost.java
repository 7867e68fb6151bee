package dev.memfuse.engine.host;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
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

    /// Returns the JDBC URL of the database that the engine works, or is to work, on; empty for the embedded server.
    String url();

    /// Returns whether the engine opened, or is to open, the database for reading only.
    boolean readOnly();

    /// Returns whether the engine works, or is to work, on the embedded server.
    default boolean embedded() {
        return url().isBlank();
    }

    /// Starts the engine again after [EngineState.Failed]; has no effect in other states.
    void retry();

    /// Tests whether the engine can work on another database, and changes nothing.
    ///
    /// @return completes when the database can be used, or is the embedded server, which only a start can test;
    ///         exceptionally, with a message for the user, when it cannot be used
    CompletableFuture<Void> check(DatabaseChoice choice);

    /// Tests another database, and then stops the engine and starts it there. When the database cannot be used, or the
    /// engine does not start on it, the engine runs on the database before.
    ///
    /// @param url JDBC URL, or empty for the embedded server
    /// @return completes when the engine is ready on the other database; exceptionally, with a message for the user,
    ///         when it is not
    default CompletableFuture<Void> connect(String url) {
        return connect(new DatabaseChoice(url), () -> {}, () -> {});
    }

    /// Connects to another database as [#connect(String)] does, perhaps for reading only, and changes settings
    /// while no engine runs. When the database is not in use in the end, the change is taken back.
    ///
    /// @param change changes the settings; may be called never
    /// @param takeBack changes them back; called once at most, also when `change` failed
    CompletableFuture<Void> connect(DatabaseChoice choice, Runnable change, Runnable takeBack);

    /// Stops the engine, changes settings that are fixed at start, and starts it. When it does not start with them, the
    /// change is taken back, and the engine runs as before.
    ///
    /// @param change changes the settings
    /// @param takeBack changes them back
    /// @return completes when the engine is ready; exceptionally, with a message for the user, when it is not
    CompletableFuture<Void> restart(Runnable change, Runnable takeBack);
}
