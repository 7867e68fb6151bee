package dev.memfuse.cli.command;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import dev.memfuse.cli.option.LaunchArguments;
import dev.memfuse.cli.option.LaunchOptions;
import dev.memfuse.cli.option.StandardOptions;
import dev.memfuse.cli.terminal.ExitCodes;
import dev.memfuse.cli.terminal.StopOnInterrupt;
import dev.memfuse.cli.terminal.Terminal;
import dev.memfuse.engine.Reembedding;
import dev.memfuse.engine.Reembedding.State;
import dev.memfuse.engine.Reembedding.Status;
import dev.memfuse.progress.Progress;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Embeds stored texts again when their vectors are from another embedding model.
@Command(name = "reembed", description = "Embed stored texts again when their vectors are from another model or "
        + "context than embedding.model and embedding.context.",
        exitCodeList = {"0:every vector is from the model",
                "1:the work failed or was stopped; the next run continues it", "2:wrong usage or configuration"})
public final class ReembedCommand implements Callable<Integer> {
    private static final long POLL_MILLIS = 200;

    private final Terminal terminal;
    private final EngineLauncher launcher;

    @Mixin
    @SuppressWarnings("UnusedVariable") // picocli reads it
    private final StandardOptions standard = new StandardOptions();

    @Mixin
    private final LaunchArguments launch = new LaunchArguments();

    @Option(names = "--model", paramLabel = "NAME",
            description = "Embedding model; the same as --set embedding.model=NAME. Set it in the configuration too: "
                    + "otherwise the next start uses the previous model.")
    private @Nullable String model;

    /// @param terminal receives result and progress
    public ReembedCommand(ProgramServices services, Terminal terminal) {
        this.terminal = terminal;
        this.launcher = new EngineLauncher(services, terminal);
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
        return print(awaitEnd(job));
    }

    private Status awaitEnd(Reembedding job) throws InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        Status now = job.status();
        while (now.state().active()) {
            terminal.progress(now.state() == State.COUNTING
                    ? Progress.of("Counting", now.done(), 0)
                    : Progress.of("Embedding", now.done(), now.total()));
            // A pause that ends at once when the thread is interrupted; the job does not report its end.
            boolean _ = never.await(POLL_MILLIS, TimeUnit.MILLISECONDS);
            now = job.status();
        }
        return now;
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
