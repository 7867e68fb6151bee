package dev.memfuse.console.context;

import dev.memfuse.engine.host.DatabaseProbe;
import dev.memfuse.engine.host.EngineHost;
import dev.memfuse.engine.host.ServerView;
import dev.memfuse.engine.plan.StatementPlans;

/// The hosted engine and its database.
///
/// @param server what the database server in use does now
/// @param plans how the database executes the statements of the store
/// @param stop stops load and engine in the background and returns immediately; the states of the host report progress
public record EngineControl(EngineHost host, DatabaseProbe probe, ServerView server, StatementPlans plans,
        Runnable stop) {}
