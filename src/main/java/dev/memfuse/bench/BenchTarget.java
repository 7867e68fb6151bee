package dev.memfuse.bench;

import java.nio.file.Path;

import dev.memfuse.config.Tunables;
import dev.memfuse.engine.MemoryEngine;
import dev.memfuse.engine.journal.JournalStatus;
import dev.memfuse.engine.spi.MemoryStore;
import dev.memfuse.metrics.SpeculationStats;
import dev.memfuse.store.pool.DatabaseTarget;

/// What benchmarks stand on: a running engine and what lies below it.
public interface BenchTarget {

    /// The engine that is measured.
    MemoryEngine engine();

    /// Its storage, to fill it faster than callers can.
    MemoryStore store();

    /// Its database, for the bare statements.
    DatabaseTarget target();

    /// Its journal now.
    JournalStatus journal();

    /// What became of the answers worked out ahead.
    SpeculationStats.Counts speculation();

    /// Its settings.
    Tunables tunables();

    /// One line about the database.
    String database();

    /// Where the engine keeps its own files; benchmarks write on the same disk.
    Path folder();

    /// Starts one more engine, with an embedded server of its own in this folder. Blocks until it is ready.
    Started start(Path folder) throws InterruptedException;

    /// An engine that was started for a benchmark.
    interface Started extends AutoCloseable {
        MemoryEngine engine();

        @Override
        void close();
    }
}
