package dev.memfuse.bootstrap;

import java.nio.file.Path;
import java.util.Optional;

import dev.memfuse.postgres.embedded.EmbeddedServer;
import dev.memfuse.store.pool.DatabaseTarget;

/// The database and the folder of one [EngineStack].
///
/// @param server the embedded server, or empty for an external server
/// @param target address and login of the database
/// @param description one line for the user: product, version and address
/// @param folder parent folder of journals and indexes
record EngineLocation(Optional<EmbeddedServer> server, DatabaseTarget target, String description, Path folder) {}
