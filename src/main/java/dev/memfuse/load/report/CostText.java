package dev.memfuse.load.report;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

import dev.memfuse.load.CostFigure;
import dev.memfuse.metrics.stats.Numbers;

/// Costs of an operation in words.
public final class CostText {
    private CostText() {}

    /// Returns the costs in one line: `statements 1.2, rows 3.4, traffic 5.1 KiB`.
    ///
    /// @param costs by [CostFigure#column]
    public static String of(Map<String, Double> costs) {
        return rows(costs).entrySet().stream().map(entry -> entry.getKey() + " " + entry.getValue())
                .collect(Collectors.joining(", "));
    }

    /// Returns the costs that are not 0 with their units, by name in words, in display order.
    ///
    /// @param costs by [CostFigure#column]
    public static Map<String, Object> rows(Map<String, Double> costs) {
        Map<String, Object> rows = new LinkedHashMap<>();
        for (CostFigure figure : CostFigure.values()) {
            Double value = costs.get(figure.column());
            if (value != null && value != 0) {
                String unit = figure.unit().replace("/op", "");
                rows.put(figure.label().replace('_', ' '), Numbers.value(value) + (unit.isEmpty() ? "" : " " + unit));
            }
        }
        return rows;
    }
}
