package dev.memfuse.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.memfuse.background.BackgroundThreads;
import dev.memfuse.engine.NewMessage;
import dev.memfuse.engine.Role;
import dev.memfuse.engine.exception.EngineException;
import dev.memfuse.engine.exception.StorageUnavailableException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A server that answers anything at all: each call of the client ends with a sentence, in time and within its memory.
class HostileServerTest {
    private static final UUID ID = UUID.randomUUID();

    private final ExecutorService threads = BackgroundThreads.virtualPerTask("hostile-server");
    private final ConcurrentLinkedQueue<String> asked = new ConcurrentLinkedQueue<>();
    private final CountDownLatch end = new CountDownLatch(1);
    private HttpServer server;
    private HttpServer other;

    @BeforeEach
    void start() throws IOException {
        server = listening();
        other = listening();
    }

    private HttpServer listening() throws IOException {
        HttpServer listening = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        listening.setExecutor(threads);
        listening.createContext("/", exchange -> {
            asked.add(exchange.getLocalAddress().getPort() + " "
                    + exchange.getRequestHeaders().getFirst("Authorization"));
            byte[] _ = exchange.getRequestBody().readAllBytes();
            answer(exchange, 200, "{\"data\":{\"version\":\"1\"}}");
        });
        listening.start();
        return listening;
    }

    @AfterEach
    void stop() {
        end.countDown();
        server.stop(0);
        other.stop(0);
        threads.shutdownNow();
    }

    /// What a server does with a request.
    @FunctionalInterface
    private interface Answering {
        void answer(HttpExchange exchange) throws IOException, InterruptedException;
    }

    private void serve(Answering answering) {
        server.removeContext("/");
        server.createContext("/", exchange -> {
            byte[] _ = exchange.getRequestBody().readAllBytes();
            try {
                answering.answer(exchange);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                exchange.close();
            }
        });
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        if (bytes.length > 0) {
            exchange.getResponseBody().write(bytes);
        }
    }

    private MemFuseClient client() {
        return new MemFuseClient(URI.create("http://127.0.0.1:" + server.getAddress().getPort()),
                Optional.of("secret-key"), Duration.ofSeconds(2));
    }

    /// Returns the sentences of all calls.
    private List<String> sentences() {
        try (MemFuseClient client = client()) {
            return List.<Runnable>of(client::version, () -> client.createUser("u"), () -> client.agent("a"),
                    () -> client.createSession(ID, ID, "s"),
                    () -> client.add(ID, List.of(NewMessage.of(Role.USER, "text"))), () -> client.query(ID, "q", 5),
                    () -> client.list(ID, 5), () -> client.has(ID, List.of(ID)))
                    .stream().map(call -> {
                        EngineException failure = assertThrows(EngineException.class, call::run);
                        assertFalse(failure.toString().contains("secret-key"));
                        return String.valueOf(failure.getMessage());
                    }).toList();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<html>", "null", "[1]", "{", "\"data\"", "{\"data\":null}", "{\"data\":[]}",
            "{\"data\":7}"})
    void whatIsNoAnswerOfTheApiIsASentence(String text) {
        serve(exchange -> answer(exchange, 200, text));

        for (String sentence : sentences()) {
            assertEquals("The server answered what is no answer of MemFuse's API.", sentence);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"data\":{\"user\":{\"id\":\"x\"},\"agents\":[{\"id\":5}],\"session\":[],"
            + "\"message_ids\":[\"x\",null,{}]}}", "{\"data\":{\"user\":7,\"agents\":[null],\"message_ids\":[[]]}}"})
    void idsThatAreNoneAreASentence(String text) {
        serve(exchange -> answer(exchange, 200, text));
        try (MemFuseClient client = client()) {
            for (Runnable call : List.<Runnable>of(() -> client.createUser("u"), () -> client.agent("a"),
                    () -> client.createSession(ID, ID, "s"),
                    () -> client.add(ID, List.of(NewMessage.of(Role.USER, "text"))))) {
                assertEquals("The server answered what is no answer of MemFuse's API.",
                        assertThrows(EngineException.class, call::run).getMessage());
            }
        }
    }

    @Test
    void anotherAddressIsNotFollowedAndGetsNoKey() {
        serve(exchange -> {
            exchange.getResponseHeaders().add("Location",
                    "http://127.0.0.1:" + other.getAddress().getPort() + "/api/v1/health");
            answer(exchange, 302, "");
        });

        for (String sentence : sentences()) {
            assertTrue(sentence.startsWith("The server answered 302: it refers to another address"), sentence);
        }
        assertEquals(List.of(), List.copyOf(asked));
    }

    @Test
    @Timeout(60)
    void anAnswerWithoutEndOrTooLongEnds() {
        serve(exchange -> {
            exchange.sendResponseHeaders(200, 1_000);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
            end.await();
        });
        try (MemFuseClient client = client()) {
            assertTrue(assertThrows(StorageUnavailableException.class, client::version).toString()
                    .contains("does not answer"));
        }
        serve(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            OutputStream out = exchange.getResponseBody();
            byte[] part = "x".repeat(1 << 20).getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i < 1_000; i++) {
                out.write(part);
            }
        });
        try (MemFuseClient client = client()) {
            assertThrows(StorageUnavailableException.class, client::version);
        }
    }

    @Test
    void aMessageOfTheServerIsOneShortLine() {
        serve(exchange -> answer(exchange, 500, "{\"message\":\"" + "m".repeat(5_000) + "\\nsecond\"}"));

        for (String sentence : sentences()) {
            assertTrue(sentence.startsWith("The server answered 500: mmm") && sentence.length() < 400
                    && !sentence.contains("second"), sentence);
        }
    }
}
