package dev.memfuse.lab.compare;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

import dev.memfuse.lab.paired.Metric;
import dev.memfuse.lab.paired.MetricResult;
import dev.memfuse.load.OperationKind;
import dev.memfuse.load.Workload;
import dev.memfuse.metrics.stats.Numbers;
import dev.memfuse.metrics.stats.Percentiles;
import org.jspecify.annotations.Nullable;

/// The percentiles that a comparison does not report, since its blocks have too few operations for them.
public final class LeftOut {
    /// Name in the design of a result.
    public static final String NAME = "left out";

    private LeftOut() {}

    /// Returns the percentiles with what they need: `add has about 95 operations a block: p90 needs 1,000, p95 2,000`;
    /// empty when none is missing.
    ///
    /// @param samples operations of a kind in a block
    static Optional<String> of(Workload block, List<MetricResult> reported, ToLongFunction<OperationKind> samples) {
        Set<String> names = reported.stream().map(MetricResult::name).collect(Collectors.toSet());
        Map<OperationKind, String> missing = new EnumMap<>(OperationKind.class);
        for (Metric metric : Metric.of(block)) {
            @Nullable
            OperationKind operation = metric.operation();
            if (operation != null && !names.contains(metric.name())) {
                String needs = Numbers.count(metric.samplesNeeded());
                missing.merge(operation, label(metric) + " needs " + needs,
                        (before, _) -> before + ", " + label(metric) + " " + needs);
            }
        }
        return missing.isEmpty()
                ? Optional.empty()
                : Optional.of(missing.entrySet().stream()
                        .map(entry -> entry.getKey().label() + " has about "
                                + Numbers.count(samples.applyAsLong(entry.getKey()), "operation") + " a block: "
                                + entry.getValue())
                        .collect(Collectors.joining("; ")));
    }

    private static String label(Metric metric) {
        return metric.title().substring(metric.title().indexOf('.') + 1);
    }

    /// Returns the sentence about a result; empty when nothing was left out.
    public static Optional<String> sentence(ComparisonResult result) {
        return Optional.ofNullable(result.design().get(NAME))
                .map(text -> "Left out, because longer or denser blocks are needed: " + Percentiles.title(text)
                        + ".");
    }
}
