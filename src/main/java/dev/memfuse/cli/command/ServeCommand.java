package dev.memfuse.cli.command;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CountDownLatch;

import dev.memfuse.cli.option.DurationConverter;
import dev.memfuse.cli.terminal.ExitCodes;
import dev.memfuse.cli.terminal.StopOnInterrupt;
import dev.memfuse.cli.terminal.Terminal;
import dev.memfuse.load.recording.Manifest;
import dev.memfuse.load.recording.RecordingException;
import dev.memfuse.server.HttpServer;
import dev.memfuse.server.ServerSettings;
import dev.memfuse.server.local.LocalAddress;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Serves the engine over HTTP until it is interrupted.
@Command(name = "serve", description = {"Serve the engine over HTTP, with the API of MemFuse, until Ctrl+C or SIGTERM.",
        "On the loopback address clients need no key. On any other address each needs an API key. The settings "
                + "server.tls.key_store and server.allowed_origins permit HTTPS and web pages; a changed key store is "
                + "taken without a new start."},
        exitCodeList = {"0:success",
                "1:the server could not start, for instance since the port is in use or a certificate has expired",
                "2:wrong usage or configuration"})
public final class ServeCommand extends EngineCommand {
    private static final int MAX_PORT = 65_535;

    @Option(names = "--port", defaultValue = "8000", paramLabel = "N",
            description = "Port to listen on; 0 selects a free port (default: ${DEFAULT-VALUE}).")
    private int port;

    @Option(names = "--bind", defaultValue = ServerSettings.LOOPBACK, paramLabel = "ADDRESS",
            description = "Address of this machine to listen on; 0.0.0.0 means all (default: ${DEFAULT-VALUE}).")
    private String bind = ServerSettings.LOOPBACK;

    @Option(names = "--allow-host", paramLabel = "NAME",
            description = "Name by which clients address the server, beside localhost and its IP addresses. May be "
                    + "repeated.")
    private List<String> hosts = new ArrayList<>();

    @Option(names = "--require-keys", description = "Require an API key on the loopback address too.")
    private boolean keys;

    @Option(names = "--rate-limit", defaultValue = "-1", paramLabel = "N",
            description = "Maximum number of requests a minute of one key, or of one address without a key; 0 sets "
                    + "none (default: 20000 where keys are required, else none).")
    private int rate;

    @Option(names = "--max-requests", defaultValue = "256", paramLabel = "N",
            description = "Maximum number of requests at a time; others get status 503 (default: ${DEFAULT-VALUE}).")
    private int concurrent;

    @Option(names = "--request-timeout", defaultValue = "60s", paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "Maximum time of a request; then it gets status 503 (default: ${DEFAULT-VALUE}).")
    private Duration timeout = Duration.ZERO;

    @Option(names = "--delete-with-body", description = "Answer the deletion of a user with status 200 and a body "
            + "instead of 204, which MemFuse's synchronous client cannot read.")
    private boolean deleteWithBody;

    @Option(names = "--observe", description = "Record at the end what was measured, at most of the last two hours; "
            + "'history' has it.")
    private boolean observe;

    private final ProgramServices services;

    /// @param terminal receives the address
    public ServeCommand(ProgramServices services, Terminal terminal) {
        super(services, terminal);
        this.services = services;
    }

    @Override
    public Integer call() throws InterruptedException {
        check(port >= 0 && port <= MAX_PORT, "--port must be between 0 and " + MAX_PORT + ".");
        check(!bind.isBlank(), "--bind is blank. Name an address of this machine.");
        check(concurrent >= 1, "--max-requests must be at least 1.");
        check(rate >= -1, "--rate-limit must not be negative.");
        check(timeout.compareTo(Duration.ofSeconds(1)) >= 0, "--request-timeout must be at least 1s.");
        check(!observe || launch.options().recorded(),
                "--observe records, and --ephemeral and --no-record do not: add --record.");
        ServerSettings settings = new ServerSettings(bind, port, new HashSet<>(hosts), keys, 0, concurrent, timeout,
                deleteWithBody);
        ServerSettings limited = settings.withRequestsPerMinute(
                rate >= 0 ? rate : settings.usualRequestsPerMinute());
        limited.requireFreePort();
        HttpServer.requireUsable(services.arms(launch.options()).running().server());
        return launcher.run(launch.options(), (session, interrupt) -> serve(limited, session, interrupt));
    }

    /// A recording that fails does not make the service fail that it was about.
    private static String observed(HeadlessSession session) {
        try {
            Manifest manifest = session.observe();
            return "Recorded as " + manifest.id() + ": " + manifest.sentence();
        } catch (RecordingException e) {
            return "The service was not recorded. " + e.getMessage();
        }
    }

    private int serve(ServerSettings settings, HeadlessSession session, StopOnInterrupt interrupt)
            throws InterruptedException {
        try (HttpServer server = session.serve(settings)) {
            CountDownLatch end = new CountDownLatch(1);
            interrupt.stopWith(end::countDown);
            if (!launch.options().ephemeral()) {
                LocalAddress _ = session.publish();
            }
            terminal.step("Database: " + session.database());
            terminal.print(List.of("MemFuse listens at " + server.url() + (settings.needsKeys()
                    ? "; clients need an API key"
                    : "; clients on this machine need no API key")
                    + (server.isEncrypted() || settings.isLoopback()
                            ? ""
                            : "; nothing is encrypted: "
                                    + "server.tls.key_store switches to HTTPS")));
            end.await();
            terminal.step("Stopping: answering the requests that run");
        }
        if (observe) {
            terminal.print(List.of(observed(session)));
        }
        return ExitCodes.FINE;
    }
}
