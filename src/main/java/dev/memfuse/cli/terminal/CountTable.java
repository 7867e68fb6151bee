package dev.memfuse.cli.terminal;

import java.util.List;
import java.util.Locale;
import java.util.Map;

import dev.memfuse.load.report.TextTable;

/// Formats counts by name as a table.
public final class CountTable {
    private CountTable() {}

    /// Returns one line for each count, in the order of the map.
    public static List<String> lines(Map<String, ? extends Number> counts) {
        TextTable table = new TextTable(1);
        counts.forEach((name, count) -> table.row(name, String.format(Locale.ROOT, "%,d", count.longValue())));
        return table.lines();
    }
}
