package dev.memfuse.bootstrap;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

import dev.memfuse.cli.Application;
import dev.memfuse.cli.BenchTask;
import dev.memfuse.cli.HostedEngine;
import dev.memfuse.cli.LaunchOptions;
import dev.memfuse.config.ConfigProfiles;
import dev.memfuse.console.ConsoleLauncher;
import dev.memfuse.engine.EngineException;
import dev.memfuse.engine.EngineState;
import dev.memfuse.load.LoadRun;
import dev.memfuse.load.LoadService;
import dev.memfuse.load.Workload;
import dev.memfuse.load.report.LoadReport;

/// The program behind the commands.
public final class BootApplication implements Application {
    private static final String LIVE = "live";
    private static final double SHARE_BEFORE_LIVE_PICTURES = 0.6;
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

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
        try (AppGraph graph = open(options); ConsoleLauncher window = ConsoleLauncher.headless(graph.console())) {
            awaitReady(graph, steps);
            window.showPage(LIVE);
            LoadRun run = graph.loads().start(workload);
            awaitShare(run, SHARE_BEFORE_LIVE_PICTURES);
            List<Path> files = new ArrayList<>(window.savePictures(out, LIVE::equals));
            run.result().join();
            files.addAll(window.savePictures(out, page -> !page.equals(LIVE)));
            files.forEach(file -> steps.accept("Saved " + file));
            return LoadReport.of(run);
        }
    }

    /// The Live page is worth a picture while it moves, and once it has something to show.
    private static void awaitShare(LoadRun run, double share) {
        while (!run.result().isDone()
                && run.progress().elapsed().toNanos() < share * run.progress().total().toNanos()) {
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    @Override
    public HostedEngine start(LaunchOptions options, Consumer<String> steps) throws InterruptedException {
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
    private static AppGraph open(LaunchOptions options) {
        AppGraph graph = new AppGraph(options);
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("engine-shutdown").unstarted(graph::close));
        return graph;
    }

    private static void awaitReady(AppGraph graph, Consumer<String> steps) throws InterruptedException {
        CompletableFuture<Void> ready = new CompletableFuture<>();
        graph.host().onState(state -> {
            switch (state) {
                case EngineState.Starting starting -> steps.accept(starting.step());
                case EngineState.Ready _ -> ready.complete(null);
                case EngineState.Failed failed -> ready.completeExceptionally(
                        new EngineException(failed.problem() + " " + failed.advice()));
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

    private record Hosted(AppGraph graph) implements HostedEngine {
        @Override
        public String database() {
            return graph.host().database();
        }

        @Override
        public LoadService loads() {
            return graph.loads();
        }

        @Override
        public BenchTask bench() {
            return new AddBench(graph);
        }

        @Override
        public void close() {
            graph.close();
        }
    }
}
