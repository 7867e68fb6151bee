package dev.memfuse.cli.command;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

import dev.memfuse.cli.option.LaunchArguments;
import dev.memfuse.cli.option.LaunchOptions;
import dev.memfuse.cli.option.StandardOptions;
import dev.memfuse.cli.terminal.ExitCodes;
import dev.memfuse.cli.terminal.Terminal;
import dev.memfuse.engine.host.EngineInUseException;
import dev.memfuse.server.local.ClientConfiguration;
import dev.memfuse.server.local.LocalClient;
import dev.memfuse.server.stdio.StdioBridge;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Serves the memory of one user to a client of the Model Context Protocol that starts this command and talks to it
/// over standard input and output.
@Command(name = "mcp", description = {"Serve the memory of one user to a client of the Model Context Protocol (MCP) "
        + "over standard input and output, until the input ends.",
        "Uses the window or server that runs on the data folder, or hosts the engine itself when none runs. Another "
                + "program can join it, and takes over when it ends."},
        exitCodeList = {"0:the input ended", "1:there is no engine, and none could be started",
                "2:wrong usage or configuration"})
public final class McpCommand implements Callable<Integer> {
    /// Time for another program that has just started to accept clients.
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration POLL = Duration.ofMillis(500);

    private final ProgramServices services;
    private final Terminal terminal;
    private @Nullable HeadlessSession hosted;

    @Mixin
    private final StandardOptions standard = new StandardOptions();

    @Mixin
    private final LaunchArguments launch = new LaunchArguments();

    @Option(names = "--user", required = true, paramLabel = "NAME",
            description = "User whose memory it is; created when missing.")
    private String user = "";

    @Option(names = "--print-config",
            description = "Print the lines for the configuration of a client, and end. They start this Java with this "
                    + "installation.")
    private boolean printConfig;

    /// @param terminal receives progress and problems; results go to standard output as they are
    public McpCommand(ProgramServices services, Terminal terminal) {
        this.services = services;
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        standard.name("--user", user);
        LaunchOptions options = launch.options();
        if (printConfig) {
            return print(options);
        }
        // Standard output carries the protocol only: what a library prints goes to the other stream. The descriptor
        // belongs to the process and is not closed.
        PrintStream usual = System.out;
        System.setOut(System.err);
        try {
            StdioBridge bridge = new StdioBridge(() -> connect(options), user,
                    new FileOutputStream(FileDescriptor.out));
            bridge.connect();
            bridge.run(System.in);
        } finally {
            System.setOut(usual);
            if (hosted != null) {
                hosted.close();
            }
        }
        return ExitCodes.FINE;
    }

    private int print(LaunchOptions options) throws IOException {
        Path arguments = ClientConfiguration.write(services.dataFolder(options.dataDir()));
        terminal.print(ClientConfiguration.lines(arguments, user, options.dataDir()
                .map(folder -> List.of("--data-dir", folder.toAbsolutePath().toString())).orElse(List.of())));
        terminal.step("For VS Code write \"servers\" instead of \"mcpServers\". Repeat this after an update.");
        return ExitCodes.FINE;
    }

    /// Finds the program that runs on the data folder, or starts the engine. Called by one thread at a time.
    private LocalClient connect(LaunchOptions options) throws InterruptedException {
        long start = System.nanoTime();
        while (true) {
            Optional<LocalClient> running = services.running(options);
            if (running.isPresent()) {
                return joined(running.get(), options);
            }
            try {
                return host(options);
            } catch (EngineInUseException e) {
                if (System.nanoTime() - start > PATIENCE.toNanos()) {
                    throw e;
                }
                await(options, e.pid(), start);
            }
        }
    }

    /// Waits for a program that uses the data folder. It may not yet accept clients, or may be ending. An engine is not
    /// started meanwhile: each attempt would only find that the folder is in use.
    private void await(LaunchOptions options, long pid, long start) throws InterruptedException {
        terminal.step((pid == 0 ? "Another program" : "Process " + pid)
                + " uses the data folder: waiting until it accepts clients or ends.");
        do {
            LockSupport.parkNanos(POLL.toNanos());
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        } while (ProcessHandle.of(pid).isPresent() && services.running(options).isEmpty()
                && System.nanoTime() - start <= PATIENCE.toNanos());
    }

    private LocalClient host(LaunchOptions options) throws InterruptedException {
        HeadlessSession session = services.start(options, terminal::progress);
        hosted = session;
        terminal.step("Hosts the engine. Database: " + session.database());
        return new LocalClient(session.publish());
    }

    private LocalClient joined(LocalClient client, LaunchOptions options) {
        terminal.step("Joins process " + client.address().pid() + ", which hosts the engine.");
        if (options.db().isPresent() || options.config().isPresent() || options.profile().isPresent()
                || !options.settings().isEmpty()) {
            terminal.step("That process has its database and settings: --db, --config, --profile and --set have no "
                    + "effect.");
        }
        return client;
    }
}
