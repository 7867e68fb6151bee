package dev.memfuse.lab.compare.report;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import dev.memfuse.lab.compare.Block;
import dev.memfuse.lab.compare.ComparisonResult;
import dev.memfuse.metrics.stats.Numbers;

/// The blocks of a comparison as comma-separated values, one line a block: every ratio of the result can be computed
/// again from them, so that values have all their digits.
public final class BlocksCsv {
    private BlocksCsv() {}

    /// Returns the lines, a header first. A cell is empty when the block has no such value.
    public static List<String> lines(ComparisonResult result) {
        Set<String> metrics = new LinkedHashSet<>();
        result.metrics().forEach(metric -> metrics.add(metric.name()));
        List<String> header = new ArrayList<>(
                List.of("pair", "arm", "at", "seconds", "operations", "errors", "verdict"));
        header.addAll(metrics);
        List<String> lines = new ArrayList<>(List.of(String.join(",", header)));
        for (Block block : result.blocks()) {
            List<String> cells = new ArrayList<>(List.of(Integer.toString(block.pair()), block.arm(),
                    block.at().toString(), Numbers.plain(block.seconds()), Long.toString(block.operations()),
                    Long.toString(block.errors()), block.verdict().outcome().label()));
            for (String metric : metrics) {
                Double value = block.values().get(metric);
                cells.add(value == null ? "" : BigDecimal.valueOf(value).toPlainString());
            }
            lines.add(String.join(",", cells));
        }
        return List.copyOf(lines);
    }
}
