package dev.memfuse.cli.command;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.ToIntFunction;

import dev.memfuse.cli.option.JsonOutput;
import dev.memfuse.cli.option.LaunchArguments;
import dev.memfuse.cli.option.LaunchOptions;
import dev.memfuse.cli.option.StandardOptions;
import dev.memfuse.cli.terminal.AdviceTable;
import dev.memfuse.cli.terminal.ComparisonProgress;
import dev.memfuse.cli.terminal.ComparisonTable;
import dev.memfuse.cli.terminal.ExitCodes;
import dev.memfuse.cli.terminal.Follower;
import dev.memfuse.cli.terminal.RecordingTables;
import dev.memfuse.cli.terminal.StopOnInterrupt;
import dev.memfuse.cli.terminal.SweepTable;
import dev.memfuse.cli.terminal.Terminal;
import dev.memfuse.cli.terminal.TuneTable;
import dev.memfuse.config.MemFuseConfig;
import dev.memfuse.config.schema.ConfigKey;
import dev.memfuse.config.schema.ConfigSchema;
import dev.memfuse.config.schema.ConfigValues;
import dev.memfuse.lab.history.RecordedExperiments;
import dev.memfuse.lab.history.RecordedExperiments.Replay;
import dev.memfuse.lab.history.RecordedRuns;
import dev.memfuse.lab.trial.ExperimentRun;
import dev.memfuse.lab.trial.ExperimentService;
import dev.memfuse.load.LoadRun;
import dev.memfuse.load.recording.Manifest;
import dev.memfuse.load.recording.RecordingException;
import dev.memfuse.load.recording.Recordings;
import dev.memfuse.load.recording.SideBySide;
import dev.memfuse.load.report.LoadReport;
import dev.memfuse.load.report.LoadSummary;
import dev.memfuse.load.report.ResultJson;
import dev.memfuse.progress.Progress;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// Runs a recorded load or experiment again: the same operations at the same times, under the same settings.
@Command(name = "replay", description = {"Run a recorded load, comparison, sweep, advice, trial or tuning again: "
        + "the same operations at the same times, under the settings with which it began.",
        "The database is that of this machine; --set changes single settings."},
        exitCodeList = {"0:the run is good, or what its command returns",
                "1:the run failed, or the recording cannot be read",
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
        Manifest manifest = recordings.open(id);
        json.check(standard.outputs());
        RecordedExperiments experiments = new RecordedExperiments(recordings);
        return switch (manifest.kind()) {
            case LOAD -> {
                RecordedRuns.Replay replay = new RecordedRuns(recordings).replay(id);
                yield start(replay.config(), (session, interrupt) -> run(session, interrupt, replay, recordings));
            }
            case COMPARISON -> again(experiments.comparison(manifest), recordings,
                    session -> new Shown<>(session.comparisons(), ComparisonProgress::of, ComparisonTable::lines,
                            ExitCodes::of));
            case SWEEP -> again(experiments.sweep(manifest), recordings,
                    session -> new Shown<>(session.sweeps(), (status, _) -> SweepTable.progress(status),
                            SweepTable::lines, ExitCodes::of));
            case ADVICE -> again(experiments.advice(manifest), recordings,
                    session -> new Shown<>(session.advice(), (progress, _) -> progress, AdviceTable::lines,
                            ExitCodes::of));
            case TRIAL -> again(experiments.trial(manifest), recordings,
                    session -> new Shown<>(session.trials(),
                            (status, plan) -> ComparisonProgress.of(status, plan.comparison()), AdviceTable::lines,
                            ExitCodes::of));
            case TUNING -> again(experiments.tuning(manifest), recordings,
                    session -> new Shown<>(session.tunes(), (status, _) -> TuneTable.progress(status),
                            TuneTable::lines, ExitCodes::of));
            case SCORECARD -> throw new RecordingException("The recording " + manifest.id()
                    + " is a scorecard, which always has the same load; 'scorecard' runs it again.");
            case OBSERVATION -> throw new RecordingException("The recording " + manifest.id()
                    + " is an observation of calls that others made, which cannot be made again.");
        };
    }

    private int start(MemFuseConfig config, EngineLauncher.Work work) throws InterruptedException {
        return launcher.run(options(config), work);
    }

    private LaunchOptions options(MemFuseConfig config) {
        LaunchOptions options = launch.options(settings(config));
        standard.require(options.config().isEmpty() && options.profile().isEmpty(),
                "A replay has the settings of its recording; change single ones with --set.");
        return options;
    }

    /// How experiments of a kind are run and shown.
    ///
    /// @param <P> plan
    /// @param <S> progress
    /// @param <R> result
    private record Shown<P, S, R extends Record>(ExperimentService<P, ? extends ExperimentRun<P, S, R>> service,
            BiFunction<S, P, Progress> progress, Function<R, List<String>> lines, ToIntFunction<R> code) {}

    private <P, S, R extends Record> int again(Replay<P> replay, Recordings recordings,
            Function<HeadlessSession, Shown<P, S, R>> shown) throws InterruptedException {
        LaunchOptions options = options(replay.config());
        P plan = replay.plan().apply(services.arms(options).running());
        return launcher.run(options, (session, interrupt) -> {
            announce(session, replay.manifest());
            Shown<P, S, R> kind = shown.apply(session);
            R result = run(interrupt, plan, kind);
            sideBySide(session, replay.manifest(), recordings);
            return kind.code().applyAsInt(result);
        });
    }

    private <P, S, R extends Record> R run(StopOnInterrupt interrupt, P plan, Shown<P, S, R> shown)
            throws InterruptedException {
        ExperimentRun<P, S, R> run = shown.service().start(plan);
        interrupt.stopWith(run::stop);
        R result = new Follower(terminal).follow(run.result(), () -> shown.progress().apply(run.progress(), plan));
        terminal.print(shown.lines().apply(result));
        json.write(() -> ResultJson.of(result), terminal);
        return result;
    }

    private void announce(HeadlessSession session, Manifest manifest) {
        terminal.step("Database: " + session.database());
        terminal.step("Again: " + manifest.name() + " (" + manifest.id() + ")");
    }

    private void sideBySide(HeadlessSession session, Manifest before, Recordings recordings) {
        session.recorded().ifPresent(outcome -> {
            terminal.step(outcome.sentence());
            outcome.id().ifPresent(again -> terminal.print(RecordingTables.sideBySide(
                    SideBySide.of(recordings, before, recordings.open(again)))));
        });
    }

    /// Returns the settings of a recording as those of a command line.
    private static Map<String, String> settings(MemFuseConfig config) {
        Map<String, String> settings = new LinkedHashMap<>();
        for (ConfigKey key : ConfigSchema.keys(config)) {
            Object value = ConfigValues.get(config, key.path());
            if (NOT_REPEATED.stream().noneMatch(key.path()::startsWith)) {
                settings.put(key.path(), value instanceof String text ? text : ConfigValues.print(value));
            }
        }
        return settings;
    }

    private int run(HeadlessSession session, StopOnInterrupt interrupt, RecordedRuns.Replay replay,
            Recordings recordings) throws InterruptedException {
        announce(session, replay.manifest());
        if (replay.changedByHand()) {
            terminal.step("Settings or the load were changed during the recorded run; that is not repeated.");
        }
        LoadRun run = session.scenarios().start(replay.scenario());
        new LoadFollower(terminal).follow(run, interrupt);
        LoadReport report = LoadReport.of(run);
        terminal.print(LoadSummary.lines(report));
        json.write(() -> ResultJson.of(report), terminal);
        sideBySide(session, replay.manifest(), recordings);
        return ExitCodes.of(report.result().verdict().outcome());
    }
}
