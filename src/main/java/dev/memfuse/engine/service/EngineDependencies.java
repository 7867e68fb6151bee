package dev.memfuse.engine.service;

import java.util.function.Consumer;
import java.util.function.UnaryOperator;

import dev.memfuse.config.MemFuseConfig;
import dev.memfuse.engine.journal.DeadLetterFolder;
import dev.memfuse.engine.journal.Journal;
import dev.memfuse.engine.retrieval.IndexRoot;
import dev.memfuse.engine.spi.MemoryStore;
import dev.memfuse.engine.spi.SearchStore;

/// Resources that an engine uses and does not own: the creator of the engine opens them before it and closes them
/// after it.
///
/// @param store durable storage
/// @param search ranking inside the database, for `retrieval.backend: postgres`
/// @param journal write-ahead log of the buffers; belongs to this database alone
/// @param deadLetters folder of the rounds that storage refused; belongs to this database alone
/// @param indexes folder of the users' indexes; belongs to this database alone
/// @param intervals intervals of the background work on these indexes
/// @param reparse prints a configuration and parses it again; called by services that are built for each call
/// @param onStorageLost called with true when the database becomes unreachable and with false when it is reachable
///        again; must not block
/// @param readOnly whether nothing may be written to the database: no background work starts, and
///        [dev.memfuse.engine.readonly.ReadOnlyEngine] refuses the calls that change something; the journal is empty
public record EngineDependencies(MemoryStore store, SearchStore search, Journal journal,
        DeadLetterFolder deadLetters, IndexRoot indexes, DiskIntervals intervals,
        UnaryOperator<MemFuseConfig> reparse, Consumer<Boolean> onStorageLost, boolean readOnly) {}
