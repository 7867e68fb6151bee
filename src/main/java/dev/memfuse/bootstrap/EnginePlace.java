package dev.memfuse.bootstrap;

import java.nio.file.Path;
import java.util.Optional;

import dev.memfuse.store.DatabaseTarget;
import dev.memfuse.store.server.EmbeddedServer;

/// Where an engine runs.
///
/// @param server the server when it is ours
/// @param target the database
/// @param description one line for the user
/// @param folder where the engine keeps its own files: journals and indexes
record EnginePlace(Optional<EmbeddedServer> server, DatabaseTarget target, String description, Path folder) {}
