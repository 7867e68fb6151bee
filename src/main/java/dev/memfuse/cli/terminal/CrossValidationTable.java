package dev.memfuse.cli.terminal;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import dev.memfuse.lab.retrieval.CrossValidation;
import dev.memfuse.lab.retrieval.CrossValidation.Fold;
import dev.memfuse.lab.retrieval.RetrievalScores;
import dev.memfuse.load.report.TextTable;

/// Formats a cross-validation as tables.
final class CrossValidationTable {
    private CrossValidationTable() {}

    static List<String> lines(CrossValidation validation) {
        List<String> lines = new ArrayList<>(List.of("",
                "Cross-validation: signals and weights of each line were chosen on the other conversations."));
        TextTable table = new TextTable(1).row("left out", "questions", "R@10", "R@20");
        validation.folds().forEach(fold -> table.row(row(fold.conversation(), fold.scores())));
        table.row(row("all", validation.overall()));
        validation.categories().forEach((name, scores) -> table.row(row(name.isEmpty() ? "none" : name, scores)));
        lines.addAll(table.lines());
        validation.intervals().forEach((length, interval) -> lines.add(String.format(Locale.ROOT,
                "R@%d on other conversations: 95 %% interval %.1f to %.1f", length, 100 * interval.low(),
                100 * interval.high())));
        validation.folds().forEach(fold -> lines.add(signals(fold)));
        return lines;
    }

    private static String[] row(String name, RetrievalScores scores) {
        return new String[]{name, Integer.toString(scores.questions()), percent(scores, 10), percent(scores, 20)};
    }

    private static String percent(RetrievalScores scores, int length) {
        return String.format(Locale.ROOT, "%.1f", 100 * scores.recall().getOrDefault(length, 0.0));
    }

    private static String signals(Fold fold) {
        return fold.conversation() + ", factors of the configured weights: " + fold.signals().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(signal -> String.format(Locale.ROOT, "%s %.1f", signal.getKey(), signal.getValue()))
                .collect(Collectors.joining(", "));
    }
}
