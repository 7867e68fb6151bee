package dev.memfuse.server.mcp.tool;

import dev.memfuse.engine.MemoryEngine;
import dev.memfuse.engine.User;

/// The memory that a call uses.
///
/// @param user the one user whose data it uses
/// @param ofAllUsers whether the caller may read figures over all users
public record Memory(MemoryEngine engine, User user, boolean ofAllUsers) {}
