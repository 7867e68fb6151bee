package dev.memfuse.console.context;

import dev.memfuse.engine.host.DatabaseProbe;
import dev.memfuse.engine.host.EngineHost;

/// The hosted engine and its database.
///
/// @param stop starts to end load and engine in the background and returns at once; the states of the host report the
///        progress
public record EngineControl(EngineHost host, DatabaseProbe probe, Runnable stop) {}
