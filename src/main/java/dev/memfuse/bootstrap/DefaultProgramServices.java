package dev.memfuse.bootstrap;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;

import dev.memfuse.bench.BenchTask;
import dev.memfuse.bench.suite.BenchSuite;
import dev.memfuse.cli.command.HeadlessSession;
import dev.memfuse.cli.command.ProgramServices;
import dev.memfuse.cli.option.LaunchOptions;
import dev.memfuse.cli.terminal.LoadProgress;
import dev.memfuse.config.profile.ConfigProfiles;
import dev.memfuse.config.section.LogLevel;
import dev.memfuse.config.section.PostgresConfig;
import dev.memfuse.console.ConsoleLauncher;
import dev.memfuse.engine.MemoryEngine;
import dev.memfuse.engine.Reembedding;
import dev.memfuse.engine.exception.EngineException;
import dev.memfuse.engine.exception.ReadOnlyException;
import dev.memfuse.engine.host.DatabaseChoice;
import dev.memfuse.engine.host.DatabaseReport;
import dev.memfuse.engine.host.DistributionReport;
import dev.memfuse.engine.host.EngineInUseException;
import dev.memfuse.engine.host.EngineState;
import dev.memfuse.engine.plan.StatementPlans;
import dev.memfuse.lab.advice.run.AdviceService;
import dev.memfuse.lab.advice.run.TrialService;
import dev.memfuse.lab.compare.ComparisonService;
import dev.memfuse.lab.layers.LayersMeasurement;
import dev.memfuse.lab.retrieval.RetrievalMeasurement;
import dev.memfuse.lab.scenario.ScenarioRunner;
import dev.memfuse.lab.scorecard.ScorecardService;
import dev.memfuse.lab.sweep.SweepService;
import dev.memfuse.lab.trial.Arms;
import dev.memfuse.lab.tune.TuneService;
import dev.memfuse.load.LoadRun;
import dev.memfuse.load.LoadService;
import dev.memfuse.load.Workload;
import dev.memfuse.load.recording.Manifest;
import dev.memfuse.load.recording.Recorder;
import dev.memfuse.load.recording.Recordings;
import dev.memfuse.load.report.LoadReport;
import dev.memfuse.log.LogLocation;
import dev.memfuse.log.ProgramLog;
import dev.memfuse.postgres.embedded.DataDirectories;
import dev.memfuse.postgres.probe.Credentials;
import dev.memfuse.progress.Progress;
import dev.memfuse.server.HttpServer;
import dev.memfuse.server.ServerSettings;
import dev.memfuse.server.local.LocalAddress;
import dev.memfuse.server.local.LocalClient;
import dev.memfuse.store.Distribution;
import dev.memfuse.store.plan.PgStatementPlans;

/// Implements the services of the commands, each with an [AppGraph] of its own. Closes the graph also on a signal
/// that ends the process.
public final class DefaultProgramServices implements ProgramServices {
    private static final String LIVE = "live";
    private static final double SHARE_BEFORE_LIVE_PICTURES = 0.6;

    private final ProgramLog log;
    private final SignalExit exit = new SignalExit();

    /// @param log collects the lines since the start of the program
    public DefaultProgramServices(ProgramLog log) {
        this.log = log;
    }

    @Override
    public LogLocation openLog(Optional<Path> dataDir, Optional<LogLevel> level, List<String> arguments) {
        return LogFolder.open(log, dataDir, level.orElse(LogLevel.INFO), arguments);
    }

    @Override
    public Optional<String> windowProblem() {
        return DisplayProbe.windowProblem();
    }

    @Override
    public int openWindow(LaunchOptions options) {
        return new ProgramWindow(this::open, log).show(options);
    }

    @Override
    public LoadReport runHeadless(LaunchOptions options, Workload workload, Path out, Consumer<Progress> progress)
            throws InterruptedException {
        ConsoleLauncher.keepLibrariesIn(AppGraph.libraries(options));
        try (AppGraph graph = open(options);
                ConsoleLauncher window = ConsoleLauncher.headless(graph.pictureConsole())) {
            awaitReady(graph, progress);
            progress.accept(Progress.of("Database: " + graph.host().database()));
            window.showPage(LIVE);
            LoadRun run = graph.lab().loads().start(workload);
            // A picture of the Live page shows most while the load runs and has filled the charts.
            LoadWait.untilShare(run, SHARE_BEFORE_LIVE_PICTURES, progress);
            List<Path> files = new ArrayList<>(window.savePictures(out, LIVE::equals));
            LoadWait.untilShare(run, 1, progress);
            run.result().join();
            progress.accept(LoadProgress.of(run));
            files.addAll(window.savePictures(out, page -> !page.equals(LIVE)));
            files.forEach(file -> progress.accept(Progress.of("Saved " + file)));
            return LoadReport.of(run);
        }
    }

    @Override
    public List<StatementPlans.Call> explainable() {
        return PgStatementPlans.known();
    }

    @Override
    public DatabaseReport checkDatabase(LaunchOptions options, Consumer<Progress> progress)
            throws InterruptedException {
        try (AppGraph graph = open(options)) {
            String url = graph.tunables().get().postgres().url();
            if (url.isBlank()) {
                awaitReady(graph, progress);
            }
            return graph.host().probe().test(new DatabaseChoice(url, graph.host().readOnly()));
        }
    }

    @Override
    public DistributionReport distribute(LaunchOptions options, boolean dryRun, Consumer<Progress> progress) {
        PostgresConfig postgres = LaunchConfiguration.of(options, profiles(options)).postgres();
        String url = postgres.url();
        if (postgres.readOnly() && !dryRun) {
            throw new ReadOnlyException();
        }
        if (url.isBlank()) {
            throw new EngineException("The embedded server is no cluster. Name the coordinator with --db.");
        }
        Distribution.Outcome outcome = Distribution.run(Credentials.fromEnvironment().at(url), dryRun,
                statement -> progress.accept(Progress.of(statement)));
        return new DistributionReport(outcome.statements(), outcome.problems(), outcome.verified());
    }

    @Override
    public HeadlessSession start(LaunchOptions options, Consumer<Progress> progress) throws InterruptedException {
        AppGraph graph = open(options);
        try {
            awaitReady(graph, progress);
            return new GraphSession(graph);
        } catch (Throwable e) {
            graph.close();
            throw e;
        }
    }

    @Override
    public HeadlessSession connect(LaunchOptions options, URI target) {
        RemoteServer server = RemoteServer.connect(target);
        boolean connected = false;
        try {
            AppGraph graph = AppGraph.onServer(options, log, server);
            exit.closes(graph::close);
            connected = true;
            return new GraphSession(graph);
        } finally {
            if (!connected) {
                server.close();
            }
        }
    }

    @Override
    public Optional<LocalClient> running(LaunchOptions options) throws InterruptedException {
        Optional<LocalClient> found = options.ephemeral()
                ? Optional.empty()
                : LocalEndpoint.find(AppGraph.dataFolder(options.dataDir())).map(LocalClient::new);
        return found.isPresent() && found.get().answers() ? found : Optional.empty();
    }

    @Override
    public ConfigProfiles profiles(LaunchOptions options) {
        return AppGraph.profiles(options);
    }

    @Override
    public Arms arms(LaunchOptions options) {
        ConfigProfiles profiles = profiles(options);
        return new Arms(profiles, LaunchConfiguration.of(options, profiles));
    }

    @Override
    public Path dataFolder(Optional<Path> dataDir) throws IOException {
        Path folder = AppGraph.dataFolder(dataDir);
        DataDirectories.create(folder);
        return folder;
    }

    @Override
    public Recordings recordings(Optional<Path> dataDir) {
        return AppGraph.recordings(dataDir);
    }

    /// Opens a graph that is also closed on a signal, so that buffered messages are stored before the process ends.
    private AppGraph open(LaunchOptions options) {
        AppGraph graph = new AppGraph(options, log);
        exit.closes(graph::close);
        return graph;
    }

    /// Starts the engine of a graph; blocks until it is ready.
    ///
    /// @param progress receives each step of start and shutdown, on any thread
    /// @throws EngineException when the engine does not start
    static void awaitReady(AppGraph graph, Consumer<Progress> progress) throws InterruptedException {
        CompletableFuture<Void> ready = new CompletableFuture<>();
        graph.host().onState(state -> {
            switch (state) {
                case EngineState.Starting starting ->
                    progress.accept(Progress.ofShare(starting.step(), starting.progress()));
                case EngineState.Ready _ -> ready.complete(null);
                case EngineState.Failed failed -> ready.completeExceptionally(failure(failed, graph.log().location()));
                case EngineState.Stopping stopping -> progress.accept(Progress.of(stopping.description()));
                case EngineState.Stopped _ -> ready.completeExceptionally(new EngineException("The engine stopped."));
            }
        });
        graph.host().start();
        try {
            ready.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof EngineException cause ? cause : new IllegalStateException(e.getCause());
        }
    }

    private static EngineException failure(EngineState.Failed failed, LogLocation log) {
        String sentence = sentence(failed, log);
        return failed.usedBy().isPresent()
                ? new EngineInUseException(sentence, failed.usedBy().getAsLong())
                : new EngineException(sentence);
    }

    /// Returns the last line of a command whose engine did not start.
    private static String sentence(EngineState.Failed failed, LogLocation log) {
        String sentence = failed.problem() + " " + failed.advice();
        return sentence.contains(log.hint()) ? sentence : sentence + " " + log.hint();
    }

    /// The engine of a graph, for commands without a window.
    private record GraphSession(AppGraph graph) implements HeadlessSession {
        @Override
        public String database() {
            return graph.database();
        }

        @Override
        public MemoryEngine memory() {
            return graph.host().engine().orElseThrow();
        }

        @Override
        public Optional<Recorder.Outcome> recorded() {
            return graph.lab().recorder().last();
        }

        @Override
        public Manifest observe() {
            return graph.lab().observations().recordAll();
        }

        @Override
        public ComparisonService comparisons() {
            return graph.lab().comparisons();
        }

        @Override
        public SweepService sweeps() {
            return graph.lab().sweeps();
        }

        @Override
        public AdviceService advice() {
            return graph.lab().advice();
        }

        @Override
        public TrialService trials() {
            return graph.lab().trials();
        }

        @Override
        public TuneService tunes() {
            return graph.lab().tunes();
        }

        @Override
        public ScorecardService scorecards() {
            return graph.lab().scorecards();
        }

        @Override
        public LoadService loads() {
            return graph.lab().loads();
        }

        @Override
        public ScenarioRunner scenarios() {
            return graph.lab().scenarios();
        }

        @Override
        public BenchTask bench() {
            if (graph.host().readOnly()) {
                throw new ReadOnlyException();
            }
            BenchSuite suite = new BenchSuite(new GraphBenchTarget(graph));
            graph.beforeClose(suite::stopAndAwait);
            return suite;
        }

        @Override
        public RetrievalMeasurement retrieval() {
            return graph.retrieval();
        }

        @Override
        public LayersMeasurement layers() {
            return graph.layers();
        }

        @Override
        public Reembedding reembedding() {
            return graph.host().engine().orElseThrow().reembedding();
        }

        @Override
        public StatementPlans plans() {
            return graph.host().plans();
        }

        @Override
        public HttpServer serve(ServerSettings settings) {
            return graph.serverControl().start(settings);
        }

        @Override
        public LocalAddress publish() {
            return graph.publish();
        }

        @Override
        public void close() {
            graph.close();
        }
    }
}
