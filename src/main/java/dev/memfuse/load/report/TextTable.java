package dev.memfuse.load.report;

import java.util.ArrayList;
import java.util.List;

/// A table of plain characters: columns of words to the left, columns of numbers to the right.
public final class TextTable {
    private static final String GAP = "  ";

    private final List<String[]> rows = new ArrayList<>();
    private final int words;

    /// @param words how many columns, from the first, hold words
    public TextTable(int words) {
        this.words = words;
    }

    /// Adds a row; missing cells are empty.
    public TextTable row(String... cells) {
        rows.add(cells.clone());
        return this;
    }

    /// The lines, without spaces at their ends.
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
            line.append(i == 0 ? "" : GAP).append(i < words ? row[i] + padding : padding + row[i]);
        }
        return line.toString().stripTrailing();
    }
}
