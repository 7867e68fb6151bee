package dev.memfuse.cli.command;

import dev.memfuse.bench.BenchTask;
import dev.memfuse.engine.MemoryEngine;
import dev.memfuse.engine.Reembedding;
import dev.memfuse.lab.retrieval.RetrievalMeasurement;
import dev.memfuse.load.LoadService;

/// A running engine without a window.
public interface HeadlessSession extends AutoCloseable {

    /// One line: product, version and place of the database.
    String database();

    /// The engine itself.
    MemoryEngine memory();

    /// Starts loads on this engine.
    LoadService loads();

    /// Compares the engine's add path with the bare statement.
    BenchTask bench();

    /// A measurement of what the engine finds, to be run once.
    RetrievalMeasurement retrieval();

    /// The job that replaces vectors of another model.
    Reembedding reembedding();

    /// Ends loads, engine and database, in this order. Closing twice is harmless.
    @Override
    void close();
}
