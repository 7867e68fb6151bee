package dev.memfuse.engine.model.language;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.memfuse.config.section.LlmConfig;
import dev.memfuse.config.section.LlmProvider;
import dev.memfuse.config.section.WhenLimited;
import dev.memfuse.metrics.ExtractionStats;
import dev.memfuse.metrics.MetricsHub;
import dev.memfuse.metrics.Operation;
import dev.memfuse.metrics.Stage;
import dev.memfuse.metrics.Trace;
import dev.memfuse.metrics.WorkStats;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The client against an HTTP server on the loopback address with answers of the test.
class OpenAiLanguageModelTest {
    private static final String KEY = "sk-of-a-test";
    private static final String ANSWER = "{\"id\":\"1\",\"object\":\"chat.completion\",\"choices\":["
            + "{\"index\":0,\"finish_reason\":\"stop\",\"message\":{\"role\":\"assistant\","
            + "\"content\":\"{\\\"title\\\":\\\"yes\\\"}\"}}]}";

    private final Queue<Integer> statuses = new ConcurrentLinkedQueue<>();
    private final List<String> bodies = new CopyOnWriteArrayList<>();
    private final List<String> keys = new CopyOnWriteArrayList<>();
    private final WorkStats work = new WorkStats();
    private final List<Duration> pauses = new ArrayList<>();
    private final CountDownLatch silent = new CountDownLatch(1);
    private volatile String retryAfter = "";
    private volatile String retryAfterMillis = "";
    private volatile String location = "";
    private volatile String success = ANSWER;
    private volatile boolean silence;
    private final ExtractionStats stats = new ExtractionStats();
    private final ModelUsage usage = new ModelUsage(work, stats);
    private HttpServer server;
    private ChatClient client;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/chat/completions", this::answer);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
        client = new ChatClient(url(), Optional.of(KEY));
    }

    @AfterEach
    void stop() {
        silent.countDown();
        client.close();
        server.stop(0);
    }

    private String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            keys.add(exchange.getRequestHeaders().getFirst("Authorization"));
            if (silence) {
                silent.await();
            }
            Integer next = statuses.poll();
            int status = next == null ? 200 : next;
            if (!retryAfter.isEmpty()) {
                exchange.getResponseHeaders().add("Retry-After", retryAfter);
            }
            if (!retryAfterMillis.isEmpty()) {
                exchange.getResponseHeaders().add("retry-after-ms", retryAfterMillis);
            }
            if (!location.isEmpty()) {
                exchange.getResponseHeaders().add("Location", location);
            }
            byte[] body = (status == 200 ? success : "{\"error\":{\"message\":\"no\"}}")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private OpenAiLanguageModel model(Duration timeout, int retries) {
        LlmConfig config = new LlmConfig(LlmProvider.OPENAI, url(), "a-model", timeout, 1_000, 1_000_000, retries,
                WhenLimited.FALLBACK, "", 0, 0);
        return new OpenAiLanguageModel(client, config, new RateLimit(System::nanoTime, Pause.REAL),
                new OpenAiLanguageModel.Timing(System::nanoTime, pauses::add, new Random(1)), usage);
    }

    private static Prompt prompt(Duration limit) {
        return new Prompt("Say yes.", "Please.", 0.1, 50, limit);
    }

    private static final Prompt PROMPT = prompt(Duration.ofMinutes(1));

    private static String failure(LanguageModel model, Prompt prompt) {
        return String.valueOf(assertThrows(LanguageModelException.class, () -> model.complete(prompt)).getMessage());
    }

    @Test
    void requestsJsonFromTheConfiguredModelWithTheKey() {
        JsonAnswer answer = model(Duration.ofSeconds(10), 0).complete(PROMPT);

        assertEquals("yes", answer.text("title", 10).orElseThrow());
        String body = bodies.getFirst();
        assertTrue(body.contains("\"a-model\"") && body.contains("json_object") && body.contains("Say yes."), body);
        assertEquals(List.of("Bearer " + KEY), keys);
    }

    @ParameterizedTest
    @CsvSource({"429", "500", "503"})
    void retriesRetryableFailuresWithBackoff(int status) {
        statuses.addAll(List.of(status, status));

        assertEquals("yes", model(Duration.ofSeconds(10), 2).complete(PROMPT).text("title", 10).orElseThrow());

        assertEquals(3, bodies.size());
        assertEquals(2, pauses.size());
        assertTrue(pauses.get(0).toMillis() >= 250 && pauses.get(0).toMillis() <= 500, pauses.toString());
        assertTrue(pauses.get(1).toMillis() >= 500 && pauses.get(1).toMillis() <= 1_000, pauses.toString());
    }

    @Test
    void waitsForTheTimeInRetryAfter() {
        statuses.add(429);
        retryAfter = "7";

        model(Duration.ofSeconds(10), 1).complete(PROMPT);

        assertEquals(List.of(Duration.ofSeconds(7)), pauses);
    }

    @ParameterizedTest
    @CsvSource({"1500, 1500", "' 250.4 ', 250", "never, 7000", "-5, 7000", "99999999999999, 7000"})
    void prefersTheExactWaitInMilliseconds(String header, long expected) {
        statuses.add(429);
        retryAfter = "7";
        retryAfterMillis = header;

        model(Duration.ofSeconds(10), 1).complete(PROMPT);

        assertEquals(List.of(Duration.ofMillis(expected)), pauses);
    }

    @Test
    void aLimitedCallSaysWhenTheNextIsAllowed() {
        LlmConfig config = new LlmConfig(LlmProvider.OPENAI, url(), "a-model", Duration.ofSeconds(10), 1, 100_000, 0,
                WhenLimited.WAIT, "", 0, 0);
        OpenAiLanguageModel model = new OpenAiLanguageModel(client, config,
                new RateLimit(System::nanoTime, Pause.REAL),
                new OpenAiLanguageModel.Timing(System::nanoTime, pauses::add, new Random(1)), usage);
        model.complete(PROMPT);

        Duration remaining = assertThrows(RateLimitedException.class, () -> model.complete(PROMPT)).remaining();

        assertTrue(remaining.toSeconds() >= 50 && remaining.toSeconds() <= 60, remaining.toString());
        assertEquals(List.of(), pauses);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "{\"prompt_tokens\":31,\"completion_tokens\":7} | 31 | 7", "{\"prompt_tokens\":-1} | 5 | 5",
            "{\"prompt_tokens\":99999999999,\"completion_tokens\":\"7\"} | 5 | 5", "null | 5 | 5"})
    void countsTheTokensOfTheServerOrElseItsOwn(String usage, long promptTokens, long answerTokens) {
        success = ANSWER.substring(0, ANSWER.length() - 1) + ",\"usage\":" + usage + "}";

        model(Duration.ofSeconds(10), 0).complete(PROMPT);

        assertEquals(List.of(1L, promptTokens, answerTokens), List.of(stats.counts().calls(),
                stats.counts().promptTokens(), stats.counts().answerTokens()));
    }

    @Test
    void doesNotWaitBeyondTheLimitOfThePrompt() {
        statuses.add(429);
        retryAfter = "3600";

        String sentence = failure(model(Duration.ofSeconds(10), 5), prompt(Duration.ofSeconds(20)));

        assertEquals("The language model at " + url() + " received too many requests (status 429).", sentence);
        assertEquals(List.of(), pauses);
    }

    @Test
    void failsAfterTheLastRetry() {
        statuses.addAll(List.of(500, 500, 500));

        assertEquals("The language model at " + url() + " answered with status 500, after 3 calls.",
                failure(model(Duration.ofSeconds(10), 2), PROMPT));
        assertEquals(3, bodies.size());
    }

    @Test
    void doesNotRetryOtherFailuresAndNamesTheRemedy() {
        statuses.add(401);

        String sentence = failure(model(Duration.ofSeconds(10), 5), PROMPT);

        assertTrue(sentence.contains("refused the key") && sentence.contains("MEMFUSE_LLM_API_KEY"), sentence);
        assertFalse(sentence.contains(KEY));
        assertEquals(1, bodies.size());
    }

    @Test
    void aCallEndsAfterTheTimeout() {
        silence = true;

        assertEquals("The language model at " + url() + " did not answer, after 2 calls.",
                failure(model(Duration.ofMillis(200), 1), PROMPT));
    }

    @ParameterizedTest
    @CsvSource({"2, 1000000, FALLBACK", "1000, 120, FALLBACK", "2, 1000000, WAIT", "1000, 120, WAIT"})
    void enforcesTheLimitsOfRequestsAndTokens(int requests, int tokens, WhenLimited whenLimited) {
        LlmConfig config = new LlmConfig(LlmProvider.OPENAI, url(), "a-model", Duration.ofSeconds(10), requests, tokens,
                0, whenLimited, "", 0, 0);
        OpenAiLanguageModel model = new OpenAiLanguageModel(client, config,
                new RateLimit(System::nanoTime, Pause.REAL),
                new OpenAiLanguageModel.Timing(System::nanoTime, pauses::add, new Random(1)), usage);
        model.complete(prompt(Duration.ofSeconds(5)));
        model.complete(prompt(Duration.ofSeconds(5)));

        assertEquals("The limits of requests and tokens per minute allow no other call now.",
                failure(model, prompt(Duration.ofSeconds(5))));
        assertEquals(2, bodies.size());
    }

    @Test
    void theTimeOfACallCountsAsStageLlm() {
        MetricsHub metrics = new MetricsHub(Clock.systemUTC());
        Trace trace = metrics.begin(Operation.EXTRACT);

        model(Duration.ofSeconds(10), 0).complete(PROMPT);

        metrics.end(trace, false);
        assertTrue(trace.stageNanos(Stage.LLM) > trace.totalNanos() / 2, trace.stageNanos(Stage.LLM) + " ns");
    }

    @Test
    void theKeyComesFromTheEnvironment() {
        LlmConfig config = new LlmConfig(LlmProvider.OPENAI, url(), "a-model", Duration.ofSeconds(10), 10, 10_000, 0,
                WhenLimited.WAIT, "", 0, 0);
        try (LanguageModels models = new LanguageModels(() -> config,
                Map.of("MEMFUSE_LLM_API_KEY", "first", "OPENAI_API_KEY", "second"), usage)) {
            models.current().orElseThrow().complete(PROMPT);
        }
        try (LanguageModels models = new LanguageModels(() -> config, Map.of("OPENAI_API_KEY", "second"), usage)) {
            models.current().orElseThrow().complete(PROMPT);
        }

        assertEquals(List.of("Bearer first", "Bearer second"), keys);
        assertFalse(config.toString().contains("first"));
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void aRedirectIsNotFollowedSoTheKeyStaysWithItsServer(int status) throws IOException {
        List<String> stolen = new CopyOnWriteArrayList<>();
        HttpServer other = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        other.createContext("/", exchange -> {
            stolen.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            exchange.close();
        });
        other.start();
        try {
            statuses.add(status);
            location = "http://127.0.0.1:" + other.getAddress().getPort() + "/v1/chat/completions";

            assertEquals("The language model at " + url() + " redirects to another address (status " + status
                    + "), which is not followed; set llm.base_url.",
                    failure(model(Duration.ofSeconds(10), 3), PROMPT));
            assertEquals(List.of(), stolen);
        } finally {
            other.stop(0);
        }
    }

    @Test
    void theKeyIsNotSentToAServerThatIsConfiguredLater() throws IOException {
        List<String> received = new CopyOnWriteArrayList<>();
        HttpServer other = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        other.createContext("/", exchange -> {
            try (exchange) {
                received.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
                exchange.sendResponseHeaders(401, -1);
            }
        });
        other.start();
        AtomicReference<String> baseUrl = new AtomicReference<>(url());
        try (LanguageModels models = new LanguageModels(
                () -> new LlmConfig(LlmProvider.OPENAI, baseUrl.get(), "a-model",
                        Duration.ofSeconds(10), 10, 10_000, 0,
                        WhenLimited.WAIT, "", 0, 0),
                Map.of("OPENAI_API_KEY", KEY), usage)) {
            models.current().orElseThrow().complete(PROMPT);
            baseUrl.set("http://127.0.0.1:" + other.getAddress().getPort() + "/v1");

            String sentence = failure(models.current().orElseThrow(), PROMPT);
            baseUrl.set(url());
            models.current().orElseThrow().complete(PROMPT);

            assertEquals(List.of("null"), received);
            assertTrue(sentence.contains("restart the program after a change of the server"), sentence);
            assertEquals(List.of("Bearer " + KEY, "Bearer " + KEY), keys);
        } finally {
            other.stop(0);
        }
    }

    @Test
    void aKeyThatNoHeaderCanCarryIsRefusedWithoutPrintingIt() {
        LlmConfig config = new LlmConfig(LlmProvider.OPENAI, url(), "a-model", Duration.ofSeconds(10), 10, 10_000, 0,
                WhenLimited.WAIT, "", 0, 0);
        try (LanguageModels models = new LanguageModels(() -> config, Map.of("OPENAI_API_KEY", KEY + "\nX-Other: 1"),
                usage)) {
            LanguageModelException refusal = assertThrows(LanguageModelException.class, models::current);

            assertTrue(String.valueOf(refusal.getMessage()).startsWith("The API key in the environment"),
                    refusal.getMessage());
            assertFalse(String.valueOf(refusal.getMessage()).contains(KEY));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"not JSON | sent an unreadable answer", "{\"choices\":[ | sent an unreadable"})
    void anAnswerThatIsNoJsonIsNotRepeated(String body, String expected) {
        success = body;

        String sentence = failure(model(Duration.ofSeconds(10), 3), PROMPT);

        assertTrue(sentence.contains(expected), sentence);
        assertEquals(1, bodies.size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[]", "{\"choices\":[]}", "{\"choices\":[{\"message\":{\"content\":null}}]}"})
    void anAnswerWithoutContentIsEmpty(String body) {
        success = body;

        assertEquals("The language model gave an empty answer.", failure(model(Duration.ofSeconds(10), 0), PROMPT));
    }
}
