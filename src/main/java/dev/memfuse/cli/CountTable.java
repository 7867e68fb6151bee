package dev.memfuse.cli;

import java.util.List;
import java.util.Locale;
import java.util.Map;

import dev.memfuse.load.report.TextTable;

/// Counts by name, as lines to print.
final class CountTable {
    private CountTable() {}

    static List<String> lines(Map<String, ? extends Number> counts) {
        TextTable table = new TextTable(1);
        counts.forEach((name, count) -> table.row(name, String.format(Locale.ROOT, "%,d", count.longValue())));
        return table.lines();
    }
}
