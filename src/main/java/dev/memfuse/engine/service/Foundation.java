package dev.memfuse.engine.service;

import dev.memfuse.engine.MemoryStore;
import dev.memfuse.engine.SearchStore;
import dev.memfuse.engine.retrieval.IndexRoot;

/// What an engine stands on.
///
/// @param store where everything is stored
/// @param search ranking inside the database, for `retrieval.backend: postgres`
/// @param indexes the folder of the users' indexes, which the engine closes
public record Foundation(MemoryStore store, SearchStore search, IndexRoot indexes) {}
