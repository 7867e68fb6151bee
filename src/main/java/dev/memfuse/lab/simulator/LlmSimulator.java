package dev.memfuse.lab.simulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.memfuse.background.BackgroundThreads;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// A SIMULATOR of a language model's server, on the loopback address only. The model name in each answer starts with
/// `SIMULATOR`. The seed and the order of the calls determine latencies and errors. Thread-safe. Owns the threads
/// `llm-simulator-*`.
public final class LlmSimulator implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LlmSimulator.class);
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final int TOO_MANY = 429;
    private static final int FAILED = 500;
    private static final int CHARACTERS_PER_TOKEN = 4;

    private final HttpServer server;
    private final ExecutorService threads = BackgroundThreads.virtualPerTask("llm-simulator");
    private final Options options;
    private final Random random;
    private final AtomicLong calls = new AtomicLong();
    private final AtomicLong errors = new AtomicLong();

    /// The options of a simulator.
    ///
    /// @param port 0 chooses a free port
    /// @param latency of each answer, including errors
    /// @param errorRate share of calls that fail, half with 429 and half with 500, 0..1
    /// @param seed of latencies and errors
    public record Options(int port, LogNormal latency, double errorRate, long seed) {}

    private record Plan(Duration latency, int status) {}

    private LlmSimulator(HttpServer server, Options options) {
        this.server = server;
        this.options = options;
        this.random = new Random(options.seed());
    }

    /// Starts a simulator.
    ///
    /// @throws UncheckedIOException when the port is in use
    public static LlmSimulator start(Options options) {
        try {
            HttpServer server = HttpServer
                    .create(new InetSocketAddress(InetAddress.getLoopbackAddress(), options.port()), 0);
            LlmSimulator simulator = new LlmSimulator(server, options);
            server.createContext("/v1/chat/completions", simulator::handle);
            server.setExecutor(simulator.threads);
            server.start();
            LOG.info("Simulator: answers as a language model at {}", simulator.baseUrl());
            return simulator;
        } catch (IOException e) {
            throw new UncheckedIOException("The simulator cannot listen on port " + options.port() + ": "
                    + e.getMessage() + ". Choose another one with --port.", e);
        }
    }

    /// Returns the value for the setting `llm.base_url`.
    public String baseUrl() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
    }

    /// Returns the number of calls so far, including failed ones.
    public long calls() {
        return calls.get();
    }

    /// Returns the number of calls that received a simulated error.
    public long errors() {
        return errors.get();
    }

    private synchronized Plan plan() {
        Duration latency = options.latency().sample(random);
        boolean fails = random.nextDouble() < options.errorRate();
        int error = random.nextBoolean() ? TOO_MANY : FAILED;
        return new Plan(latency, fails ? error : 200);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            calls.incrementAndGet();
            Plan plan = plan();
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            delay(plan.latency());
            if (plan.status() == 200) {
                answer(exchange, body);
            } else {
                errors.incrementAndGet();
                if (plan.status() == TOO_MANY) {
                    exchange.getResponseHeaders().add("Retry-After", "0.05");
                }
                send(exchange, plan.status(), error("(SIMULATOR) A simulated error."));
            }
        }
    }

    private static void answer(HttpExchange exchange, String body) throws IOException {
        try {
            send(exchange, 200, completion(MAPPER.readTree(body)));
        } catch (JacksonException e) {
            send(exchange, 400, error("(SIMULATOR) The request is not JSON."));
        }
    }

    private static ObjectNode completion(JsonNode request) {
        StringBuilder system = new StringBuilder();
        StringBuilder user = new StringBuilder();
        request.path("messages").forEach(message -> {
            boolean instructs = message.path("role").asString("").equals("system");
            (instructs ? system : user).append(message.path("content").asString("")).append('\n');
        });
        String content = SimulatedAnswers.to(system.toString(), user.toString());
        ObjectNode answer = MAPPER.createObjectNode().put("id", "simulated").put("object", "chat.completion")
                .put("created", 0).put("model", "SIMULATOR of " + request.path("model").asString("a model"));
        ObjectNode choice = answer.putArray("choices").addObject().put("index", 0).put("finish_reason", "stop");
        choice.putNull("logprobs");
        choice.putObject("message").put("role", "assistant").put("content", content).putNull("refusal");
        int promptTokens = (system.length() + user.length()) / CHARACTERS_PER_TOKEN;
        int completionTokens = content.length() / CHARACTERS_PER_TOKEN;
        answer.putObject("usage").put("prompt_tokens", promptTokens)
                .put("completion_tokens", completionTokens).put("total_tokens", promptTokens + completionTokens);
        return answer;
    }

    private static ObjectNode error(String message) {
        ObjectNode body = MAPPER.createObjectNode();
        body.putObject("error").put("message", message).put("type", "simulated").putNull("param").putNull("code");
        return body;
    }

    private static void send(HttpExchange exchange, int status, ObjectNode body) throws IOException {
        byte[] bytes = body.toString().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private static void delay(Duration latency) {
        long end = System.nanoTime() + latency.toNanos();
        for (long left = latency.toNanos(); left > 0
                && !Thread.currentThread().isInterrupted(); left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
