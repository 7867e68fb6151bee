package dev.memfuse.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;

import dev.memfuse.background.BackgroundThreads;
import dev.memfuse.server.rest.BodyMemory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Clients that keep a connection busy without getting anywhere lose it; others do not wait for them.
@Tag("db")
class SlowClientsDbTest {
    private static final String HEAD = " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";
    private static final int BURST = 500;
    private static final SlowConnections.Limits LIMITS = new SlowConnections.Limits(Duration.ofSeconds(1),
            Duration.ofSeconds(1), Duration.ofMillis(50), 100);

    private static HttpFixture http;
    private static HttpServer strict;
    private static String user;

    @BeforeAll
    static void start() throws SQLException {
        http = HttpFixture.start();
        user = http.user("slow");
        strict = http.another(ServerSettings.loopback(0),
                new HttpServer.Checks(CertificateRenewal.INTERVAL, LIMITS, BodyMemory.ofHeap()));
    }

    @AfterAll
    static void stop() {
        strict.close();
        http.close();
    }

    /// The text that comes again and again follows two bars.
    @ParameterizedTest
    @ValueSource(strings = {"GET /api/v1/health{head}X-Long: ||a", "||\r\n",
            "POST /api/v1/users{head}Transfer-Encoding: chunked\r\n\r\n1;||a",
            "POST /api/v1/users{head}Content-Length: 9000000\r\n\r\n|| ",
            "POST /mcp/{user}{head}Content-Length: 9000000\r\n\r\n|| ",
            "GET /api/v1/health{head}\r\nGET /api/v1/health{head}X-Long: ||a"})
    @Timeout(60)
    void aRequestWithoutEndLosesItsConnection(String request) throws IOException {
        int bars = request.indexOf("||");
        try (RawClient client = new RawClient(strict.port())) {
            client.send(request.substring(0, bars).replace("{head}", HEAD).replace("{user}", user));

            client.trickle(request.substring(bars + 2), 20);
        }
    }

    @Test
    void aSilentConnectionStaysWhileASlowOneIsClosed() throws IOException {
        try (RawClient silent = new RawClient(strict.port()); RawClient slow = new RawClient(strict.port())) {
            silent.send("GET /api/v1/health" + HEAD + "\r\n");
            assertEquals("HTTP/1.1 200 OK", silent.readStatus());

            slow.trickle("G", 20);

            silent.send("GET /api/v1/health" + HEAD + "Connection: close\r\n\r\n");
            assertTrue(silent.readAll().contains("HTTP/1.1 200 OK"));
        }
    }

    @Test
    void everyClientOfABurstIsAnswered() throws InterruptedException {
        ConcurrentLinkedQueue<String> answers = new ConcurrentLinkedQueue<>();
        List<Thread> clients = new ArrayList<>();
        for (int i = 0; i < BURST; i++) {
            clients.add(BackgroundThreads.virtual("burst").start(() -> {
                try (RawClient client = new RawClient(http.server().port())) {
                    answers.add(client.send("GET /api/v1/health" + HEAD + "Connection: close\r\n\r\n").readStatus());
                } catch (IOException e) {
                    answers.add(e.toString());
                }
            }));
        }
        for (Thread client : clients) {
            client.join();
        }

        assertEquals(Collections.nCopies(BURST, "HTTP/1.1 200 OK"), List.copyOf(answers));
    }

    @Test
    void silentConnectionsKeepNobodyOut() throws IOException {
        SlowConnections.Limits five = new SlowConnections.Limits(Duration.ofMinutes(1), Duration.ofMinutes(1),
                Duration.ofMillis(200), 5);
        List<RawClient> silent = new ArrayList<>();
        try (HttpServer few = http.another(ServerSettings.loopback(0),
                new HttpServer.Checks(CertificateRenewal.INTERVAL, five, BodyMemory.ofHeap()))) {
            for (int i = 0; i < 20; i++) {
                silent.add(new RawClient(few.port()));
            }
            try (RawClient client = new RawClient(few.port())) {
                assertEquals("HTTP/1.1 200 OK", client.send("GET /api/v1/health" + HEAD + "\r\n").readStatus());
            }
        } finally {
            for (RawClient client : silent) {
                client.close();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST /api/v1/none{head}Content-Length: 10\r\n\r\n",
            "POST /api/v1/users HTTP/1.1\r\nHost: evil.example\r\nContent-Length: 10\r\n\r\n",
            "POST /metrics{head}Content-Length: 10\r\n\r\n",
            "POST /mcp/{user}{head}Mcp-Protocol-Version: none\r\nContent-Length: 10\r\n\r\n",
            "POST /api/v1/users{head}Content-Length: 99999999999\r\n\r\n"})
    void aRefusalDoesNotWaitForABodyThatDoesNotCome(String request) throws IOException {
        for (String expect : new String[]{"", "Expect: 100-continue\r\n"}) {
            try (RawClient client = new RawClient(http.server().port())) {
                client.send(request.replace("{head}", HEAD + expect).replace("{user}", user));

                String answer = client.readAll();

                assertTrue(answer.startsWith("HTTP/1.1 4"), answer);
                assertTrue(answer.contains("Connection: close"), answer);
                assertFalse(answer.contains("100 Continue"), answer);
            }
        }
    }
}
