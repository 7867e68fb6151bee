package dev.memfuse.cli.command;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import dev.memfuse.cli.option.DurationConverter;
import dev.memfuse.cli.option.LogChoice;
import dev.memfuse.cli.option.StandardOptions;
import dev.memfuse.cli.terminal.ExitCodes;
import dev.memfuse.cli.terminal.StopOnInterrupt;
import dev.memfuse.cli.terminal.Terminal;
import dev.memfuse.config.section.LogLevel;
import dev.memfuse.lab.simulator.LlmSimulator;
import dev.memfuse.lab.simulator.LogNormal;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Runs a simulator of a language model server until it is interrupted or its time is over.
@Command(name = "llm-simulator", description = {
        "Run a SIMULATOR of a language model server on the loopback address, for load experiments.",
        "It implements OpenAI's chat completions; simple rules generate its answers."})
public final class LlmSimulatorCommand implements Callable<Integer>, LogChoice {
    private static final int MAX_PORT = 65_535;

    private final Terminal terminal;

    @Mixin
    private final StandardOptions standard = new StandardOptions();

    @Option(names = "--port", defaultValue = "0", paramLabel = "N",
            description = "Port to listen on; 0 selects a free port (default: ${DEFAULT-VALUE}).")
    private int port;

    @Option(names = "--median", defaultValue = "800ms", paramLabel = "TIME", converter = DurationConverter.class,
            description = "Median of the latency (default: ${DEFAULT-VALUE}).")
    private Duration median = Duration.ZERO;

    @Option(names = "--p95", defaultValue = "2500ms", paramLabel = "TIME", converter = DurationConverter.class,
            description = "95th percentile of the latency (default: ${DEFAULT-VALUE}).")
    private Duration p95 = Duration.ZERO;

    @Option(names = "--error-rate", defaultValue = "0.01", paramLabel = "SHARE",
            description = "Share of calls that fail, 0..1 (default: ${DEFAULT-VALUE}).")
    private double errorRate;

    @Option(names = "--seed", defaultValue = "1", paramLabel = "N",
            description = "Seed of latencies and errors (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--log-level", paramLabel = "LEVEL",
            description = "Lowest severity in the log file, which is in the user's data folder: error, warn, info, "
                    + "debug or trace (default: info).")
    private @Nullable LogLevel logLevel;

    @Option(names = "--duration", defaultValue = "0", paramLabel = "TIME", converter = DurationConverter.class,
            description = "Time after which the simulator ends; 0 means until Ctrl+C (default: ${DEFAULT-VALUE}).")
    private Duration duration = Duration.ZERO;

    /// @param terminal receives the address and the number of calls
    public LlmSimulatorCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Optional<Path> dataFolder() {
        return Optional.empty();
    }

    @Override
    public Optional<LogLevel> level() {
        return Optional.ofNullable(logLevel);
    }

    @Override
    public Integer call() throws InterruptedException {
        standard.require(port >= 0 && port <= MAX_PORT, "--port must be between 0 and " + MAX_PORT + ".");
        standard.require(errorRate >= 0 && errorRate <= 1, "--error-rate must be between 0 and 1.");
        standard.require(p95.compareTo(median) >= 0, "--p95 must not be below --median.");
        CountDownLatch end = new CountDownLatch(1);
        try (LlmSimulator simulator = LlmSimulator
                .start(new LlmSimulator.Options(port, new LogNormal(median, p95), errorRate, seed));
                StopOnInterrupt interrupt = new StopOnInterrupt()) {
            interrupt.stopWith(end::countDown);
            terminal.print(List.of("SIMULATOR of a language model at " + simulator.baseUrl(),
                    "Use it with: --set llm.provider=openai --set llm.base_url=" + simulator.baseUrl()));
            if (duration.isZero()) {
                end.await();
            } else {
                boolean _ = end.await(duration.toMillis(), TimeUnit.MILLISECONDS);
            }
            terminal.print(List.of("SIMULATOR: " + simulator.calls() + " calls, " + simulator.errors()
                    + " intended errors"));
        }
        return ExitCodes.FINE;
    }
}
