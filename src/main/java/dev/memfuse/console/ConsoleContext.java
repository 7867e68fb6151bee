package dev.memfuse.console;

import java.nio.file.Path;

import dev.memfuse.config.Tunables;
import dev.memfuse.config.profile.ConfigProfiles;
import dev.memfuse.engine.host.DatabaseProbe;
import dev.memfuse.engine.host.EngineHost;
import dev.memfuse.load.LoadService;
import dev.memfuse.log.LogLocation;
import dev.memfuse.metrics.MetricsHub;
import dev.memfuse.metrics.PerformanceMonitor;

/// Everything the window works with. Built by the composition root; the console reaches for nothing else.
///
/// @param stop begins to end load and engine in the background, and returns at once; the host's states say how far it
///        is
/// @param log path of the log file, or why there is none
/// @param stateFolder where the window remembers its size, page and theme
public record ConsoleContext(EngineHost host, Tunables tunables, ConfigProfiles profiles, MetricsHub metrics,
        PerformanceMonitor monitor, LoadService loads, DatabaseProbe probe, Runnable stop, LogLocation log, Path stateFolder) {}
