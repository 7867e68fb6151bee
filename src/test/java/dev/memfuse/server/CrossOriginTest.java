package dev.memfuse.server;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

import dev.memfuse.config.section.ServerConfig;
import dev.memfuse.load.run.FakeEngine;
import dev.memfuse.metrics.MetricsHub;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Web pages of other origins, by the bytes that browsers send. The engine is in memory.
class CrossOriginTest {
    private static final String ALLOWED = "https://app.example.com";
    private static final AtomicReference<String> ORIGINS = new AtomicReference<>(
            ALLOWED + " http://localhost:3000");
    private static HttpServer server;

    @BeforeAll
    static void start() {
        server = HttpServer.start(ServerSettings.loopback(0), dependencies());
    }

    private static HttpServer.Dependencies dependencies() {
        FakeEngine engine = new FakeEngine();
        return new HttpServer.Dependencies(() -> Optional.of(engine), () -> 1 << 20,
                new MetricsHub(Clock.systemUTC()),
                () -> new ServerConfig(ServerConfig.plain().tls(), ORIGINS.get()));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static String send(HttpServer to, String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), to.port())) {
            socket.getOutputStream().write((request + "Connection: close\r\n\r\n").getBytes(StandardCharsets.UTF_8));
            InputStream in = socket.getInputStream();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String request(String method, String headers) {
        return method + " /api/v1/health HTTP/1.1\r\nHost: localhost:" + server.port() + "\r\n" + headers;
    }

    private static String preflight(String origin) {
        return request("OPTIONS", "Origin: " + origin + "\r\nAccess-Control-Request-Method: POST\r\n"
                + "Access-Control-Request-Headers: authorization,content-type\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {ALLOWED, "http://localhost:3000"})
    void anAllowedOriginReadsAnswersAndMayAskBeforeIt(String origin) throws IOException {
        String answer = send(server, request("GET", "Origin: " + origin + "\r\n"));
        String permission = send(server, preflight(origin));

        assertTrue(answer.startsWith("HTTP/1.1 200"), answer);
        assertTrue(permission.startsWith("HTTP/1.1 204"), permission);
        for (String each : new String[]{answer, permission}) {
            assertTrue(each.contains("\r\nAccess-Control-Allow-Origin: " + origin + "\r\n"), each);
            assertTrue(each.contains("\r\nVary: Origin\r\n"), each);
            assertFalse(each.contains("Allow-Credentials"), each);
        }
        assertTrue(permission.contains("Access-Control-Allow-Methods: GET, POST, PUT, DELETE\r\n"), permission);
        assertTrue(permission.contains("Access-Control-Allow-Headers: Authorization, X-API-Key, Content-Type"),
                permission);
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "*", "", "https://app.example.com.evil.example", "https://evilapp.example.com",
            "https://app.example.com:443", "https://app.example.com:8443", "http://app.example.com",
            "HTTPS://app.example.com", "https://APP.example.com", "https://app.example.com/", "https://*.example.com",
            "https://appxexample.com", "https://app.example.com@evil.example", "https://user@app.example.com",
            "https://app.example.com https://evil.example", "https://evil.example https://app.example.com",
            "https://app.example.com,https://evil.example", "https://app.example.com%00.evil.example",
            "http://localhost:3001", "http://localhost", "http://localhost.:3000", "file://", "app.example.com",
            "https://аpp.example.com", "https://app.example.com\r\nOrigin: https://evil.example",
            "https://evil.example\r\nOrigin: https://app.example.com"})
    void anyOtherOriginIsRefused(String origin) throws IOException {
        for (String request : new String[]{request("GET", "Origin: " + origin + "\r\n"), preflight(origin)}) {
            String answer = send(server, request);

            assertTrue(answer.startsWith("HTTP/1.1 403") || answer.startsWith("HTTP/1.1 400"), answer);
            assertFalse(answer.contains("Access-Control-"), answer);
        }
    }

    @Test
    void aForeignHostIsRefusedAlsoWithAnAllowedOrigin() throws IOException {
        String answer = send(server, "OPTIONS /api/v1/users HTTP/1.1\r\nHost: evil.example\r\nOrigin: " + ALLOWED
                + "\r\nAccess-Control-Request-Method: GET\r\n");

        assertTrue(answer.startsWith("HTTP/1.1 403"), answer);
    }

    @Test
    void withoutTheSettingNoOriginIsAllowed() throws IOException {
        String before = ORIGINS.getAndSet("");
        try (HttpServer closed = HttpServer.start(ServerSettings.loopback(0), dependencies())) {
            String answer = send(closed, request("GET", "Origin: " + ALLOWED + "\r\n"));

            assertTrue(answer.startsWith("HTTP/1.1 403"), answer);
            assertFalse(send(closed, request("GET", "")).contains("Vary"), "no origin makes a difference");
        } finally {
            ORIGINS.set(before);
        }
    }

    @Test
    void theServerForClientsOfThisAccountHasNoPages() throws IOException {
        try (HttpServer keyed = HttpServer.startPrivate("token", dependencies())) {
            assertTrue(send(keyed, request("GET", "Origin: " + ALLOWED + "\r\n")).startsWith("HTTP/1.1 403"));
            assertTrue(send(keyed, request("GET", "").replace("health", "users")).startsWith("HTTP/1.1 401"));
        }
    }
}
