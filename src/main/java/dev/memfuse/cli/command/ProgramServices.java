package dev.memfuse.cli.command;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

import dev.memfuse.cli.option.LaunchOptions;
import dev.memfuse.config.profile.ConfigProfiles;
import dev.memfuse.config.section.LogLevel;
import dev.memfuse.engine.host.DatabaseReport;
import dev.memfuse.engine.host.DistributionReport;
import dev.memfuse.engine.plan.StatementPlans;
import dev.memfuse.lab.trial.Arms;
import dev.memfuse.load.Workload;
import dev.memfuse.load.recording.Recordings;
import dev.memfuse.load.report.LoadReport;
import dev.memfuse.log.LogLocation;
import dev.memfuse.progress.Progress;
import dev.memfuse.server.local.LocalClient;

/// The program as the commands use it. The composition root implements it; `Main` passes it to the commands.
///
/// Commands call it on the main thread. An invalid configuration is a [dev.memfuse.config.ConfigException] (exit code
/// 2). When engine or database do not start, the error is a [dev.memfuse.engine.exception.EngineException] whose
/// message tells the user what to do (exit code 1).
public interface ProgramServices {

    /// Opens the log file. Called once for each command that starts something, before anything else. Never fails: the
    /// result says why there is no file.
    ///
    /// @param dataDir data folder that the command line names; empty means the user's data folder
    /// @param level until the configuration is read; empty means the default
    /// @param arguments the command line, for the line about the start
    LogLocation openLog(Optional<Path> dataDir, Optional<LogLevel> level, List<String> arguments);

    /// Returns why this machine can show no window now, and what to do, as a sentence without a full stop; empty when
    /// it can.
    Optional<String> windowProblem();

    /// Opens the window; blocks until it is closed.
    ///
    /// @return the exit code of the program
    int openWindow(LaunchOptions options);

    /// Starts the engine, runs a load while the pages are displayed in memory, saves one PNG of each page, and closes
    /// the engine. Blocks until all of that is done.
    ///
    /// @param out folder for the pictures; created when missing
    /// @param progress receives each step and the progress of the load, on any thread
    /// @return the report of the load
    LoadReport runHeadless(LaunchOptions options, Workload workload, Path out, Consumer<Progress> progress)
            throws InterruptedException;

    /// Starts the engine without a window; blocks until it is ready.
    ///
    /// @param progress receives each step of start and shutdown, on any thread
    HeadlessSession start(LaunchOptions options, Consumer<Progress> progress) throws InterruptedException;

    /// Returns the calls of the store whose statements a running engine explains. Does not start the engine.
    List<StatementPlans.Call> explainable();

    /// Tests the database that the options name, without the engine. Starts the embedded server when they name none.
    ///
    /// @param progress receives each step of the start, on any thread
    DatabaseReport checkDatabase(LaunchOptions options, Consumer<Progress> progress) throws InterruptedException;

    /// Distributes the tables of the database that the options name over a cluster of Citus, without the engine.
    ///
    /// @param dryRun changes nothing
    /// @param progress receives each statement before it runs
    DistributionReport distribute(LaunchOptions options, boolean dryRun, Consumer<Progress> progress);

    /// Prepares loads on a server with MemFuse's API; starts no engine. Of the session only loads, scenarios, database
    /// and recording can be used.
    ///
    /// @param target address of the server, without `/api/v1`
    /// @throws dev.memfuse.engine.exception.EngineException when the server does not answer
    HeadlessSession connect(LaunchOptions options, URI target);

    /// Returns a client of the program that runs on the data folder and accepts clients; empty when there is none. Does
    /// not start the engine. Blocks for a few seconds at most.
    Optional<LocalClient> running(LaunchOptions options) throws InterruptedException;

    /// Returns a data folder, which exists.
    ///
    /// @param dataDir data folder that the command line names; empty means the user's data folder
    /// @throws IOException when it cannot be created
    Path dataFolder(Optional<Path> dataDir) throws IOException;

    /// Returns the recordings of a data folder. Does not start the engine.
    ///
    /// @param dataDir data folder that the command line names; empty means the user's data folder
    Recordings recordings(Optional<Path> dataDir);

    /// Returns the configuration profiles. Does not start the engine.
    ConfigProfiles profiles(LaunchOptions options);

    /// Makes the arms of experiments on the configuration that the engine starts with. Does not start the engine, so
    /// that a wrong plan is refused at once.
    ///
    /// @throws dev.memfuse.config.ConfigException when the configuration is invalid
    Arms arms(LaunchOptions options);
}
