package dev.memfuse.cli.command;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

import dev.memfuse.cli.option.JsonOutput;
import dev.memfuse.cli.option.LaunchArguments;
import dev.memfuse.cli.option.LaunchOptions;
import dev.memfuse.cli.option.StandardOptions;
import dev.memfuse.cli.terminal.ExitCodes;
import dev.memfuse.cli.terminal.RecordingTables;
import dev.memfuse.cli.terminal.StopOnInterrupt;
import dev.memfuse.cli.terminal.Terminal;
import dev.memfuse.config.MemFuseConfig;
import dev.memfuse.config.schema.ConfigKey;
import dev.memfuse.config.schema.ConfigSchema;
import dev.memfuse.config.schema.ConfigValues;
import dev.memfuse.lab.history.RecordedRuns;
import dev.memfuse.load.LoadRun;
import dev.memfuse.load.recording.Recordings;
import dev.memfuse.load.recording.SideBySide;
import dev.memfuse.load.report.LoadReport;
import dev.memfuse.load.report.LoadSummary;
import dev.memfuse.load.report.ResultJson;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// Runs a recorded load again: the same operations at the same times, under the same settings.
@Command(name = "replay", description = {"Run a recorded load again: the same operations at the same times, under the "
        + "settings with which it began.", "The database is that of this machine; --set changes single settings."},
        exitCodeList = {"0:the run is good", "1:the run failed, or the recording cannot be read",
                "2:wrong usage or configuration", "3:the run is void", "130:the run was stopped by hand"})
public final class ReplayCommand implements Callable<Integer> {
    /// Settings of the machine and of the user, not of the run.
    private static final List<String> NOT_REPEATED = List.of("postgres.url", "monitoring.", "load.keep_data",
            "load.recordings_mib");

    private final ProgramServices services;
    private final Terminal terminal;
    private final EngineLauncher launcher;

    @Mixin
    private final StandardOptions standard = new StandardOptions();

    @Mixin
    private final LaunchArguments launch = new LaunchArguments();

    @Mixin
    private final JsonOutput json = new JsonOutput();

    @Parameters(paramLabel = "ID", description = "Id, a unique beginning of an id, or 'last'.")
    private String id = "";

    /// @param terminal receives result and progress
    public ReplayCommand(ProgramServices services, Terminal terminal) {
        this.services = services;
        this.terminal = terminal;
        this.launcher = new EngineLauncher(services, terminal);
    }

    @Override
    public Integer call() throws InterruptedException {
        Recordings recordings = services.recordings(launch.dataFolder());
        RecordedRuns.Replay replay = new RecordedRuns(recordings).replay(id);
        LaunchOptions options = launch.options(settings(replay.config()));
        standard.require(options.config().isEmpty() && options.profile().isEmpty(),
                "A replay has the settings of its recording; change single ones with --set.");
        json.check(standard.outputs());
        return launcher.run(options, (session, interrupt) -> run(session, interrupt, replay, recordings));
    }

    /// Returns the settings of a recording as those of a command line.
    private static Map<String, String> settings(MemFuseConfig config) {
        Map<String, String> settings = new LinkedHashMap<>();
        for (ConfigKey key : ConfigSchema.keys()) {
            Object value = ConfigValues.get(config, key.path());
            if (NOT_REPEATED.stream().noneMatch(key.path()::startsWith)) {
                settings.put(key.path(), value instanceof String text ? text : ConfigValues.print(value));
            }
        }
        return settings;
    }

    private int run(HeadlessSession session, StopOnInterrupt interrupt, RecordedRuns.Replay replay,
            Recordings recordings) throws InterruptedException {
        terminal.step("Database: " + session.database());
        terminal.step("Again: " + replay.manifest().name() + " (" + replay.manifest().id() + ")");
        if (replay.changedByHand()) {
            terminal.step("Settings or the load were changed during the recorded run; that is not repeated.");
        }
        LoadRun run = session.scenarios().start(replay.scenario());
        new LoadFollower(terminal).follow(run, interrupt);
        LoadReport report = LoadReport.of(run);
        terminal.print(LoadSummary.lines(report));
        json.write(() -> ResultJson.of(report), terminal);
        session.recorded().ifPresent(outcome -> {
            terminal.step(outcome.sentence());
            outcome.id().ifPresent(again -> terminal.print(RecordingTables.sideBySide(
                    SideBySide.of(recordings, replay.manifest(), recordings.open(again)))));
        });
        return ExitCodes.of(report.result().verdict().outcome());
    }
}
