package dev.memfuse.engine.spi;

import java.util.UUID;

/// An id that was given out while the database was away, for a name that it had already.
///
/// @param alias the id that was given out, of a user, an agent or a session
/// @param userId owner of the target
/// @param target the id that has the name
public record IdAlias(UUID alias, UUID userId, UUID target) {}
