package dev.memfuse.server.stdio;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;

import dev.memfuse.background.BackgroundThreads;
import dev.memfuse.engine.exception.EngineException;
import dev.memfuse.server.local.LocalClient;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Passes the messages of a client between standard streams and a running server. Since the server keeps no sessions,
/// the server can change in between: when the one in use has ended, the bridge asks for another one. Each message is
/// passed on a thread of its own, and answers come in the order in which they are ready.
public final class StdioBridge {
    private static final Logger LOG = LoggerFactory.getLogger(StdioBridge.class);
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int PARSE_ERROR = -32_700;
    private static final int INVALID_REQUEST = -32_600;
    private static final int INTERNAL_ERROR = -32_603;
    private static final int ACCEPTED = 202;
    private static final int UNAUTHORIZED = 401;
    private static final int ERRORS = 400;

    private final Connector connector;
    private final String user;
    private final OutputStream out;
    private @Nullable Connected connected;

    /// Finds a running server, or starts one.
    @FunctionalInterface
    public interface Connector {
        /// Returns a client of a server that answers. Blocks.
        ///
        /// @throws EngineException when there is none, and none can be started
        LocalClient connect() throws InterruptedException;
    }

    /// @param userId id of the user at this server
    private record Connected(LocalClient client, String userId) {}

    /// @param user name of the user, who is created when missing
    /// @param out receives the answers, one a line
    public StdioBridge(Connector connector, String user, OutputStream out) {
        this.connector = connector;
        this.user = user;
        this.out = out;
    }

    /// Connects to a server before the first message. Blocks.
    ///
    /// @throws EngineException when there is none
    public void connect() throws IOException, InterruptedException {
        Connected _ = current();
    }

    /// Passes messages until the end of the input; then waits for the answers that are due.
    public void run(InputStream in) throws IOException {
        MessageLines lines = new MessageLines(in);
        try (ExecutorService threads = BackgroundThreads.virtualPerTask("mcp-message")) {
            for (Optional<String> line = lines.next(); line.isPresent(); line = lines.next()) {
                String message = line.get();
                threads.execute(() -> pass(message));
            }
        }
    }

    private void pass(String line) {
        if (line.equals(MessageLines.TOO_LONG)) {
            write(error(null, INVALID_REQUEST, "The message is too long."));
            return;
        }
        JsonNode message;
        try {
            message = JSON.readTree(line);
        } catch (JacksonException e) {
            write(error(null, PARSE_ERROR, "The line is no JSON."));
            return;
        }
        if (!message.isObject()) {
            write(error(null, INVALID_REQUEST, "The line is no message in JSON-RPC 2.0."));
            return;
        }
        try {
            answer(message, send(line)).ifPresent(this::write);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            refuse(message, "The program is ending.");
        } catch (EngineException e) {
            refuse(message, String.valueOf(e.getMessage()));
        } catch (IOException e) {
            LOG.warn("HTTP: a message was not answered. {}", e.toString());
            refuse(message, "The server ended before it answered. The call may have been carried out.");
        }
    }

    private Optional<String> answer(JsonNode message, LocalClient.Answer answer) {
        if (answer.status() >= ERRORS) {
            return message.has("id")
                    ? Optional.of(error(id(message), INVALID_REQUEST, answer.message()))
                    : Optional.empty();
        }
        return answer.status() == ACCEPTED || answer.text().isBlank()
                ? Optional.empty()
                : Optional.of(answer.text());
    }

    private void refuse(JsonNode message, String sentence) {
        if (message.has("id")) {
            write(error(id(message), INTERNAL_ERROR, sentence));
        }
    }

    /// Returns the id of a request; null for one that the protocol does not know, which no client could read.
    private static @Nullable JsonNode id(JsonNode message) {
        JsonNode id = message.get("id");
        return id.isString() || id.isIntegralNumber() ? id : null;
    }

    /// Sends a message; once more when it did not reach a server.
    private LocalClient.Answer send(String line) throws IOException, InterruptedException {
        Connected first = current();
        try {
            LocalClient.Answer answer = first.client().message(first.userId(), line);
            if (answer.status() != UNAUTHORIZED) {
                return answer;
            }
        } catch (ConnectException | HttpConnectTimeoutException e) {
            LOG.info("HTTP: the server of process {} has ended", first.client().address().pid());
        } catch (IOException e) {
            drop(first);
            throw e;
        }
        drop(first);
        Connected second = current();
        return second.client().message(second.userId(), line);
    }

    private synchronized Connected current() throws IOException, InterruptedException {
        Connected now = connected;
        if (now == null) {
            LocalClient client = connector.connect();
            now = new Connected(client, client.user(user));
            connected = now;
        }
        return now;
    }

    private synchronized void drop(Connected used) {
        if (used.equals(connected)) {
            connected = null;
        }
    }

    private static String error(@Nullable JsonNode id, int code, String sentence) {
        Map<String, @Nullable Object> error = new LinkedHashMap<>();
        error.put("jsonrpc", "2.0");
        error.put("id", id);
        error.put("error", Map.of("code", code, "message", sentence));
        return JSON.writeValueAsString(error);
    }

    private void write(String line) {
        synchronized (out) {
            try {
                out.write((line.strip() + "\n").getBytes(StandardCharsets.UTF_8));
                out.flush();
            } catch (IOException e) {
                throw new UncheckedIOException("The client does not read its answers.", e);
            }
        }
    }
}
