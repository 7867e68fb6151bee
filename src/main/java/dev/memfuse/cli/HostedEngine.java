package dev.memfuse.cli;

import dev.memfuse.engine.MemoryEngine;
import dev.memfuse.load.LoadService;

/// A running engine without a window.
public interface HostedEngine extends AutoCloseable {

    /// One line: product, version and place of the database.
    String database();

    /// The engine itself.
    MemoryEngine memory();

    /// Starts loads on this engine.
    LoadService loads();

    /// Compares the engine's add path with the bare statement.
    BenchTask bench();

    /// Ends loads, engine and database, in this order. Closing twice is harmless.
    @Override
    void close();
}
