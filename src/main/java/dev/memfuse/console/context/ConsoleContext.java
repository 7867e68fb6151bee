package dev.memfuse.console.context;

import java.nio.file.Path;

import dev.memfuse.lab.scenario.ScenarioRunner;
import dev.memfuse.load.LoadService;
import dev.memfuse.log.LogLocation;
import dev.memfuse.server.ServerControl;
import dev.memfuse.target.Targets;

/// Services that the window uses, grouped by the needs of pages. Built by the composition root; the console uses no
/// other services.
///
/// @param server starts and stops the server of the engine
/// @param targets finds other JVMs with pools and connects to them
/// @param log path of the log file, or why there is none
/// @param stateFolder folder of the saved size, page and theme
public record ConsoleContext(EngineControl engine, Settings settings, Monitoring monitoring, LoadService loads,
        ScenarioRunner scenarios, Lab lab, ServerControl server, Targets targets, LogLocation log, Path stateFolder) {}
