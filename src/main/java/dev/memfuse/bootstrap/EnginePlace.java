package dev.memfuse.bootstrap;

import java.util.Optional;

import dev.memfuse.engine.retrieval.IndexRoot;
import dev.memfuse.store.DatabaseTarget;
import dev.memfuse.store.server.EmbeddedServer;

/// Where an engine runs.
///
/// @param server the server when it is ours
/// @param target the database
/// @param description one line for the user
/// @param indexes the folder of the indexes for queries
record EnginePlace(Optional<EmbeddedServer> server, DatabaseTarget target, String description, IndexRoot indexes) {}
