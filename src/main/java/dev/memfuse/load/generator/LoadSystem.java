package dev.memfuse.load.generator;

import java.util.UUID;

import dev.memfuse.engine.DeleteResult;
import dev.memfuse.engine.LoadData;
import dev.memfuse.engine.exception.EngineException;

/// The system that a load drives: the engine of this process, or a server with MemFuse's API. Thread-safe; each call
/// blocks.
public interface LoadSystem {
    /// Returns the calls of the load.
    LoadTarget target();

    /// Returns whether it is the engine of this process, whose pool, stages and database are measured too.
    boolean inThisProcess();

    /// Returns marks, sizes and counts of stored data. Where the system has none, a call fails with an
    /// [EngineException], and the result lacks the figure.
    LoadData data();

    /// Returns the number of rounds that storage refused for their content.
    int deadLetters();

    /// Stores what is buffered.
    ///
    /// @throws EngineException when some of it could not be stored
    void flush();

    /// Deletes a user that the load made.
    DeleteResult deleteUser(UUID user);
}
