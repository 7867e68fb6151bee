package dev.memfuse.cli.command;

import java.util.Map;

import dev.memfuse.cli.terminal.StopOnInterrupt;
import dev.memfuse.cli.terminal.Terminal;
import dev.memfuse.engine.DerivedLayer;
import dev.memfuse.engine.LayerBuild.Scope;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Builds a layer for what was stored while it was off.
@Command(name = "build-layer", description = "Build M1 or M2 for what was stored while the layer was off.",
        exitCodeList = {"0:the layer is complete, or --cost printed its cost",
                "1:the work or a part of it failed, or it was stopped; the next run continues it",
                "2:wrong usage or configuration"})
public final class BuildLayerCommand extends EngineCommand {
    @Parameters(paramLabel = "LAYER", description = "m1 or m2.")
    private DerivedLayer layer = DerivedLayer.M1;

    @Option(names = "--cost",
            description = "Only print the cost: messages, rounds, estimated time and calls of a language model.")
    private boolean costOnly;

    /// @param terminal receives result and progress
    public BuildLayerCommand(ProgramServices services, Terminal terminal) {
        super(services, terminal);
    }

    @Override
    public Integer call() throws InterruptedException {
        return launcher.run(launch.options(Map.of(), Map.of()), this::build);
    }

    private int build(HeadlessSession session, StopOnInterrupt interrupt) throws InterruptedException {
        terminal.step("Database: " + session.database());
        return new LayerBuildFollower(terminal, session.memory().layerBuild(), Scope.MISSING, costOnly).build(layer,
                interrupt);
    }
}
