package dev.memfuse.cli.command;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import dev.memfuse.cli.option.LaunchArguments;
import dev.memfuse.cli.option.StandardOptions;
import dev.memfuse.cli.terminal.ExitCodes;
import dev.memfuse.cli.terminal.StopOnInterrupt;
import dev.memfuse.cli.terminal.Terminal;
import dev.memfuse.engine.DerivedLayer;
import dev.memfuse.engine.LayerBuild;
import dev.memfuse.engine.LayerBuild.Cost;
import dev.memfuse.engine.LayerBuild.State;
import dev.memfuse.engine.LayerBuild.Status;
import dev.memfuse.progress.Progress;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Builds a layer for what was stored while it was off.
@Command(name = "build-layer", description = "Build M1 or M2 for what was stored while the layer was off.",
        exitCodeList = {"0:the layer is complete, or --cost printed its cost",
                "1:the work or a part of it failed, or it was stopped; the next run continues it",
                "2:wrong usage or configuration"})
public final class BuildLayerCommand implements Callable<Integer> {
    private static final long POLL_MILLIS = 200;

    private final Terminal terminal;
    private final EngineLauncher launcher;

    @Mixin
    @SuppressWarnings("UnusedVariable") // picocli reads it
    private final StandardOptions standard = new StandardOptions();

    @Mixin
    private final LaunchArguments launch = new LaunchArguments();

    @Parameters(paramLabel = "LAYER", description = "m1 or m2.")
    private DerivedLayer layer = DerivedLayer.M1;

    @Option(names = "--cost",
            description = "Only print the cost: messages, rounds, estimated time and calls of a language model.")
    private boolean costOnly;

    /// @param terminal receives result and progress
    public BuildLayerCommand(ProgramServices services, Terminal terminal) {
        this.terminal = terminal;
        this.launcher = new EngineLauncher(services, terminal);
    }

    @Override
    public Integer call() throws InterruptedException {
        return launcher.run(launch.options(Map.of(), Map.of()), this::build);
    }

    private int build(HeadlessSession session, StopOnInterrupt interrupt) throws InterruptedException {
        terminal.step("Database: " + session.database());
        LayerBuild job = session.memory().layerBuild();
        Cost cost = job.cost(layer);
        String sentence = cost.sentence(layer);
        if (costOnly) {
            terminal.print(List.of(sentence));
            return ExitCodes.FINE;
        }
        terminal.step(sentence);
        job.start(layer);
        interrupt.stopWith(job::cancel);
        return print(awaitEnd(job));
    }

    private Status awaitEnd(LayerBuild job) throws InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        Status now = job.status();
        while (now.state() == State.RUNNING) {
            terminal.progress(Progress.of("Building " + layer, now.done(), now.total()));
            // A pause that ends at once when the thread is interrupted; the job does not report its end.
            boolean _ = never.await(POLL_MILLIS, TimeUnit.MILLISECONDS);
            now = job.status();
        }
        return now;
    }

    private int print(Status status) {
        terminal.print(List.of(status.sentence(layer)));
        return status.state() == State.DONE && status.failed() == 0 ? ExitCodes.FINE : ExitCodes.FAILED;
    }
}
