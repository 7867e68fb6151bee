package dev.memfuse.cli.command;

import java.util.List;
import java.util.Locale;
import java.util.Map;

import dev.memfuse.cli.option.LaunchOptions;
import dev.memfuse.cli.terminal.ExitCodes;
import dev.memfuse.cli.terminal.Follower;
import dev.memfuse.cli.terminal.StopOnInterrupt;
import dev.memfuse.cli.terminal.Terminal;
import dev.memfuse.engine.Reembedding;
import dev.memfuse.engine.Reembedding.State;
import dev.memfuse.engine.Reembedding.Status;
import dev.memfuse.progress.Progress;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Embeds stored texts again when their vectors are from another embedding model.
@Command(name = "reembed", description = "Embed stored texts again when their vectors are from another model or "
        + "context than embedding.model and embedding.context.",
        exitCodeList = {"0:every vector is from the model",
                "1:the work failed or was stopped; the next run continues it", "2:wrong usage or configuration"})
public final class ReembedCommand extends EngineCommand {
    @Option(names = "--model", paramLabel = "NAME",
            description = "Embedding model; the same as --set embedding.model=NAME. Set it in the configuration too: "
                    + "otherwise the next start uses the previous model.")
    private @Nullable String model;

    /// @param terminal receives result and progress
    public ReembedCommand(ProgramServices services, Terminal terminal) {
        super(services, terminal);
    }

    @Override
    public Integer call() throws InterruptedException {
        LaunchOptions options = launch.options(Map.of(), model == null ? Map.of() : Map.of("embedding.model", model));
        return launcher.run(options, this::reembed);
    }

    private int reembed(HeadlessSession session, StopOnInterrupt interrupt) throws InterruptedException {
        terminal.step("Database: " + session.database());
        Reembedding job = session.reembedding();
        job.start();
        interrupt.stopWith(job::cancel);
        return print(new Follower(terminal).poll(job::status, now -> now.state().active(),
                now -> now.state() == State.COUNTING
                        ? Progress.of("Counting", now.done(), 0)
                        : Progress.of("Embedding", now.done(), now.total())));
    }

    private int print(Status status) {
        String count = String.format(Locale.ROOT, "%,d of %,d", status.done(), status.total());
        String sentence = switch (status.state()) {
            case DONE -> "Every vector is from " + status.model() + "; " + count + " texts were embedded.";
            case FAILED -> "Stopped after " + count + " texts: " + status.problem();
            default -> "Stopped after " + count + " texts; the next run continues with the rest.";
        };
        terminal.print(List.of(sentence));
        return status.state() == State.DONE ? ExitCodes.FINE : ExitCodes.FAILED;
    }
}
