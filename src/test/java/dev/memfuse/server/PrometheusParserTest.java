package dev.memfuse.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

import dev.memfuse.monitoring.MetricsText;
import dev.memfuse.server.HttpFixture.Answer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The parsers of Prometheus' own Python client read `/metrics` over HTTP, in both text formats.
@Tag("prometheus")
class PrometheusParserTest {
    private static final Path PYTHON = Path.of("/usr/bin/python3");
    private static final Path CLIENT = Path.of("/usr/lib/python3/dist-packages/prometheus_client/parser.py");
    private static final Path SCRIPT = Path.of("src", "test", "prometheus", "read.py");

    private static HttpFixture http;

    @BeforeAll
    static void start() throws SQLException {
        if (!Files.isRegularFile(CLIENT)) {
            throw new IllegalStateException("Run first: apt-get install python3-prometheus-client");
        }
        http = HttpFixture.start();
        String session = http.newSession();
        http.post("/sessions/" + session + "/messages", HttpFixture.messages("My cat is called \"Ada\"\\nand sleeps."));
        http.get("/users");
    }

    @AfterAll
    static void stop() {
        http.close();
    }

    /// What the parser printed.
    ///
    /// @param code exit code of the script
    private record Parsed(int code, String problem, Map<String, Double> samples, Map<String, String> types) {
        static Parsed of(String format, String text) throws IOException, InterruptedException {
            Process process = new ProcessBuilder(PYTHON.toString(), SCRIPT.toString(), format).start();
            Thread writer = Thread.ofVirtual().start(() -> write(process, text));
            List<String> lines = process.inputReader(StandardCharsets.UTF_8).lines().toList();
            String problem = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
            writer.join();
            assertTrue(process.waitFor(30, TimeUnit.SECONDS));
            Map<String, Double> samples = new HashMap<>();
            Map<String, String> types = new HashMap<>();
            for (String line : lines) {
                String[] cells = line.split("\t");
                types.put(cells[1], cells[0]);
                samples.put(cells[2].replace("{}", ""), number(cells[3]));
            }
            return new Parsed(process.exitValue(), problem, samples, types);
        }

        private static void write(Process process, String text) {
            try (OutputStream in = process.getOutputStream()) {
                in.write(text.getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                // The parser ended at a wrong line.
                assertNotEquals("", String.valueOf(e.getMessage()));
            }
        }

        private static double number(String text) {
            return switch (text) {
                case "inf" -> Double.POSITIVE_INFINITY;
                case "-inf" -> Double.NEGATIVE_INFINITY;
                case "nan" -> Double.NaN;
                default -> Double.parseDouble(text);
            };
        }
    }

    @ParameterizedTest
    @CsvSource({"prometheus,text/plain,text/plain", "openmetrics,application/openmetrics-text;version=1.0.0,"
            + "application/openmetrics-text"})
    void theParserOfPrometheusReadsEverySample(String format, String accept, String type) throws Exception {
        Answer answer = http.send(http.url(), "GET", "/metrics", null, Map.of("Accept", accept));

        Parsed parsed = Parsed.of(format, answer.text());

        assertEquals(0, parsed.code(), parsed.problem());
        assertTrue(answer.response().headers().firstValue("Content-Type").orElse("").startsWith(type));
        MetricsText ours = MetricsText.parse(answer.text());
        assertEquals(new TreeSet<>(ours.names()), names(parsed), "the same names as our own parser");
        assertEquals("histogram", parsed.types().get("memfuse_operation_duration_seconds"));
        assertEquals("counter", parsed.types().get("memfuse_statements"));
        assertEquals("gauge", parsed.types().get("hikaricp_connections_max"));
        for (String series : List.of("memfuse_operation_duration_seconds_count{operation=\"add\"}",
                "hikaricp_connections_max{pool=\"memfuse\"}", "memfuse_statements_total")) {
            assertEquals(ours.value(series), parsed.samples().get(series), series);
        }
        assertEquals(1, parsed.samples().get("memfuse_operation_duration_seconds_bucket{le=\"+Inf\","
                + "operation=\"add\"}"));
        assertTrue(Objects.requireNonNull(parsed.samples().get("http_server_requests_seconds_count{method=\"GET\","
                + "outcome=\"SUCCESS\",status=\"200\",uri=\"/api/v1/users\"}")) >= 1);
    }

    private static Set<String> names(Parsed parsed) {
        Set<String> names = new TreeSet<>();
        parsed.samples().keySet().forEach(series -> names.add(series.replaceFirst("\\{.*", "")));
        return names;
    }

    @Test
    void theParserRefusesADamagedText() throws Exception {
        String text = http.send(http.url(), "GET", "/metrics", null,
                Map.of("Accept", "application/openmetrics-text;version=1.0.0")).text();

        Parsed withoutEnd = Parsed.of("openmetrics", text.replace("# EOF\n", ""));
        Parsed torn = Parsed.of("prometheus", text.replaceFirst("(memfuse_statements_total) .*", "$1 many"));

        assertEquals(1, withoutEnd.code());
        assertTrue(withoutEnd.problem().contains("EOF"), withoutEnd.problem());
        assertEquals(1, torn.code(), torn.problem());
    }
}
