package dev.memfuse.engine.spi;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

import dev.memfuse.engine.Agent;
import dev.memfuse.engine.Session;
import dev.memfuse.engine.User;

/// What was created for one user while the database was away.
///
/// @param userId id that was given out for the user
/// @param user the user, when it was created too
/// @param agents in the order of their creation
/// @param sessions in the order of their creation
public record Creations(UUID userId, Optional<User> user, List<Agent> agents, List<Session> sessions) {}
