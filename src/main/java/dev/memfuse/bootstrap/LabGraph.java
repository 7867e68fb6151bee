package dev.memfuse.bootstrap;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;

import dev.memfuse.cli.option.LaunchOptions;
import dev.memfuse.config.MemFuseConfig;
import dev.memfuse.config.profile.ConfigProfiles;
import dev.memfuse.config.schema.LiveTunables;
import dev.memfuse.console.context.Lab;
import dev.memfuse.engine.MemoryEngine;
import dev.memfuse.engine.exception.ReadOnlyException;
import dev.memfuse.lab.advice.ServerState;
import dev.memfuse.lab.advice.run.AdviceService;
import dev.memfuse.lab.advice.run.AdviceTrials;
import dev.memfuse.lab.advice.run.Advisor;
import dev.memfuse.lab.advice.run.TrialService;
import dev.memfuse.lab.compare.ComparisonService;
import dev.memfuse.lab.compare.Comparisons;
import dev.memfuse.lab.compare.EqualArms;
import dev.memfuse.lab.history.LabRecorder;
import dev.memfuse.lab.scenario.Scenario;
import dev.memfuse.lab.scenario.ScenarioRunner;
import dev.memfuse.lab.scenario.ScenarioYaml;
import dev.memfuse.lab.scorecard.ScorecardService;
import dev.memfuse.lab.scorecard.Scorecards;
import dev.memfuse.lab.sweep.SweepService;
import dev.memfuse.lab.sweep.Sweeps;
import dev.memfuse.lab.trial.Arms;
import dev.memfuse.lab.trial.ServerRestart;
import dev.memfuse.lab.tune.TuneService;
import dev.memfuse.lab.tune.Tunes;
import dev.memfuse.load.LoadRun;
import dev.memfuse.load.LoadService;
import dev.memfuse.load.Workload;
import dev.memfuse.load.recording.LoadRecorder;
import dev.memfuse.load.recording.ObservationRecorder;
import dev.memfuse.load.recording.Recorder;
import dev.memfuse.load.recording.RecordingContext;
import dev.memfuse.load.recording.RecordingTexts;
import dev.memfuse.load.recording.Recordings;
import dev.memfuse.load.run.EngineLoadService;
import dev.memfuse.log.LogExcerpt;
import dev.memfuse.log.ProgramLog;
import dev.memfuse.log.Secrets;
import dev.memfuse.metrics.MetricsHub;
import dev.memfuse.postgres.probe.ServerReading;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Constructs the services of loads, of experiments on them, and of their recordings. Closing ends what runs.
final class LabGraph implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LabGraph.class);
    private static final String RECORDINGS = "recordings";
    private static final int MIB_BITS = 20;
    private static final Duration LOAD_END = Duration.ofSeconds(10);

    /// What loads and experiments work on.
    ///
    /// @param profiles profiles that arms can name
    /// @param remote server that loads drive instead of the engine of the host; empty for the engine
    record Environment(LiveTunables tunables, MetricsHub metrics, LocalEngineHost host, ConfigProfiles profiles,
            ProgramLog log, Optional<RemoteServer> remote) {}

    private final LiveTunables tunables;
    private final LocalEngineHost host;
    private final ConfigProfiles profiles;
    private final ProgramLog log;
    private final Optional<RemoteServer> remote;
    private final EngineLoadService loads;
    private final ScenarioRunner scenarios;
    private final Recordings recordings;
    private final Recorder recorder;
    private final ObservationRecorder observations;
    private final Comparisons comparisons;
    private final Sweeps sweeps;
    private final Advisor advisor;
    private final AdviceTrials trials;
    private final Tunes tunes;
    private final Scorecards scorecards;
    private volatile @Nullable Scenario lastScenario;
    private volatile @Nullable MemFuseConfig configAtStart;

    /// @param dataFolder keeps recordings and the last comparison of equal arms
    LabGraph(LaunchOptions options, Path dataFolder, Environment environment) {
        tunables = environment.tunables();
        host = environment.host();
        profiles = environment.profiles();
        log = environment.log();
        remote = environment.remote();
        MetricsHub metrics = environment.metrics();
        recordings = recordings(dataFolder);
        LongSupplier limit = () -> options.recorded() ? (long) tunables.get().load().recordingsMib() << MIB_BITS : 0;
        recorder = new Recorder(recordings, limit);
        RecordingTexts texts = new RecordingTexts(Secrets::mask);
        LabRecorder lab = new LabRecorder(recorder, this::serverSettings, this::logSince, texts);
        RecordingContext context = new RecordingContext(this::scenarioOf,
                () -> Optional.ofNullable(configAtStart), this::serverSettings, this::logSince);
        LoadRecorder loadRecorder = new LoadRecorder(recorder, context, texts);
        observations = new ObservationRecorder(recordings, limit, metrics,
                new ObservationRecorder.Surroundings(tunables::get, this::hostProperties, context), texts);
        loads = remote
                .map(server -> EngineLoadService.of(server.system(), tunables, metrics, this::hostProperties,
                        loadRecorder))
                .orElseGet(() -> new EngineLoadService(this::writable, tunables, metrics, this::hostProperties,
                        loadRecorder));
        ServerRestart server = new HostedServerRestart(host, metrics);
        sweeps = new Sweeps(loads, tunables, server, lab::sweep);
        advisor = new Advisor(loads,
                new Advisor.Environment(tunables, metrics, this::writable, this::serverState), lab::advice);
        trials = new AdviceTrials(loads, tunables, this::writable, lab::trial);
        tunes = new Tunes(loads, tunables, this::writable, lab::tuning);
        comparisons = new Comparisons(loads, tunables, server, this::writable,
                new EqualArms(dataFolder.resolve("lab").resolve("equal-arms.csv")), lab);
        scenarios = new ScenarioRunner(loads, tunables, host::network, scenario -> lastScenario = scenario);
        scorecards = new Scorecards(new Scorecards.Environment(this::writable, tunables, metrics, this::arms, loads),
                lab::scorecard);
        // Before the schedules, which change it.
        loads.onRun(run -> configAtStart = run.ended() ? configAtStart : tunables.get());
        loads.onRun(new ChangeSchedule(options.changes(), tunables)::follow);
        loads.onRun(new FaultSchedule(options.faults(), host::network)::follow);
    }

    /// Returns the engine for loads and experiments, which write.
    ///
    /// @throws ReadOnlyException when it only reads
    private Optional<MemoryEngine> writable() {
        Optional<MemoryEngine> engine = host.engine();
        if (engine.filter(MemoryEngine::readOnly).isPresent()) {
            throw new ReadOnlyException();
        }
        return engine;
    }

    /// Returns the scenario of a load as YAML: one load runs at a time.
    private Optional<String> scenarioOf(Workload workload) {
        Scenario last = lastScenario;
        return Optional.of(ScenarioYaml.write(
                last != null && last.workload().equals(workload) ? last : Scenario.of(workload)));
    }

    private Map<String, String> hostProperties() {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("database", remote.map(RemoteServer::description).orElseGet(host::database));
        remote.ifPresent(server -> properties.put("target", server.url()));
        host.network().ifPresent(network -> properties.put("network", network.describe()));
        return properties;
    }

    /// Returns the recordings of a data folder.
    static Recordings recordings(Path dataFolder) {
        return new Recordings(dataFolder.resolve(RECORDINGS));
    }

    /// Returns the recordings of this program.
    Recordings recordings() {
        return recordings;
    }

    ScenarioRunner scenarios() {
        return scenarios;
    }

    LoadService loads() {
        return loads;
    }

    /// Returns the phase of the running load; empty when none runs.
    Optional<LoadRun.Phase> phase() {
        return loads.current().map(run -> run.progress().phase());
    }

    Recorder recorder() {
        return recorder;
    }

    ObservationRecorder observations() {
        return observations;
    }

    ComparisonService comparisons() {
        return comparisons;
    }

    SweepService sweeps() {
        return sweeps;
    }

    AdviceService advice() {
        return advisor;
    }

    TrialService trials() {
        return trials;
    }

    /// Returns settings and counters of the database server; empty when it does not answer. Blocks.
    private Map<String, String> serverSettings() {
        return host.probe().reading().map(ServerReading::settings).orElse(Map.of());
    }

    private List<String> logSince(Instant moment) {
        return log.location().file().map(file -> LogExcerpt.since(file, moment)).orElse(List.of());
    }

    private Optional<ServerState> serverState() {
        return host.probe().reading().map(reading -> new ServerState(reading.settings(), reading.statements(),
                reading.connectionsLeft(), reading.databaseBytes(), reading.blocksHit(), reading.blocksRead(),
                reading.checkpointsTimed(), reading.checkpointsRequested(), reading.walBytes()));
    }

    TuneService tunes() {
        return tunes;
    }

    ScorecardService scorecards() {
        return scorecards;
    }

    /// Makes arms from the profiles and the configuration in force.
    Arms arms() {
        return new Arms(profiles, tunables.get());
    }

    /// Returns the services of the lab for the window.
    Lab services() {
        return new Lab(comparisons, scorecards, sweeps, advisor, trials, tunes, this::arms, recordings,
                observations::record);
    }

    /// Ends experiments and the running load. Blocks, at most about ten seconds.
    @Override
    public void close() {
        comparisons.close();
        sweeps.close();
        advisor.close();
        trials.close();
        tunes.close();
        scorecards.close();
        loads.current().ifPresent(this::stop);
    }

    private void stop(LoadRun run) {
        host.beginShutdown("Ending the load", LOAD_END);
        run.stop();
        try {
            run.result().orTimeout(LOAD_END.toSeconds(), TimeUnit.SECONDS).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof TimeoutException) {
                LOG.warn("Load: run {} did not end within {} s", run.number(), LOAD_END.toSeconds());
                // Ends the removal of the load's users; 'load-data remove' removes the rest.
                run.stop();
            }
        }
    }
}
