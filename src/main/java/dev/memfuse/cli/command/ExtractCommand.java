package dev.memfuse.cli.command;

import java.util.List;
import java.util.Map;

import dev.memfuse.cli.terminal.ExitCodes;
import dev.memfuse.cli.terminal.StopOnInterrupt;
import dev.memfuse.cli.terminal.Terminal;
import dev.memfuse.engine.DerivedLayer;
import dev.memfuse.engine.LayerBuild.Scope;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Builds layers again that rules built.
@Command(name = "extract", description = "Build M1 and M2 again for rounds whose layers rules built, for instance "
        + "while the language model did not answer.",
        exitCodeList = {"0:the layers are built, or --cost printed the cost",
                "1:the work or a part of it failed, or it was stopped; the next run continues it",
                "2:wrong usage or configuration"})
public final class ExtractCommand extends EngineCommand {
    /// Builder of the layers to build again.
    enum Maker {
        RULES
    }

    @Option(names = "--again", required = true,
            description = "Build layers that exist. Facts of a round are missing until it is extracted again.")
    @SuppressWarnings("UnusedVariable") // picocli requires it
    private boolean again;

    @Option(names = "--made-by", required = true, paramLabel = "MAKER",
            description = "Builder of the layers to build again: rules. Layers that were built by versions that did "
                    + "not note the builder count too.")
    private Maker maker = Maker.RULES;

    @Option(names = "--cost",
            description = "Only print the cost: messages, rounds, estimated time, calls of a language model and their "
                    + "price.")
    private boolean costOnly;

    @Parameters(paramLabel = "LAYER", arity = "0..*", description = "m1 or m2; both by default.")
    private List<DerivedLayer> layers = List.of(DerivedLayer.values());

    /// @param terminal receives result and progress
    public ExtractCommand(ProgramServices services, Terminal terminal) {
        super(services, terminal);
    }

    @Override
    public Integer call() throws InterruptedException {
        return launcher.run(launch.options(Map.of(), Map.of()), this::extract);
    }

    private int extract(HeadlessSession session, StopOnInterrupt interrupt) throws InterruptedException {
        terminal.step("Database: " + session.database());
        Scope scope = switch (maker) {
            case RULES -> Scope.MADE_BY_RULES;
        };
        int worst = ExitCodes.FINE;
        for (DerivedLayer layer : layers) {
            int code = interrupt.requested()
                    ? ExitCodes.FAILED
                    : new LayerBuildFollower(terminal, session.memory().layerBuild(), scope, costOnly).build(layer,
                            interrupt);
            worst = Math.max(worst, code);
        }
        return worst;
    }
}
