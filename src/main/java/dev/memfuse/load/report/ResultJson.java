package dev.memfuse.load.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import dev.memfuse.file.PrivateFiles;
import dev.memfuse.load.Workload;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Serializes results as JSON with snake_case names. The names belong to the format version of the result.
public final class ResultJson {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).enable(SerializationFeature.INDENT_OUTPUT)
            .enable(EnumFeature.WRITE_ENUMS_TO_LOWERCASE)
            .build();

    private ResultJson() {}

    /// Returns the result of a load with its workload.
    public static String of(LoadReport report) {
        ObjectNode tree = MAPPER.valueToTree(report.result());
        if (!report.result().arrival().open()) {
            // A closed run has no schedule: its operations are due when they start.
            ((ObjectNode) tree.get("arrival")).remove(List.of("scheduled", "dropped", "achieved", "lag_ms"));
        }
        tree.set("thresholds", MAPPER.valueToTree(report.result().thresholds().stream()
                .map(outcome -> new ThresholdLine(outcome.threshold().text(), finite(outcome.value()), outcome.kept()))
                .toList()));
        tree.set("workload", MAPPER.valueToTree(describe(report.workload())));
        return MAPPER.writeValueAsString(tree) + System.lineSeparator();
    }

    /// A threshold in the file.
    ///
    /// @param value null when nothing was measured
    private record ThresholdLine(String limit, @Nullable Double value, boolean kept) {}

    private static @Nullable Double finite(double value) {
        return Double.isFinite(value) ? (Double) value : null;
    }

    /// Returns another result that consists of records, maps, lists and numbers.
    public static String of(Record result) {
        return MAPPER.writeValueAsString(result) + System.lineSeparator();
    }

    /// Writes JSON to a file; creates the folder when missing. Blocks.
    ///
    /// @throws UncheckedIOException when the file cannot be written
    public static void write(Path file, String json) {
        try {
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            PrivateFiles.writeString(file, json);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    String.format(Locale.ROOT, "The file %s cannot be written: %s", file, WriteFailure.describe(e)),
                    e);
        }
    }

    /// Returns the workload as names and values, in display order.
    static Map<String, Object> describe(Workload workload) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("users", workload.users());
        switch (workload.arrival()) {
            case Workload.Arrival.Closed closed -> {
                values.put("concurrency", closed.concurrency());
                if (!closed.thinkTime().isZero()) {
                    values.put("think_time_s", seconds(closed.thinkTime()));
                }
            }
            case Workload.Arrival.Open open -> {
                values.put("rate_per_s", open.level());
                values.put("arrivals", open.process().name().toLowerCase(Locale.ROOT));
                values.put("shape", open.shape().label());
                values.put("max_in_flight", open.maxInFlight());
            }
        }
        values.put("duration_s", seconds(workload.duration()));
        if (workload.warmup().isFixed()) {
            values.put("warmup_s", seconds(workload.warmup().maximum()));
        } else {
            values.put("warmup_min_s", seconds(workload.warmup().minimum()));
            values.put("warmup_max_s", seconds(workload.warmup().maximum()));
        }
        values.put("mix_add", workload.mix().add());
        values.put("mix_query", workload.mix().query());
        values.put("mix_list", workload.mix().list());
        values.put("batch_size", workload.batchSize());
        values.put("top_k", workload.topK());
        values.put("seed", workload.seed());
        values.put("dataset", workload.dataset().map(Path::toString).orElse("generated"));
        workload.content().messageSize().ifPresent(size -> {
            values.put("message_size_min", size.min());
            values.put("message_size_max", size.max());
        });
        return values;
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
