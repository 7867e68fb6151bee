package dev.memfuse.cli.command;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import dev.memfuse.cli.option.DurationConverter;
import dev.memfuse.cli.option.JsonOutput;
import dev.memfuse.cli.option.StandardOptions;
import dev.memfuse.cli.terminal.ExitCodes;
import dev.memfuse.cli.terminal.StopOnInterrupt;
import dev.memfuse.cli.terminal.Terminal;
import dev.memfuse.cli.terminal.WatchedTarget;
import dev.memfuse.load.report.ResultJson;
import dev.memfuse.target.Credentials;
import dev.memfuse.target.Target;
import dev.memfuse.target.TargetAddress;
import dev.memfuse.target.TargetException;
import dev.memfuse.target.TargetSession;
import dev.memfuse.target.TargetState;
import dev.memfuse.target.Targets;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Prints the figures of the pools of one JVM, a line a second, until it is interrupted or its time is over.
@Command(name = "watch", description = {"Print the figures of the HikariCP pools of one JVM, a line a second.",
        "Reads ten times a second and changes nothing. Connects again when the JVM goes away and comes back."},
        exitCodeList = {"0:success", "1:the JVM cannot be reached, or is away at the end", "2:wrong usage"})
final class WatchTarget implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Supplier<Targets> connector;
    private final Terminal terminal;

    @Mixin
    private final StandardOptions standard = new StandardOptions();

    @Parameters(paramLabel = "TARGET", description = "Number of a process of this machine, host:port, or "
            + "service:jmx:rmi:///jndi/rmi://host:port/jmxrmi.")
    private String address = "";

    @Option(names = "--pool", paramLabel = "NAME", description = "Only this pool.")
    private @Nullable String pool;

    @Option(names = "--duration", defaultValue = "0", paramLabel = "TIME", converter = DurationConverter.class,
            description = "Time after which the command ends; 0 means until Ctrl+C (default: ${DEFAULT-VALUE}).")
    private Duration duration = Duration.ZERO;

    @Option(names = "--user", paramLabel = "NAME", description = "User of a remote JVM.")
    private @Nullable String user;

    @Option(names = "--password-file", paramLabel = "FILE",
            description = "File whose first line is the password of the user.")
    private @Nullable Path passwordFile;

    @Option(names = "--ssl", description = "Reach the registry of a remote JVM over SSL too. The connection itself "
            + "follows the JVM.")
    private boolean ssl;

    @Mixin
    private final JsonOutput json = new JsonOutput();

    WatchTarget(Supplier<Targets> connector, Terminal terminal) {
        this.connector = connector;
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException {
        standard.require((user == null) == (passwordFile == null),
                "Give both --user and --password-file.");
        json.check(standard.outputs());
        Optional<Credentials> credentials = user == null || passwordFile == null
                ? Optional.empty()
                : Optional.of(Credentials.read(user, passwordFile));
        Target target = new Target(TargetAddress.parse(address), credentials, ssl);
        try (Targets targets = connector.get();
                TargetSession session = targets.connect(target);
                StopOnInterrupt interrupt = new StopOnInterrupt()) {
            TargetState state = session.awaitOutcome(PATIENCE);
            if (state instanceof TargetState.Refused refused) {
                throw new TargetException(TargetException.Kind.REFUSED, refused.reason());
            }
            WatchedTarget watched = new WatchedTarget(session, Optional.ofNullable(pool));
            watch(watched, interrupt);
            json.write(() -> ResultJson.of(watched.report()), terminal);
            return session.state() instanceof TargetState.Connected ? ExitCodes.FINE : ExitCodes.FAILED;
        }
    }

    private void watch(WatchedTarget watched, StopOnInterrupt interrupt) throws InterruptedException {
        CountDownLatch end = new CountDownLatch(1);
        interrupt.stopWith(end::countDown);
        terminal.step(watched.title());
        long ending = duration.isZero() ? Long.MAX_VALUE : System.nanoTime() + duration.toNanos();
        boolean ended = false;
        while (!ended) {
            long left = ending == Long.MAX_VALUE ? Long.MAX_VALUE : ending - System.nanoTime();
            ended = end.await(Math.min(left, TimeUnit.SECONDS.toNanos(1)), TimeUnit.NANOSECONDS)
                    || left <= TimeUnit.SECONDS.toNanos(1);
            List<String> lines = new ArrayList<>();
            watched.next(lines::add, terminal::step);
            terminal.print(lines);
        }
        watched.cost().forEach(terminal::step);
    }
}
