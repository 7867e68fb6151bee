package dev.memfuse.engine.spi;

import java.time.Duration;
import java.util.UUID;

import dev.memfuse.engine.DerivedLayer;
import dev.memfuse.engine.SessionKey;

/// Work item of extraction: one layer of one round, under a lease. Owner and attempt together fence it: a worker that
/// has lost its lease cannot store a result.
///
/// @param owner id of the process that holds the lease
/// @param attempt number of the attempt, from 1
/// @param note note of the previous attempt; may be empty
/// @param age time since the round was added, by the clock of the database
public record WorkItem(SessionKey session, UUID roundId, DerivedLayer layer, UUID owner, int attempt, String note,
        Duration age) {}
