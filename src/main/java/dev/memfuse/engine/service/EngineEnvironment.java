package dev.memfuse.engine.service;

import java.util.function.Consumer;
import java.util.function.UnaryOperator;

import dev.memfuse.config.MemFuseConfig;
import dev.memfuse.engine.MemoryStore;
import dev.memfuse.engine.journal.Journal;

/// What an engine stands on. It closes none of it.
///
/// @param store durable storage
/// @param journal the log before the buffers, of this storage alone
/// @param reparse prints a configuration and parses it again; used by services that are built for each call
/// @param onStorageLost told true when the database cannot be reached any more and false when it is back; must not block
public record EngineEnvironment(MemoryStore store, Journal journal, UnaryOperator<MemFuseConfig> reparse,
        Consumer<Boolean> onStorageLost) {}
