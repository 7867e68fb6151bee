package dev.memfuse.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;

import dev.memfuse.config.Tunables;
import dev.memfuse.config.section.EmbeddingModelKind;
import dev.memfuse.engine.MemoryEngine;
import dev.memfuse.engine.NewMessage;
import dev.memfuse.engine.SessionKey;
import dev.memfuse.metrics.FirstAccesses;
import dev.memfuse.metrics.SpeculationStats;
import dev.memfuse.store.baseline.StorageStats;

/// The running engine that is measured, and access to the layers below it for the floors.
public interface BenchTarget {

    /// The engine that is measured.
    MemoryEngine engine();

    /// The settings of the engine.
    Tunables tunables();

    /// One line that describes the database.
    String database();

    /// The folder of the engine's own files; benchmarks write on the same disk.
    Path folder();

    /// Returns the size in bytes of the rounds in the journal that are not yet in the database.
    long journalBytes();

    /// The counters of speculative answers since start.
    SpeculationStats.Counts speculation();

    /// Collects the first accesses to services of users until the result is closed.
    FirstAccesses collectFirstAccesses();

    /// Stores messages and their vectors past the engine, committed when this returns. Fills a large user faster than
    /// callers of the engine can.
    ///
    /// @param vectors one normalized vector for each message, as the configured embedding model makes them
    void store(SessionKey session, List<NewMessage> messages, List<float[]> vectors);

    /// Opens a connection that stores with the statement in which the engine's add path ends.
    RoundWriter openInsert();

    /// Opens a connection that stores with `COPY`, the fastest statement for new rows.
    RoundWriter openCopy();

    /// Opens a connection for round trips.
    ///
    /// @param proxied whether it leads through the network proxy, also without a delay
    RoundTrips openRoundTrips(boolean proxied);

    /// Starts a server of the engine over HTTP, and a client of it in this process.
    ServedEngine openServer();

    /// Opens a connection that counts stored rows.
    StorageStats openStorageStats();

    /// Loads an embedding model with a pool of its own, which has the configured threads and batch size. Blocks.
    Embedder loadEmbedder(EmbeddingModelKind kind);

    /// Starts another engine with its own embedded server in a folder. Blocks until it is ready.
    StartedEngine start(Path folder) throws InterruptedException;

    /// Starts the whole program with its window in a process of its own, in the way in which this one was started.
    /// Blocks until its engine is ready. Where there is no display, the window is one of JavaFX's headless platform.
    ///
    /// @param folder data folder of that program; empty or missing for a first start
    /// @throws IllegalStateException when it ends or is not ready within two minutes
    StartedProgram startProgram(Path folder) throws InterruptedException;

    /// Stores batches of new messages past the engine. One thread.
    interface RoundWriter extends AutoCloseable {
        /// Stores messages as one round, committed when this returns.
        void store(SessionKey session, List<NewMessage> messages);

        @Override
        void close();
    }

    /// The engine behind HTTP. Thread-safe.
    interface ServedEngine extends AutoCloseable {
        /// Returns a client of one connection, whose runs add the batches in turns, each as one round. One thread.
        Runnable client(SessionKey session, List<List<NewMessage>> batches);

        @Override
        void close();
    }

    /// A connection for the shortest request, one round trip. One thread.
    interface RoundTrips extends AutoCloseable {
        /// Makes one round trip.
        void run();

        @Override
        void close();
    }

    /// An embedding model, with and without the engine's pool. Thread-safe.
    interface Embedder extends AutoCloseable {
        /// The name of the model.
        String name();

        /// Returns the texts that M1 embeds for the consecutive messages of a session: with the configured context.
        ///
        /// @param round number of messages that M1 embeds together
        List<String> inContext(List<String> messages, int round);

        /// Embeds texts on the calling thread, which must be a platform thread.
        List<float[]> embedDirectly(List<String> texts);

        /// Embeds texts on the threads of the pool; blocks until done.
        List<float[]> embedInPool(List<String> texts);

        @Override
        void close();
    }

    /// An engine that a benchmark started; closing it stops it.
    interface StartedEngine extends AutoCloseable {
        MemoryEngine engine();

        @Override
        void close();
    }

    /// A program that a benchmark started; closing it ends it and its database server.
    interface StartedProgram extends AutoCloseable {
        /// Time from the command to the first frame of the window, in milliseconds.
        double windowMs();

        /// Time from the command until the engine accepts calls, in milliseconds.
        double readyMs();

        /// Returns the resident memory of the process now, in MB of 1,000,000 bytes, without the processes of the
        /// database; empty where the system does not say.
        OptionalDouble residentMb();

        @Override
        void close();
    }
}
