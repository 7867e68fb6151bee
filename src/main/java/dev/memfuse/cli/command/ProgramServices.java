package dev.memfuse.cli.command;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

import dev.memfuse.cli.option.LaunchOptions;
import dev.memfuse.config.profile.ConfigProfiles;
import dev.memfuse.config.section.LogLevel;
import dev.memfuse.load.Workload;
import dev.memfuse.load.report.LoadReport;
import dev.memfuse.log.LogLocation;

/// The program as the commands see it. Implemented by the composition root and handed to the commands by `Main`.
///
/// Every method is called from the main thread. A configuration that cannot be used is a
/// [dev.memfuse.config.ConfigException] (exit code 2); an engine or database that does not come up is a
/// [dev.memfuse.engine.exception.EngineException] whose message says what to do (exit code 1).
public interface ProgramServices {

    /// Opens the log file. Called once for each command that starts something, before anything else. Never fails: the
    /// result says why there is no file.
    ///
    /// @param dataDir data folder that the command line names; empty means the user's data folder
    /// @param level until the configuration is read; empty means the default
    /// @param arguments the command line, for the line about the start
    LogLocation openLog(Optional<Path> dataDir, Optional<LogLevel> level, List<String> arguments);

    /// Whether this machine can show a window now.
    boolean displayAvailable();

    /// Opens the window and returns when it was closed.
    ///
    /// @return the exit code of the program
    int openWindow(LaunchOptions options);

    /// Does the main job with no display: starts the engine, runs a load with the pages alive, saves one PNG for each
    /// page into `out` (created when missing), and shuts everything down. The command prints the table and writes the
    /// result files.
    ///
    /// @param steps told what happens, one line for the user each, on any thread
    LoadReport runHeadless(LaunchOptions options, Workload workload, Path out, Consumer<String> steps)
            throws InterruptedException;

    /// Starts the engine without a window and returns when it is ready.
    ///
    /// @param steps told what happens, one line for the user each, on any thread
    HeadlessSession start(LaunchOptions options, Consumer<String> steps) throws InterruptedException;

    /// The profiles to choose from. Starts nothing.
    ConfigProfiles profiles(LaunchOptions options);
}
