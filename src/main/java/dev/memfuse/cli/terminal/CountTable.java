package dev.memfuse.cli.terminal;

import java.util.List;
import java.util.Locale;
import java.util.Map;

import dev.memfuse.load.report.TextTable;

/// Counts by name, as lines to print.
public final class CountTable {
    private CountTable() {}

    public static List<String> lines(Map<String, ? extends Number> counts) {
        TextTable table = new TextTable(1);
        counts.forEach((name, count) -> table.row(name, String.format(Locale.ROOT, "%,d", count.longValue())));
        return table.lines();
    }
}
