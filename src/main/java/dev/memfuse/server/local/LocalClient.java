package dev.memfuse.server.local;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

import dev.memfuse.engine.exception.EngineException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A client of the server of a running program. Thread-safe; each call blocks.
public final class LocalClient {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final Duration CHECK = Duration.ofSeconds(5);
    /// Longer than a server lets a request run.
    private static final Duration CALL = Duration.ofMinutes(2);
    private static final int OK = 200;
    private static final int CREATED = 201;
    private static final int NOT_FOUND = 404;
    private static final int BAD_REQUEST = 400;

    private final LocalAddress address;
    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT).proxy(HttpClient.Builder.NO_PROXY).build();

    /// An answer of the server.
    ///
    /// @param status HTTP status
    public record Answer(int status, String text) {
        /// Returns the message of an error.
        public String message() {
            try {
                return JSON.readTree(text).path("message").asString("The server answered with status " + status + ".");
            } catch (JacksonException e) {
                return "The server answered with status " + status + ".";
            }
        }
    }

    public LocalClient(LocalAddress address) {
        this.address = address;
    }

    /// Returns the address.
    public LocalAddress address() {
        return address;
    }

    /// Returns whether the server answers and takes the token.
    public boolean answers() throws InterruptedException {
        try {
            return send("GET", "/api/v1/agents?name=none", null, CHECK).status() == NOT_FOUND;
        } catch (IOException e) {
            return false;
        }
    }

    /// Returns the id of the user with a name, and creates the user when it is missing.
    ///
    /// @throws EngineException when the server refuses it
    public String user(String name) throws IOException, InterruptedException {
        String query = "/api/v1/users?name=" + URLEncoder.encode(name, StandardCharsets.UTF_8);
        Answer found = send("GET", query, null, CALL);
        if (found.status() == NOT_FOUND) {
            Answer created = send("POST", "/api/v1/users", JSON.writeValueAsString(Map.of("name", name)), CALL);
            if (created.status() == CREATED) {
                return data(created).path("user").path("id").stringValue();
            }
            // Refused when another client has just created it.
            found = created.status() == BAD_REQUEST ? send("GET", query, null, CALL) : created;
        }
        if (found.status() != OK) {
            throw new EngineException(found.message());
        }
        return data(found).path("users").path(0).path("id").stringValue();
    }

    private static JsonNode data(Answer answer) {
        return JSON.readTree(answer.text()).path("data");
    }

    /// Sends a message of the Model Context Protocol.
    ///
    /// @param userId id of the user whose memory it uses
    /// @throws ConnectException when there is no server: the message was not sent
    /// @throws IOException when the server ended: it may have carried out the message
    public Answer message(String userId, String json) throws IOException, InterruptedException {
        return send("POST", "/mcp/" + userId, json, CALL);
    }

    private Answer send(String method, String path, @Nullable String body, Duration limit)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address.url() + path)).timeout(limit)
                .header("Authorization", "Bearer " + address.token())
                .header("Accept", "application/json, text/event-stream")
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString(StandardCharsets.UTF_8));
        return new Answer(response.statusCode(), response.body());
    }
}
