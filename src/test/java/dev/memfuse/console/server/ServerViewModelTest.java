package dev.memfuse.console.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import dev.memfuse.config.section.ServerConfig;
import dev.memfuse.console.fx.DirectTaskRunner;
import dev.memfuse.console.fx.PageTools;
import dev.memfuse.console.fx.Remembered;
import dev.memfuse.engine.MemoryEngine;
import dev.memfuse.load.run.FakeEngine;
import dev.memfuse.metrics.MetricsHub;
import dev.memfuse.server.HttpServer;
import dev.memfuse.server.ServerControl;
import dev.memfuse.server.ServerControl.State;
import dev.memfuse.store.EngineFixture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The switch of a real server, whose engine is in memory.
class ServerViewModelTest {
    private @Nullable MemoryEngine engine = new FakeEngine();
    private final ServerControl control = new ServerControl(new HttpServer.Dependencies(
            () -> Optional.ofNullable(engine), () -> 1 << 20, new MetricsHub(Clock.systemUTC()), ServerConfig::plain));
    private final DirectTaskRunner tasks = new DirectTaskRunner();
    private final Remembered remembered = new Remembered();
    private final ServerViewModel model = new ServerViewModel(control,
            new PageTools(tasks, tasks, _ -> {}, remembered));
    private final List<State> seen = new ArrayList<>();

    @AfterEach
    void stop() {
        control.close();
    }

    private static int get(String url) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.discarding()).statusCode();
        }
    }

    @Test
    void theSwitchStartsAndStopsTheServer() throws IOException, InterruptedException {
        model.portProperty().set("0");
        model.stateProperty().subscribe(state -> {
            seen.add(state);
        });

        model.switchTo(true);

        State.Running running = assertInstanceOf(State.Running.class, model.stateProperty().get());
        assertFalse(running.needsKeys());
        assertEquals(200, get(running.url() + "/api/v1/health"));
        assertFalse(model.editable().get());

        model.switchTo(false);

        assertEquals(List.of(new State.Off(), new State.Starting(), running, new State.Stopping(), new State.Off()),
                seen);
        assertTrue(model.editable().get());
        assertTrue(control.running().isEmpty());
    }

    @Test
    void aBusyPortIsASentence() throws IOException {
        try (ServerSocket busy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            model.portProperty().set(Integer.toString(busy.getLocalPort()));
            model.switchTo(true);

            State.Failed failed = assertInstanceOf(State.Failed.class, model.stateProperty().get());
            assertEquals("Port " + busy.getLocalPort() + " of 127.0.0.1 is in use. Stop the program that uses it, or "
                    + "choose another port.", failed.problem());
        }
        model.switchTo(true);
        assertInstanceOf(State.Running.class, model.stateProperty().get());
    }

    @Test
    void withoutAnEngineNothingStarts() {
        engine = null;
        model.portProperty().set("0");
        model.switchTo(true);

        assertEquals(new State.Failed("The engine does not run. Start the server when it is ready."),
                model.stateProperty().get());
    }

    @Test
    void aWrongAddressOrPortIsNamedWhileItIsTyped() {
        assertEquals("", model.formProblemProperty().get());
        for (String wrong : List.of("", "x", "-1", "65536", "999999", "80 80", "٨")) {
            model.portProperty().set(wrong);
            assertTrue(model.formProblemProperty().get().startsWith("The port is a number"), wrong);
            model.switchTo(true);
            assertInstanceOf(State.Failed.class, model.stateProperty().get(), wrong);
        }
        model.portProperty().set("0");
        model.addressProperty().set(" ");
        assertTrue(model.formProblemProperty().get().startsWith("The address is empty."));
        model.addressProperty().set("no-such-host.invalid");
        model.switchTo(true);
        State.Failed failed = assertInstanceOf(State.Failed.class, model.stateProperty().get());
        assertTrue(failed.problem().contains("is unknown"), failed.problem());
    }

    @Test
    void theFormIsRemembered() {
        model.portProperty().set("8123");
        model.addressProperty().set("0.0.0.0");
        model.keysRequiredProperty().set(true);

        ServerViewModel next = new ServerViewModel(control, new PageTools(tasks, tasks, _ -> {},
                new Remembered(remembered.values())));
        assertEquals(List.of("8123", "0.0.0.0", "true"), List.of(next.portProperty().get(),
                next.addressProperty().get(), Boolean.toString(next.keysRequiredProperty().get())));
    }

    @Test
    void whatIsNoAddressIsNamedShowsNoSecretAndIsNotRemembered() {
        for (String wrong : List.of("joe:s3cret@localhost", "http://joe:s3cret@localhost:8000/", "localhost:8000",
                "a\0b", "a\uD800", "two words", "x".repeat(100_000), "/root")) {
            model.addressProperty().set(wrong);
            String problem = model.formProblemProperty().get();
            assertTrue(problem.startsWith("The address is no name and no IP address of this machine"), problem);
            model.switchTo(true);
            assertEquals(new State.Failed(problem), model.stateProperty().get());
            assertEquals(wrong, model.addressProperty().get());
            assertEquals(Optional.empty(), remembered.get("server.address"));
        }
        for (String right : List.of("localhost", "0.0.0.0", "::1", "[::1]", "fe80::1%eth0", "b\u00fccher.example")) {
            model.addressProperty().set(right);
            assertEquals("", model.formProblemProperty().get(), right);
            assertEquals(Optional.of(right), remembered.get("server.address"));
        }
    }

    @Test
    void requestsAreCountedByRouteAndClient() throws IOException, InterruptedException {
        model.portProperty().set("0");
        model.switchTo(true);
        RequestsViewModel requests = new RequestsViewModel(control, tasks);
        requests.refresh();
        assertEquals("0 requests since the start, 0 open connections.", requests.summaryProperty().get());
        String url = ((State.Running) model.stateProperty().get()).url();
        get(url + "/api/v1/health");
        get(url + "/api/v1/health");
        get(url + "/nowhere");
        // A request is counted after its answer was sent.
        EngineFixture.await("all requests are counted", () -> {
            requests.refresh();
            return requests.routes().stream().mapToLong(each -> each.count()).sum() == 3;
        });

        assertEquals(List.of("GET /api/v1/health", "unknown route"),
                requests.routes().stream().map(each -> each.route()).toList());
        assertEquals(List.of(2L, 1L), requests.routes().stream().map(each -> each.count()).toList());
        assertEquals(List.of(0L, 1L), requests.routes().stream().map(each -> each.refused()).toList());
        assertTrue(requests.routes().getFirst().latency().max() > 0);
        assertEquals(List.of("127.0.0.1"), requests.clients().stream().map(each -> each.client()).toList());

        model.switchTo(false);
        requests.refresh();
        assertEquals("3 requests until the server stopped.", requests.summaryProperty().get());
        assertEquals(0, requests.clients().size());
    }
}
