package dev.memfuse.lab.report;

import java.util.List;
import java.util.stream.Collectors;

import dev.memfuse.metrics.stats.Numbers;

/// Lines of comma-separated values by RFC 4180: a text with comma or quote is quoted, a number that was not measured is
/// an empty cell. For one thread.
public final class CsvLines {
    private final StringBuilder text = new StringBuilder();

    /// @param header names of the columns
    public CsvLines(List<String> header) {
        add(header);
    }

    /// Adds a line.
    ///
    /// @param cells texts and numbers
    public void add(List<?> cells) {
        text.append(cells.stream().map(CsvLines::cell).collect(Collectors.joining(","))).append('\n');
    }

    private static String cell(Object value) {
        if (value instanceof Number number) {
            return Double.isFinite(number.doubleValue()) ? Numbers.plain(number.doubleValue()) : "";
        }
        String cell = String.valueOf(value);
        return cell.contains(",") || cell.contains("\"") || cell.contains("\n")
                ? '"' + cell.replace("\"", "\"\"") + '"'
                : cell;
    }

    /// Returns the text.
    public String text() {
        return text.toString();
    }
}
