package dev.memfuse.lab.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

class LlmSimulatorTest {
    private static final LogNormal AT_ONCE = new LogNormal(Duration.ZERO, Duration.ZERO);
    private static final String QUESTION = "{\"model\":\"m\",\"messages\":["
            + "{\"role\":\"system\",\"content\":\"TASK: fact_extraction\"},"
            + "{\"role\":\"user\",\"content\":\"<conversation>\\n{\\\"n\\\":1,"
            + "\\\"text\\\":\\\"I met Anna in Porto.\\\"}\\n</conversation>\"}]}";

    private static HttpResponse<String> ask(LlmSimulator simulator, String body)
            throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(URI.create(simulator.baseUrl() + "/chat/completions"))
                            .POST(HttpRequest.BodyPublishers.ofString(body)).build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }

    private static LlmSimulator start(double errorRate, long seed) {
        return LlmSimulator.start(new LlmSimulator.Options(0, AT_ONCE, errorRate, seed));
    }

    @Test
    void answersFromThePromptAndIdentifiesItselfAsASimulator() throws Exception {
        try (LlmSimulator simulator = start(0, 1)) {
            HttpResponse<String> answer = ask(simulator, QUESTION);

            assertEquals(200, answer.statusCode());
            assertTrue(answer.body().contains("SIMULATOR of m"), answer.body());
            assertTrue(answer.body().contains("I met Anna in Porto."), answer.body());
            assertEquals(answer.body(), ask(simulator, QUESTION).body());
            assertEquals(2, simulator.calls());
        }
    }

    @Test
    void rejectsInvalidJson() throws Exception {
        try (LlmSimulator simulator = start(0, 1)) {
            assertEquals(400, ask(simulator, "hello").statusCode());
        }
    }

    private static List<Integer> statuses(long seed) throws Exception {
        List<Integer> found = new ArrayList<>();
        try (LlmSimulator simulator = start(0.5, seed)) {
            for (int i = 0; i < 30; i++) {
                found.add(ask(simulator, QUESTION).statusCode());
            }
            assertEquals(found.stream().filter(status -> status != 200).count(), simulator.errors());
        }
        return found;
    }

    @Test
    void failsAtTheErrorRateAndDeterministically() throws Exception {
        List<Integer> first = statuses(7);

        assertEquals(first, statuses(7));
        assertNotEquals(first, statuses(8));
        assertTrue(first.containsAll(List.of(200, 429, 500)), first.toString());
    }

    @Test
    void theLatenciesHaveTheGivenQuantiles() {
        LogNormal latency = new LogNormal(Duration.ofMillis(800), Duration.ofMillis(2_500));
        Random random = new Random(3);

        double[] millis = IntStream.range(0, 20_000).mapToDouble(_ -> latency.sample(random).toMillis()).sorted()
                .toArray();

        assertEquals(800, millis[10_000], 25);
        assertEquals(2_500, millis[19_000], 130);
    }

    @Test
    void aTailBelowTheMedianIsRejected() {
        assertThrows(IllegalArgumentException.class, () -> new LogNormal(Duration.ofSeconds(2), Duration.ofSeconds(1)));
    }
}
