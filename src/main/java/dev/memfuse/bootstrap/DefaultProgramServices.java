package dev.memfuse.bootstrap;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

import dev.memfuse.bench.BenchTask;
import dev.memfuse.bench.suite.BenchSuite;
import dev.memfuse.cli.command.HeadlessSession;
import dev.memfuse.cli.command.ProgramServices;
import dev.memfuse.cli.option.LaunchOptions;
import dev.memfuse.config.profile.ConfigProfiles;
import dev.memfuse.config.section.LogLevel;
import dev.memfuse.console.ConsoleLauncher;
import dev.memfuse.engine.MemoryEngine;
import dev.memfuse.engine.Reembedding;
import dev.memfuse.engine.exception.EngineException;
import dev.memfuse.engine.host.EngineState;
import dev.memfuse.lab.retrieval.RetrievalMeasurement;
import dev.memfuse.load.LoadRun;
import dev.memfuse.load.LoadService;
import dev.memfuse.load.Workload;
import dev.memfuse.load.report.LoadReport;
import dev.memfuse.log.LogLocation;
import dev.memfuse.log.ProgramLog;

/// The program behind the commands.
public final class DefaultProgramServices implements ProgramServices {
    private static final String LIVE = "live";
    private static final double SHARE_BEFORE_LIVE_PICTURES = 0.6;
    private static final long LINE_SECONDS = 5;
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final ProgramLog log;

    /// @param log collects the lines since the start of the program
    public DefaultProgramServices(ProgramLog log) {
        this.log = log;
    }

    @Override
    public LogLocation openLog(Optional<Path> dataDir, Optional<LogLevel> level, List<String> arguments) {
        return LogFolder.open(log, dataDir, level.orElse(LogLevel.INFO), arguments);
    }

    @Override
    public boolean displayAvailable() {
        return ConsoleLauncher.displayAvailable() && DisplayProbe.opens();
    }

    @Override
    public int openWindow(LaunchOptions options) {
        try (AppGraph graph = open(options)) {
            graph.host().start();
            ConsoleLauncher.openAndWait(graph.console());
            return 0;
        }
    }

    @Override
    public LoadReport runHeadless(LaunchOptions options, Workload workload, Path out, Consumer<String> steps)
            throws InterruptedException {
        try (AppGraph graph = open(options);
                ConsoleLauncher window = ConsoleLauncher.headless(graph.pictureConsole())) {
            awaitReady(graph, steps);
            steps.accept("Database: " + graph.host().database());
            window.showPage(LIVE);
            LoadRun run = graph.loads().start(workload);
            awaitShare(run, SHARE_BEFORE_LIVE_PICTURES, steps);
            List<Path> files = new ArrayList<>(window.savePictures(out, LIVE::equals));
            awaitShare(run, 1, steps);
            run.result().join();
            files.addAll(window.savePictures(out, page -> !page.equals(LIVE)));
            files.forEach(file -> steps.accept("Saved " + file));
            return LoadReport.of(run);
        }
    }

    /// The Live page is worth a picture while it moves, and once it has something to show.
    private static void awaitShare(LoadRun run, double share, Consumer<String> steps) {
        LoadRun.Progress now = run.progress();
        while (!run.result().isDone() && now.elapsed().toNanos() < share * now.total().toNanos()) {
            steps.accept(line(now));
            LockSupport.parkNanos(LOOK_NANOS);
            now = run.progress();
        }
    }

    /// The same text for five seconds, which the terminal then shows once.
    private static String line(LoadRun.Progress now) {
        long begun = now.elapsed().toSeconds() / LINE_SECONDS * LINE_SECONDS;
        return "Load: " + now.phase().name().toLowerCase(Locale.ROOT) + ", " + begun + " of " + now.total().toSeconds()
                + " s";
    }

    @Override
    public HeadlessSession start(LaunchOptions options, Consumer<String> steps) throws InterruptedException {
        AppGraph graph = open(options);
        try {
            awaitReady(graph, steps);
            return new Hosted(graph);
        } catch (RuntimeException | InterruptedException e) {
            graph.close();
            throw e;
        }
    }

    @Override
    public ConfigProfiles profiles(LaunchOptions options) {
        return AppGraph.profiles(options);
    }

    /// A graph that is closed by a signal too: what is buffered is stored before the process ends.
    private AppGraph open(LaunchOptions options) {
        AppGraph graph = new AppGraph(options, log);
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("engine-shutdown").unstarted(graph::close));
        return graph;
    }

    static void awaitReady(AppGraph graph, Consumer<String> steps) throws InterruptedException {
        CompletableFuture<Void> ready = new CompletableFuture<>();
        graph.host().onState(state -> {
            switch (state) {
                case EngineState.Starting starting -> steps.accept(starting.step());
                case EngineState.Ready _ -> ready.complete(null);
                case EngineState.Failed failed -> ready.completeExceptionally(
                        new EngineException(sentence(failed, graph.log().location())));
                case EngineState.Stopping stopping -> steps.accept(stopping.description());
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

    /// The last line of a command whose engine did not start.
    private static String sentence(EngineState.Failed failed, LogLocation log) {
        String sentence = failed.problem() + " " + failed.advice();
        return sentence.contains(log.hint()) ? sentence : sentence + " " + log.hint();
    }

    private record Hosted(AppGraph graph) implements HeadlessSession {
        @Override
        public String database() {
            return graph.host().database();
        }

        @Override
        public MemoryEngine memory() {
            return graph.host().engine().orElseThrow();
        }

        @Override
        public LoadService loads() {
            return graph.loads();
        }

        @Override
        public BenchTask bench() {
            BenchSuite suite = new BenchSuite(new GraphBenchTarget(graph));
            graph.beforeClose(suite::stopAndAwait);
            return suite;
        }

        @Override
        public RetrievalMeasurement retrieval() {
            return graph.retrieval();
        }

        @Override
        public Reembedding reembedding() {
            return graph.host().engine().orElseThrow().reembedding();
        }

        @Override
        public void close() {
            graph.close();
        }
    }
}
