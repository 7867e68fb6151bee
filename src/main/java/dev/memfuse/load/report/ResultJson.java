package dev.memfuse.load.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

import dev.memfuse.load.Workload;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Results as JSON with snake_case names, for other programs. The names of the result are part of its format version.
public final class ResultJson {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    private ResultJson() {}

    /// The result of a load and the workload that led to it.
    public static String of(LoadReport report) {
        ObjectNode tree = MAPPER.valueToTree(report.result());
        tree.set("workload", MAPPER.valueToTree(describe(report.workload())));
        return MAPPER.writeValueAsString(tree) + System.lineSeparator();
    }

    /// The same for any other result made of records, maps, lists and numbers.
    public static String of(Record result) {
        return MAPPER.writeValueAsString(result) + System.lineSeparator();
    }

    /// Writes a text made by this class; makes the folder when it is missing.
    ///
    /// @throws UncheckedIOException when the file cannot be written
    public static void write(Path file, String json) {
        try {
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            Files.writeString(file, json);
        } catch (IOException e) {
            throw new UncheckedIOException("The file %s cannot be written: %s".formatted(file, WriteFailure.words(e)),
                    e);
        }
    }

    /// The workload as names and values in the order to show them.
    static Map<String, Object> describe(Workload workload) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("users", workload.users());
        switch (workload.arrival()) {
            case Workload.Arrival.Closed closed -> facts.put("concurrency", closed.concurrency());
            case Workload.Arrival.Open open -> {
                facts.put("rate_per_s", open.ratePerSecond());
                facts.put("max_in_flight", open.maxInFlight());
            }
        }
        facts.put("duration_s", seconds(workload.duration()));
        facts.put("warmup_s", seconds(workload.warmup()));
        facts.put("mix_add", workload.mix().add());
        facts.put("mix_query", workload.mix().query());
        facts.put("mix_list", workload.mix().list());
        facts.put("batch_size", workload.batchSize());
        facts.put("top_k", workload.topK());
        facts.put("seed", workload.seed());
        facts.put("dataset", workload.dataset().map(Path::toString).orElse("generated"));
        return facts;
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
