package dev.memfuse.bootstrap;

import java.nio.file.Path;
import java.util.Optional;

import dev.memfuse.postgres.embedded.EmbeddedServer;
import dev.memfuse.store.pool.DatabaseTarget;

/// Where an engine runs.
///
/// @param server the server when it is ours
/// @param target the database
/// @param description one line for the user
/// @param folder where the engine keeps its own files: journals and indexes
record EngineLocation(Optional<EmbeddedServer> server, DatabaseTarget target, String description, Path folder) {}
