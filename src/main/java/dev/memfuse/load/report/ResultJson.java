package dev.memfuse.load.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import dev.memfuse.file.PrivateFiles;
import dev.memfuse.load.LoadResult;
import dev.memfuse.load.Threshold;
import dev.memfuse.load.Workload;
import dev.memfuse.metrics.stats.Percentiles;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
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
    private static final JsonMapper READER = MAPPER.rebuild().enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES).build();

    private ResultJson() {}

    /// Returns the result of a load with its workload.
    public static String of(LoadReport report) {
        return text(tree(report));
    }

    /// Returns a tree as text.
    public static String text(JsonNode tree) {
        return MAPPER.writeValueAsString(tree) + System.lineSeparator();
    }

    /// Returns another result that consists of records, maps, lists and numbers as a tree.
    public static JsonNode tree(Object result) {
        return MAPPER.valueToTree(result);
    }

    /// Returns the result of a load with its workload as a tree.
    public static ObjectNode tree(LoadReport report) {
        ObjectNode tree = MAPPER.valueToTree(report.result());
        if (!report.result().arrival().open()) {
            // A closed run has no schedule: its operations are due when they start.
            ((ObjectNode) tree.get("arrival")).remove(List.of("scheduled", "dropped", "achieved", "lag_ms"));
        }
        tree.set("thresholds", MAPPER.valueToTree(report.result().thresholds().stream()
                .map(outcome -> new ThresholdLine(outcome.threshold().text(), finite(outcome.value()), outcome.kept()))
                .toList()));
        tree.set("workload", MAPPER.valueToTree(describe(report.workload())));
        return tree;
    }

    /// Returns the result of a load from the text of [#of].
    ///
    /// @throws IllegalArgumentException when it is not such a text; the message is a clause
    public static LoadResult read(String json) {
        try {
            ObjectNode tree = (ObjectNode) MAPPER.readTree(json);
            List<Threshold.Outcome> thresholds = new ArrayList<>();
            for (JsonNode line : tree.required("thresholds")) {
                thresholds.add(new Threshold.Outcome(Threshold.parse(line.required("limit").asString()),
                        line.path("value").asDouble(Double.NaN), line.required("kept").asBoolean()));
            }
            tree.set("thresholds", MAPPER.createArrayNode());
            ObjectNode arrival = (ObjectNode) tree.required("arrival");
            if (!arrival.has("lag_ms")) {
                arrival.set("lag_ms", MAPPER.valueToTree(Percentiles.NONE));
            }
            return READER.treeToValue(tree, LoadResult.class).withThresholds(thresholds);
        } catch (JacksonException | ClassCastException | NullPointerException e) {
            throw new IllegalArgumentException("it is not the result of a load", e);
        }
    }

    /// Returns another result from the text of [#of(Record)].
    ///
    /// @throws IllegalArgumentException when it is not such a text; the message is a clause
    public static <T> T read(String json, Class<T> type) {
        try {
            return READER.readValue(json, type);
        } catch (JacksonException | NullPointerException e) {
            throw new IllegalArgumentException("it is not a " + type.getSimpleName(), e);
        }
    }

    /// Returns a tree from a text; empty when it is not JSON.
    public static Optional<JsonNode> parse(String json) {
        try {
            return Optional.of(MAPPER.readTree(json));
        } catch (JacksonException _) {
            return Optional.empty();
        }
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
            PrivateFiles.replace(file, json);
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
        values.put("generator", workload.generator().label());
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
