package dev.memfuse.cli;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

import dev.memfuse.bench.BenchReport;
import dev.memfuse.bench.BenchTask;
import dev.memfuse.cli.command.HeadlessSession;
import dev.memfuse.cli.command.ProgramServices;
import dev.memfuse.cli.option.LaunchOptions;
import dev.memfuse.config.MemFuseConfig;
import dev.memfuse.config.profile.ConfigProfiles;
import dev.memfuse.config.section.LogLevel;
import dev.memfuse.config.yaml.ConfigLoader;
import dev.memfuse.console.FakePlans;
import dev.memfuse.engine.MemoryEngine;
import dev.memfuse.engine.Reembedding;
import dev.memfuse.engine.host.DatabaseReport;
import dev.memfuse.engine.host.DistributionReport;
import dev.memfuse.engine.plan.StatementPlans;
import dev.memfuse.lab.advice.run.AdviceService;
import dev.memfuse.lab.advice.run.AdviceTrials;
import dev.memfuse.lab.advice.run.Advisor;
import dev.memfuse.lab.advice.run.TrialService;
import dev.memfuse.lab.advice.run.TrialSink;
import dev.memfuse.lab.compare.ComparisonService;
import dev.memfuse.lab.compare.Comparisons;
import dev.memfuse.lab.compare.EqualArms;
import dev.memfuse.lab.layers.LayersMeasurement;
import dev.memfuse.lab.retrieval.MeasurementContext;
import dev.memfuse.lab.retrieval.RetrievalMeasurement;
import dev.memfuse.lab.scenario.ScenarioRunner;
import dev.memfuse.lab.scorecard.ScorecardService;
import dev.memfuse.lab.sweep.SweepService;
import dev.memfuse.lab.sweep.Sweeps;
import dev.memfuse.lab.trial.Arms;
import dev.memfuse.lab.tune.TuneService;
import dev.memfuse.lab.tune.Tunes;
import dev.memfuse.load.LoadRun;
import dev.memfuse.load.LoadService;
import dev.memfuse.load.Workload;
import dev.memfuse.load.recording.Manifest;
import dev.memfuse.load.recording.Recorder;
import dev.memfuse.load.recording.RecordingException;
import dev.memfuse.load.recording.Recordings;
import dev.memfuse.load.report.LoadReport;
import dev.memfuse.load.run.FakeEngine;
import dev.memfuse.load.run.Loads;
import dev.memfuse.log.LogLocation;
import dev.memfuse.metrics.ExtractionStats;
import dev.memfuse.progress.Progress;
import dev.memfuse.server.HttpServer;
import dev.memfuse.server.ServerSettings;
import dev.memfuse.server.local.LocalAddress;
import dev.memfuse.server.local.LocalClient;
import dev.memfuse.store.TestFolders;
import org.jspecify.annotations.Nullable;

/// Services of the commands with an engine in memory.
final class FakeProgramServices implements ProgramServices, AutoCloseable {
    final Loads loads = new Loads();
    Recordings recordings = new Recordings(Path.of("no-recordings"));
    Recorder recorder = new Recorder(recordings, () -> 0);
    final FakeEngine memory = new FakeEngine();
    final List<String> events = new ArrayList<>();
    DatabaseReport databaseReport = new DatabaseReport(true, true, "ready", List.of(), List.of());
    DistributionReport distribution = new DistributionReport(List.of("SELECT 1"), List.of(), 15);
    Optional<String> windowProblem = Optional.empty();
    final List<List<String>> logged = new ArrayList<>();
    Optional<LogLevel> logLevel = Optional.empty();
    LogLocation log = LogLocation.at(Path.of("/data/logs/memfuse.log"));
    int windowExit;
    @Nullable
    RuntimeException windowFailure;
    int starts;
    /// Runs after a start that fails.
    Runnable afterFailure = () -> {};
    /// What each look for a running program finds.
    Iterator<Optional<LocalClient>> running = Collections.emptyIterator();
    @Nullable
    RuntimeException startFailure;
    @Nullable
    Error startError;
    @Nullable
    LaunchOptions launched;
    BenchTask.@Nullable Options benched;
    final FakeReembedding reembedding = new FakeReembedding();
    @Nullable
    Workload headlessWorkload;

    @Override
    public LogLocation openLog(Optional<Path> dataDir, Optional<LogLevel> level, List<String> arguments) {
        logged.add(arguments);
        logLevel = level;
        return log;
    }

    @Override
    public Optional<String> windowProblem() {
        return windowProblem;
    }

    @Override
    public int openWindow(LaunchOptions options) {
        launched = options;
        events.add("window");
        RuntimeException failure = windowFailure;
        if (failure != null) {
            throw failure;
        }
        return windowExit;
    }

    @Override
    public LoadReport runHeadless(LaunchOptions options, Workload workload, Path out, Consumer<Progress> progress) {
        events.add("headless");
        headlessWorkload = workload;
        LoadRun run = loads.service
                .start(Loads.closed(1, Loads.QUERIES, Duration.ZERO, Duration.ofMillis(50)));
        Loads.result(run);
        return LoadReport.of(run);
    }

    @Override
    public HeadlessSession start(LaunchOptions options, Consumer<Progress> progress) {
        launched = options;
        starts++;
        RuntimeException failure = startFailure;
        if (failure != null) {
            afterFailure.run();
            throw failure;
        }
        if (startError != null) {
            throw startError;
        }
        return new HeadlessSession() {
            @Override
            public Manifest observe() {
                throw new RecordingException("Nothing was measured.");
            }

            @Override
            public HttpServer serve(ServerSettings settings) {
                throw new UnsupportedOperationException();
            }

            @Override
            public LocalAddress publish() {
                throw new UnsupportedOperationException();
            }

            @Override
            public String database() {
                return "in memory";
            }

            @Override
            public MemoryEngine memory() {
                return memory;
            }

            @Override
            public LoadService loads() {
                return loads.service;
            }

            @Override
            public ScenarioRunner scenarios() {
                return new ScenarioRunner(loads.service, loads.tunables, Optional::empty);
            }

            @Override
            public Optional<Recorder.Outcome> recorded() {
                return recorder.last();
            }

            @Override
            public ComparisonService comparisons() {
                return new Comparisons(loads.service, loads.tunables, () -> Optional.of(memory),
                        new EqualArms(TestFolders.create().resolve("equal-arms.csv")));
            }

            @Override
            public SweepService sweeps() {
                return new Sweeps(loads.service, loads.tunables);
            }

            @Override
            public AdviceService advice() {
                return new Advisor(loads.service, new Advisor.Environment(loads.tunables, loads.hub,
                        () -> Optional.of(memory), Optional::empty));
            }

            @Override
            public TrialService trials() {
                return new AdviceTrials(loads.service, loads.tunables, () -> Optional.of(memory), TrialSink.NONE);
            }

            @Override
            public TuneService tunes() {
                return new Tunes(loads.service, loads.tunables, () -> Optional.of(memory));
            }

            @Override
            public ScorecardService scorecards() {
                throw new UnsupportedOperationException();
            }

            @Override
            public BenchTask bench() {
                return new BenchTask() {
                    @Override
                    public BenchReport run(Options options, Consumer<Progress> progress) {
                        benched = options;
                        progress.accept(Progress.ofShare("Preparing", 0));
                        progress.accept(Progress.ofShare("add with 1 connection", 0.5));
                        return Reports.sample();
                    }

                    @Override
                    public void stop() {
                        events.add("bench stopped");
                    }
                };
            }

            @Override
            public LayersMeasurement layers() {
                return new LayersMeasurement(loads.engine, new ExtractionStats(),
                        () -> new ConfigLoader().load().llm(), Map.of());
            }

            @Override
            public RetrievalMeasurement retrieval() {
                return new RetrievalMeasurement(loads.engine, new MeasurementContext(() -> 0, () -> 0,
                        Map.of("embedding_model", "hand@1"), _ -> {}));
            }

            @Override
            public Reembedding reembedding() {
                return reembedding;
            }

            @Override
            public StatementPlans plans() {
                return new FakePlans();
            }

            @Override
            public void close() {
                events.add("closed");
            }
        };
    }

    @Override
    public Arms arms(LaunchOptions options) {
        return new Arms(profiles(options), loads.tunables.get());
    }

    @Override
    public Path dataFolder(Optional<Path> dataDir) {
        return dataDir.orElse(Path.of("no-data-folder"));
    }

    @Override
    public Recordings recordings(Optional<Path> dataDir) {
        return recordings;
    }

    @Override
    public List<StatementPlans.Call> explainable() {
        return new FakePlans().calls();
    }

    @Override
    public DatabaseReport checkDatabase(LaunchOptions options, Consumer<Progress> progress) {
        return databaseReport;
    }

    @Override
    public DistributionReport distribute(LaunchOptions options, boolean dryRun, Consumer<Progress> progress) {
        launched = options;
        events.add(dryRun ? "dry run" : "distribute");
        return distribution;
    }

    @Override
    public HeadlessSession connect(LaunchOptions options, URI target) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<LocalClient> running(LaunchOptions options) {
        return running.hasNext() ? running.next() : Optional.empty();
    }

    @Override
    public ConfigProfiles profiles(LaunchOptions options) {
        return new ConfigProfiles() {
            @Override
            public void rename(String name, String newName) {
                throw new UnsupportedOperationException();
            }

            @Override
            public void delete(String name) {
                throw new UnsupportedOperationException();
            }

            @Override
            public List<Profile> list() {
                return List.of(new Profile("legacy", "The plan's before.", true),
                        new Profile("mine", "My own.", false));
            }

            @Override
            public MemFuseConfig load(String name) {
                throw new UnsupportedOperationException();
            }

            @Override
            public Path save(String name, MemFuseConfig config) {
                throw new UnsupportedOperationException();
            }
        };
    }

    @Override
    public void close() {
        loads.close();
    }
}
