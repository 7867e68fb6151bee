package dev.memfuse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Clock;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import dev.memfuse.cli.terminal.Terminal;
import dev.memfuse.config.section.ServerConfig;
import dev.memfuse.engine.host.EngineInUseException;
import dev.memfuse.load.run.FakeEngine;
import dev.memfuse.metrics.MetricsHub;
import dev.memfuse.server.HttpServer;
import dev.memfuse.server.local.LocalAddress;
import dev.memfuse.server.local.LocalClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The command `mcp` beside another program that uses the data folder.
class McpCommandTest {
    private final FakeProgramServices services = new FakeProgramServices();
    private final StringWriter steps = new StringWriter();
    private final InputStream usual = System.in;

    @BeforeEach
    void endInput() {
        System.setIn(InputStream.nullInputStream());
    }

    @AfterEach
    void restore() {
        System.setIn(usual);
        services.close();
    }

    private int mcp() {
        return MemFuseCommand.run(services,
                new Terminal(new PrintWriter(new StringWriter()), new PrintWriter(steps), false), "mcp", "--user",
                "anna");
    }

    private List<String> lines() {
        return steps.toString().lines().filter(line -> !line.isBlank()).toList();
    }

    @Test
    void waitsWithOneLineForAProgramThatDoesNotYetAcceptClients() {
        FakeEngine engine = new FakeEngine();
        long pid = ProcessHandle.current().pid();
        services.startFailure = new EngineInUseException("The data folder is in use.", pid);
        try (HttpServer server = HttpServer.startPrivate("token", new HttpServer.Dependencies(
                () -> Optional.of(engine), () -> 1 << 20, new MetricsHub(Clock.systemUTC()), ServerConfig::plain))) {
            LocalClient client = new LocalClient(new LocalAddress(server.url(), "token", pid));
            services.running = Stream.concat(Collections.nCopies(4, Optional.<LocalClient>empty()).stream(),
                    Stream.generate(() -> Optional.of(client))).iterator();

            assertEquals(0, mcp(), steps.toString());
        }

        assertEquals(List.of("Process " + pid + " uses the data folder: waiting until it accepts clients or ends.",
                "Joins process " + pid + ", which hosts the engine."), lines());
        assertEquals(1, services.starts, "no engine is started while the other program runs");
    }

    @Test
    void hostsTheEngineItselfAtOnceWhenTheOtherProgramHasEnded() throws Exception {
        Process ended = new ProcessBuilder("true").start();
        assertEquals(0, ended.waitFor());
        services.startFailure = new EngineInUseException("The data folder is in use.", ended.pid());
        services.running = Stream.generate(Optional::<LocalClient>empty).iterator();
        services.afterFailure = () -> services.startFailure = new IllegalStateException("started again");

        assertEquals(1, mcp());

        assertEquals(2, services.starts);
        assertTrue(lines().getFirst().startsWith("Process " + ended.pid() + " uses the data folder"), steps.toString());
    }
}
