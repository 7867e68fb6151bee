package dev.memfuse.cli.command;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import dev.memfuse.cli.option.LaunchArguments;
import dev.memfuse.cli.option.ProgramVersion;
import dev.memfuse.cli.terminal.DistinctLines;
import dev.memfuse.cli.terminal.ExitCodes;
import dev.memfuse.cli.terminal.StopOnInterrupt;
import dev.memfuse.cli.terminal.Terminal;
import dev.memfuse.cli.terminal.WorkProgress;
import dev.memfuse.engine.Reembedding;
import dev.memfuse.engine.Reembedding.State;
import dev.memfuse.engine.Reembedding.Status;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Embeds stored texts again whose vectors are of another model, and shows how far it is.
@Command(name = "reembed", mixinStandardHelpOptions = true, versionProvider = ProgramVersion.class, description = "Embed stored texts again whose vectors are of another model than embedding.model and embedding.context name.", exitCodeListHeading = "%nExit codes:%n", exitCodeList = {
        "0:every vector is of the model", "1:it failed or was stopped; the next run goes on with what is left",
        "2:wrong usage or configuration"})
public final class ReembedCommand implements Callable<Integer> {
    private static final long LOOK_MILLIS = 200;

    private final ProgramServices application;
    private final Terminal terminal;

    @Mixin
    private LaunchArguments launch = new LaunchArguments();

    @Option(names = "--model", paramLabel = "NAME", description = "Embedding model; the same as --set embedding.model=NAME. Set it in the configuration too, or the next start goes back.")
    private @Nullable String model;

    public ReembedCommand(ProgramServices application, Terminal terminal) {
        this.application = application;
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException {
        Map<String, String> settings = new LinkedHashMap<>();
        if (model != null) {
            settings.put("embedding.model", model);
        }
        AtomicReference<@Nullable Reembedding> running = new AtomicReference<>();
        try (StopOnInterrupt interrupt = new StopOnInterrupt(() -> cancel(running.get()));
                HeadlessSession engine = application.start(launch.options(settings), new DistinctLines(terminal))) {
            terminal.step("Database: " + engine.database());
            Reembedding job = engine.reembedding();
            running.set(job);
            job.start();
            if (interrupt.requested()) {
                job.cancel();
            }
            return finish(follow(job));
        }
    }

    private static void cancel(@Nullable Reembedding job) {
        if (job != null) {
            job.cancel();
        }
    }

    private Status follow(Reembedding job) throws InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        try (WorkProgress progress = new WorkProgress(terminal, System::nanoTime)) {
            Status now = job.status();
            while (now.state().active()) {
                progress.at(now.state() == State.COUNTING ? "Counting" : "Embedding", now.done(), now.total());
                // A pause that ends at once when the thread is interrupted; nothing tells of the end of the job.
                boolean _ = never.await(LOOK_MILLIS, TimeUnit.MILLISECONDS);
                now = job.status();
            }
            return now;
        }
    }

    private int finish(Status status) {
        String count = String.format(Locale.ROOT, "%,d of %,d", status.done(), status.total());
        String sentence = switch (status.state()) {
            case DONE -> "Every vector is of " + status.model() + "; " + count + " texts were embedded.";
            case FAILED -> "Stopped after " + count + " texts: " + status.problem();
            default -> "Stopped after " + count + " texts; the next run goes on with the rest.";
        };
        terminal.print(List.of(sentence));
        return status.state() == State.DONE ? ExitCodes.FINE : ExitCodes.FAILED;
    }
}
