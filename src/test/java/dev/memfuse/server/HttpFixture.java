package dev.memfuse.server;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import dev.memfuse.store.EngineFixture;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A server of a real engine on a real database, with a client of its API.
public final class HttpFixture implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private final EngineFixture engine;
    private final HttpServer server;
    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /// A received answer.
    public record Answer(int status, String text, HttpResponse<String> response) {
        /// Returns the body as JSON.
        public JsonNode json() {
            return JSON.readTree(text);
        }

        /// Returns the envelope's data.
        public JsonNode data() {
            return json().get("data");
        }

        /// Returns the envelope's message.
        public String message() {
            return json().get("message").stringValue();
        }
    }

    private HttpFixture(EngineFixture engine, ServerSettings settings) {
        this.engine = engine;
        server = HttpServer.start(settings, new HttpServer.Dependencies(() -> Optional.of(engine.engine()),
                () -> engine.tunables().get().buffer().maxBatchBytes(), engine.metrics(),
                () -> engine.tunables().get().server()));
    }

    /// Starts a server without keys.
    public static HttpFixture start(String... config) throws SQLException {
        return start(ServerSettings.loopback(0), config);
    }

    /// Starts a server on a new engine.
    public static HttpFixture start(ServerSettings settings, String... config) throws SQLException {
        EngineFixture engine = EngineFixture.start(config);
        try {
            return new HttpFixture(engine, settings);
        } catch (RuntimeException e) {
            engine.close();
            throw e;
        }
    }

    /// Returns the address of the server.
    public String url() {
        return server.url();
    }

    /// Starts another server of the same engine; close it with [HttpServer#close].
    public HttpServer another(ServerSettings settings) {
        return HttpServer.start(settings, new HttpServer.Dependencies(() -> Optional.of(engine.engine()),
                () -> engine.tunables().get().buffer().maxBatchBytes(), engine.metrics(),
                () -> engine.tunables().get().server()));
    }

    /// Starts another server of the same engine with other checks; close it with [HttpServer#close].
    HttpServer another(ServerSettings settings, HttpServer.Checks checks) {
        return HttpServer.start(settings, new HttpServer.Dependencies(() -> Optional.of(engine.engine()),
                () -> engine.tunables().get().buffer().maxBatchBytes(), engine.metrics(),
                () -> engine.tunables().get().server()), checks);
    }

    public EngineFixture engine() {
        return engine;
    }

    public HttpServer server() {
        return server;
    }

    /// Sends a request to the server.
    ///
    /// @param body JSON; null sends none
    public Answer send(String method, String path, @Nullable String body, Map<String, String> headers) {
        return send(server.url(), method, path, body, headers);
    }

    /// Sends a request to a server.
    public Answer send(String url, String method, String path, @Nullable String body, Map<String, String> headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path)).timeout(TIMEOUT).method(method,
                body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (body != null && !headers.containsKey("Content-Type")) {
            request.header("Content-Type", "application/json");
        }
        headers.forEach(request::header);
        try {
            HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.body(), response);
        } catch (IOException e) {
            throw new IllegalStateException(method + " " + path + " " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /// Returns the status of a GET with a key.
    public static int status(String url, String key) {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(URI.create(url)).header("X-API-Key", key).build(),
                    BodyHandlers.discarding()).statusCode();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    public Answer get(String path) {
        return send("GET", "/api/v1" + path, null, Map.of());
    }

    public Answer post(String path, String body) {
        return send("POST", "/api/v1" + path, body, Map.of());
    }

    public Answer put(String path, String body) {
        return send("PUT", "/api/v1" + path, body, Map.of());
    }

    public Answer delete(String path, @Nullable String body) {
        return send("DELETE", "/api/v1" + path, body, Map.of());
    }

    /// Creates a user and returns its id.
    public String user(String name) {
        return post("/users", object("name", name)).data().get("user").get("id").stringValue();
    }

    /// Creates an agent and returns its id.
    public String agent(String name) {
        return post("/agents", object("name", name)).data().get("agent").get("id").stringValue();
    }

    /// Creates a session and returns its id.
    public String session(String user, String agent, String name) {
        return post("/sessions", object("user_id", user, "agent_id", agent, "name", name)).data().get("session")
                .get("id").stringValue();
    }

    /// Creates a user with an agent and a session of new names; returns the session's id.
    public String newSession() {
        String unique = UUID.randomUUID().toString();
        return session(user("user " + unique), agent("agent " + unique), "session " + unique);
    }

    /// Returns a JSON object of strings.
    public static String object(String... pairs) {
        Map<String, String> object = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            object.put(pairs[i], pairs[i + 1]);
        }
        return JSON.writeValueAsString(object);
    }

    /// Returns a body that adds messages of a user.
    public static String messages(String... texts) {
        return JSON.writeValueAsString(Map.of("messages", Arrays.stream(texts)
                .map(text -> Map.of("role", "user", "content", text)).toList()));
    }

    @Override
    public void close() {
        // Before the server, which gives idle connections a second to end.
        client.close();
        server.close();
        engine.close();
    }
}
