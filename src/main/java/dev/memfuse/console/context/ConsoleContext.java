package dev.memfuse.console.context;

import java.nio.file.Path;

import dev.memfuse.load.LoadService;
import dev.memfuse.log.LogLocation;

/// Services that the window works with, grouped by what pages need. Built by the composition root; the console reaches
/// for nothing else.
///
/// @param log path of the log file, or why there is none
/// @param stateFolder folder of the remembered size, page and theme
public record ConsoleContext(EngineControl engine, Settings settings, Monitoring monitoring, LoadService loads,
        LogLocation log, Path stateFolder) {}
