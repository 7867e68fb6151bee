package dev.memfuse.load.report;

import java.util.ArrayList;
import java.util.List;

/// Formats a table in plain text: text columns aligned left, number columns aligned right.
public final class TextTable {
    private static final String GAP = "  ";

    private final List<String[]> rows = new ArrayList<>();
    private final int textColumns;

    /// @param textColumns number of leading columns that hold text
    public TextTable(int textColumns) {
        this.textColumns = textColumns;
    }

    /// Adds a row; missing cells are empty.
    public TextTable row(String... cells) {
        rows.add(cells.clone());
        return this;
    }

    /// Returns the lines, without trailing spaces.
    public List<String> lines() {
        int columns = rows.stream().mapToInt(row -> row.length).max().orElse(0);
        int[] widths = new int[columns];
        for (String[] row : rows) {
            for (int i = 0; i < row.length; i++) {
                widths[i] = Math.max(widths[i], row[i].length());
            }
        }
        return rows.stream().map(row -> line(row, widths)).toList();
    }

    private String line(String[] row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < row.length; i++) {
            String padding = " ".repeat(widths[i] - row[i].length());
            line.append(i == 0 ? "" : GAP).append(i < textColumns ? row[i] + padding : padding + row[i]);
        }
        return line.toString().stripTrailing();
    }
}
