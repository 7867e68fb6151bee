package dev.memfuse.cli.terminal;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import dev.memfuse.load.dataset.DatasetReport;
import dev.memfuse.load.report.TextTable;

/// Formats the description of a data set.
public final class DatasetTable {
    private DatasetTable() {}

    /// Returns the description line by line.
    public static List<String> lines(DatasetReport report) {
        TextTable table = new TextTable(2).row("form", String.join(", ", report.forms()))
                .row("files", format("%,d with %,d bytes", report.files(), report.bytes()))
                .row("users", format("%,d", report.users())).row("sessions", format("%,d", report.sessions()))
                .row("turns", format("%,d", report.allTurns()) + counts(report.turns()));
        if (report.allTurns() > 0) {
            table.row("times", report.firstTime() + " to " + report.lastTime())
                    .row("texts", format("%,d bytes; mean %,d, longest %,d (buffer.max_message_bytes must allow it)",
                            report.textBytes(), report.textBytes() / report.allTurns(), report.longestTextBytes()))
                    .row("languages", "by the script of the letters: " + scripts(report.scripts()));
        }
        long questions = report.questions().values().stream().mapToLong(Long::longValue).sum();
        table.row("questions", questions == 0
                ? "none: retrieval cannot be measured"
                : format("%,d", questions) + counts(report.questions())
                        + format("; %,d with evidence", report.questionsWithEvidence()))
                .row("evidence", report.missingEvidence() == 0
                        ? "no missing turn"
                        : format("%,d names of missing turns or sessions", report.missingEvidence()));
        List<String> lines = new ArrayList<>(table.lines());
        lines.add("");
        list(lines, "notes", report.noteCount(), report.notes());
        list(lines, "problems", report.problemCount(), report.problems());
        lines.add(report.loadable() ? "A load reads this data set." : "A load refuses this data set.");
        return lines;
    }

    private static void list(List<String> lines, String name, long count, List<String> texts) {
        if (count > 0) {
            lines.add(format("%,d %s:", count, count == 1 ? name.substring(0, name.length() - 1) : name));
            texts.forEach(text -> lines.add("  " + text));
            if (count > texts.size()) {
                lines.add(format("  and %,d more", count - texts.size()));
            }
            lines.add("");
        }
    }

    private static String counts(Map<String, Long> counts) {
        return counts.isEmpty()
                ? ""
                : counts.entrySet().stream().map(entry -> format("%,d %s", entry.getValue(), entry.getKey()))
                        .collect(Collectors.joining(", ", " (", ")"));
    }

    private static String scripts(Map<String, Double> shares) {
        return shares.isEmpty()
                ? "no letters"
                : shares.entrySet().stream().map(entry -> format("%s %.1f %%", entry.getKey(), 100 * entry.getValue()))
                        .collect(Collectors.joining(", "));
    }

    @SuppressWarnings("AnnotateFormatMethod") // an annotation of the build, which the program does not depend on
    private static String format(String format, Object... arguments) {
        return String.format(Locale.ROOT, format, arguments);
    }
}
