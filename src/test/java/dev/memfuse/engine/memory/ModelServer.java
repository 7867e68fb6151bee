package dev.memfuse.engine.memory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// A server of chat completions on the loopback address whose answers the test chooses.
final class ModelServer implements AutoCloseable {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private final HttpServer server;
    private final Script script;
    private final List<Call> calls = new CopyOnWriteArrayList<>();
    private final CountDownLatch ended = new CountDownLatch(1);

    /// A call.
    ///
    /// @param task the task in the system prompt: `episode_summary`, `fact_extraction` or `conflict_detection`
    /// @param user the user prompt
    record Call(String task, String user) {}

    /// Returns the content of the answer.
    @FunctionalInterface
    interface Script {
        /// @throws Refusal for another status
        String answer(Call call) throws InterruptedException;
    }

    /// An answer with a status and without content.
    static final class Refusal extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final int status;

        Refusal(int status) {
            super(String.format(Locale.ROOT, "status %d", status));
            this.status = status;
        }
    }

    private ModelServer(HttpServer server, Script script) {
        this.server = server;
        this.script = script;
    }

    static ModelServer start(Script script) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            ModelServer started = new ModelServer(server, script);
            server.createContext("/", started::handle);
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.start();
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String baseUrl() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
    }

    List<Call> calls() {
        return List.copyOf(calls);
    }

    long calls(String task) {
        return calls.stream().filter(call -> call.task().equals(task)).count();
    }

    /// Never answers, until the server closes.
    String hang() throws InterruptedException {
        ended.await();
        return "";
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            JsonNode body = MAPPER.readTree(exchange.getRequestBody().readAllBytes());
            String system = body.path("messages").path(0).path("content").asString("");
            Call call = new Call(system.lines().findFirst().orElse("").replace("TASK: ", ""),
                    body.path("messages").path(1).path("content").asString(""));
            calls.add(call);
            try {
                send(exchange, 200, completion(script.answer(call)));
            } catch (Refusal e) {
                send(exchange, e.status, MAPPER.createObjectNode());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static ObjectNode completion(String content) {
        ObjectNode answer = MAPPER.createObjectNode();
        answer.putArray("choices").addObject().putObject("message").put("role", "assistant").put("content", content);
        answer.putObject("usage").put("prompt_tokens", 100).put("completion_tokens", 10);
        return answer;
    }

    private static void send(HttpExchange exchange, int status, ObjectNode body) throws IOException {
        byte[] bytes = body.toString().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        ended.countDown();
        server.stop(0);
    }
}
