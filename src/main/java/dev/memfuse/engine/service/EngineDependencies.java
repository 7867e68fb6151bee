package dev.memfuse.engine.service;

import java.util.function.Consumer;
import java.util.function.UnaryOperator;

import dev.memfuse.config.MemFuseConfig;
import dev.memfuse.engine.journal.Journal;
import dev.memfuse.engine.retrieval.IndexRoot;
import dev.memfuse.engine.spi.MemoryStore;
import dev.memfuse.engine.spi.SearchStore;

/// What an engine stands on. It closes none of it.
///
/// @param store durable storage
/// @param search ranking inside the database, for `retrieval.backend: postgres`
/// @param journal the log before the buffers, of this storage alone
/// @param indexes the folder of the users' indexes, of this storage alone
/// @param reparse prints a configuration and parses it again; used by services that are built for each call
/// @param onStorageLost told true when the database cannot be reached any more and false when it is back; must not block
public record EngineDependencies(MemoryStore store, SearchStore search, Journal journal, IndexRoot indexes,
        UnaryOperator<MemFuseConfig> reparse, Consumer<Boolean> onStorageLost) {}
