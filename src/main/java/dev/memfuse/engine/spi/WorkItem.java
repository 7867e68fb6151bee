package dev.memfuse.engine.spi;

import java.util.UUID;

import dev.memfuse.engine.DerivedLayer;
import dev.memfuse.engine.SessionKey;

/// One layer of one round, taken from the work list under a lease. Owner and attempt together fence it: what a worker
/// stores after its lease was lost has no effect.
///
/// @param owner the process that works on it
/// @param attempt from 1
/// @param note what the attempt before said; may be empty
public record WorkItem(SessionKey session, UUID roundId, DerivedLayer layer, UUID owner, int attempt, String note) {}
