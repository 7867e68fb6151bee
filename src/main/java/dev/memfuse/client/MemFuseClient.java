package dev.memfuse.client;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import dev.memfuse.background.BackgroundThreads;
import dev.memfuse.engine.NewMessage;
import dev.memfuse.engine.exception.EngineException;
import dev.memfuse.engine.exception.InvalidValueException;
import dev.memfuse.engine.exception.NotFoundException;
import dev.memfuse.engine.exception.StatementFailedException;
import dev.memfuse.engine.exception.StorageUnavailableException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A client of MemFuse's API. Thread-safe; each call blocks and fails as the engine fails: a server that does not
/// answer counts as unreachable storage.
public final class MemFuseClient implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration TIMEOUT = Duration.ofSeconds(90);
    /// Far above every answer to what this client asks.
    private static final long MAX_ANSWER_BYTES = 64L << 20;
    private static final int MAX_MESSAGE = 300;
    private static final int REDIRECTION = 300;
    private static final int ERROR = 400;
    private static final String NONE = "no message.";
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int MODEL = 422;
    private static final int FAILED = 500;
    private static final int UNAVAILABLE = 503;

    private final String base;
    private final Duration timeout;
    private final Optional<String> key;
    private final ExecutorService threads = BackgroundThreads.virtualPerTask("http-client");
    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT)
            .executor(threads).build();

    /// Messages that a server acknowledged.
    ///
    /// @param ids their ids at the server, in their order
    /// @param status status of the buffers, as the server words it
    public record Added(List<UUID> ids, String status) {}

    /// An answer.
    private record Answer(int status, String text) {
        JsonNode data() {
            try {
                JsonNode data = JSON.readTree(text).path("data");
                if (data.isObject()) {
                    return data;
                }
            } catch (JacksonException e) {
                throw unreadable(e);
            }
            throw unreadable(null);
        }
    }

    /// @param target address of the server without `/api/v1`, for instance `http://127.0.0.1:8000`
    /// @param key API key; empty sends none
    public MemFuseClient(URI target, Optional<String> key) {
        this(target, key, TIMEOUT);
    }

    /// @param timeout maximum time of a call, until its answer is complete
    MemFuseClient(URI target, Optional<String> key, Duration timeout) {
        this.timeout = timeout;
        String text = target.toString();
        base = (text.endsWith("/") ? text.substring(0, text.length() - 1) : text) + "/api/v1";
        this.key = key;
    }

    /// Returns the version of the server.
    ///
    /// @throws EngineException when it does not answer
    public String version() {
        return call("GET", "/health", null).data().path("version").asString("unknown");
    }

    /// Creates a user and returns its id.
    public UUID createUser(String name) {
        return id(call("POST", "/users", Map.of("name", name)).data().path("user"));
    }

    /// Deletes a user with all data.
    public void deleteUser(UUID user) {
        Answer _ = call("DELETE", "/users/" + user, null);
    }

    /// Returns the id of the agent with a name, and creates it when it is missing. Agents are common to all users.
    public UUID agent(String name) {
        return findAgent(name).orElseGet(() -> {
            try {
                return id(call("POST", "/agents", Map.of("name", name)).data().path("agent"));
            } catch (EngineException e) {
                // Another call has just created it.
                return findAgent(name).orElseThrow(() -> e);
            }
        });
    }

    private Optional<UUID> findAgent(String name) {
        try {
            JsonNode found = call("GET", "/agents?name=" + URLEncoder.encode(name, StandardCharsets.UTF_8), null)
                    .data().path("agents").path(0);
            return found.isMissingNode() ? Optional.empty() : Optional.of(id(found));
        } catch (NotFoundException e) {
            return Optional.empty();
        }
    }

    /// Creates a session and returns its id.
    public UUID createSession(UUID user, UUID agent, String name) {
        return id(call("POST", "/sessions",
                Map.of("user_id", user.toString(), "agent_id", agent.toString(), "name", name)).data().path("session"));
    }

    /// Adds messages as one round.
    public Added add(UUID session, List<NewMessage> messages) {
        JsonNode data = call("POST", "/sessions/" + session + "/messages",
                Map.of("messages", messages.stream().map(MemFuseClient::message).toList())).data();
        return new Added(data.path("message_ids").valueStream().map(MemFuseClient::uuid).toList(),
                data.path("buffer_status").asString(""));
    }

    /// Returns the JSON of a message.
    static Map<String, Object> message(NewMessage message) {
        Map<String, Object> written = new LinkedHashMap<>();
        written.put("id", message.id().toString());
        written.put("role", message.role().label());
        written.put("content", message.content());
        return written;
    }

    /// Queries the memory of a user and returns the number of hits.
    public int query(UUID user, String text, int topK) {
        return call("POST", "/users/" + user + "/query", Map.of("query", text, "top_k", topK)).data().path("results")
                .size();
    }

    /// Lists the newest messages of a session and returns their number.
    ///
    /// @param limit maximum number, 1..100
    public int list(UUID session, int limit) {
        return call("GET", "/sessions/" + session + "/messages?limit=" + limit, null).data().path("messages").size();
    }

    /// Returns whether a session has all of these messages.
    public boolean has(UUID session, List<UUID> messages) {
        try {
            return call("POST", "/sessions/" + session + "/messages/read",
                    Map.of("message_ids", messages.stream().map(UUID::toString).toList())).data().path("messages")
                    .size() >= messages.size();
        } catch (NotFoundException e) {
            return false;
        }
    }

    private static UUID id(JsonNode entity) {
        return uuid(entity.path("id"));
    }

    private static UUID uuid(JsonNode id) {
        try {
            return UUID.fromString(id.asString(""));
        } catch (IllegalArgumentException e) {
            throw unreadable(e);
        }
    }

    private static EngineException unreadable(@Nullable Exception cause) {
        return new EngineException("The server answered what is no answer of MemFuse's API.",
                cause == null ? "" : String.valueOf(cause.getMessage()), cause);
    }

    private Answer call(String method, String path, @Nullable Object body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path))
                .header("Accept", "application/json").method(method, body == null
                        ? BodyPublishers.noBody()
                        : BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)));
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        key.ifPresent(text -> request.header("Authorization", "Bearer " + text));
        try {
            HttpResponse<String> response = send(request.build());
            Answer answer = new Answer(response.statusCode(), response.body());
            if (answer.status() >= REDIRECTION) {
                throw failure(answer);
            }
            return answer;
        } catch (IOException e) {
            // A refused connection has no message, and the name of its class would help nobody.
            throw new StorageUnavailableException("The server at " + base + " does not answer.",
                    e.getMessage() == null ? "" : e.toString(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EngineException("The call was interrupted.", "", e);
        }
    }

    /// The time limit includes the body of the answer, which the client's own one does not.
    private HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        CompletableFuture<HttpResponse<String>> answer = http.sendAsync(request,
                BodyHandlers.limiting(BodyHandlers.ofString(StandardCharsets.UTF_8), MAX_ANSWER_BYTES));
        boolean complete = false;
        try {
            HttpResponse<String> received = answer.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
            complete = true;
            return received;
        } catch (TimeoutException e) {
            throw new IOException("No complete answer in " + timeout.toSeconds() + " s", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
        } finally {
            if (!complete) {
                answer.cancel(true);
            }
        }
    }

    private static EngineException failure(Answer answer) {
        if (answer.status() < ERROR) {
            return new EngineException("The server answered " + answer.status() + ": it refers to another address, to "
                    + "which nothing is sent. Use the address of the server itself.");
        }
        String message = "The server answered " + answer.status() + ": " + message(answer);
        return switch (answer.status()) {
            case NOT_FOUND -> new NotFoundException(message);
            case UNAUTHORIZED, FORBIDDEN -> new EngineException(message);
            case MODEL -> new InvalidValueException("", message);
            case FAILED -> new StatementFailedException(message, "", null, false);
            case UNAVAILABLE -> new StorageUnavailableException(message, "", null);
            default -> new EngineException(message);
        };
    }

    private static String message(Answer answer) {
        try {
            JsonNode json = JSON.readTree(answer.text());
            String text = json.path("message").asString(json.path("detail").path(0).path("msg").asString(""));
            String line = text.lines().findFirst().orElse("").strip();
            return line.isEmpty()
                    ? NONE
                    : line.substring(0, line.offsetByCodePoints(0,
                            Math.min(MAX_MESSAGE, line.codePointCount(0, line.length()))));
        } catch (JacksonException e) {
            return NONE;
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
        threads.shutdown();
    }
}
