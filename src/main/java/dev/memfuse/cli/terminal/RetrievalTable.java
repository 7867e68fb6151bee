package dev.memfuse.cli.terminal;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import dev.memfuse.lab.retrieval.RetrievalReport;
import dev.memfuse.lab.retrieval.RetrievalReport.Ingest;
import dev.memfuse.lab.retrieval.RetrievalReport.LeftOut;
import dev.memfuse.lab.retrieval.RetrievalScores;
import dev.memfuse.load.report.TextTable;
import dev.memfuse.metrics.stats.Numbers;

/// Formats a retrieval report as tables.
public final class RetrievalTable {
    private RetrievalTable() {}

    /// Returns the tables of a report, line by line.
    public static List<String> lines(RetrievalReport report) {
        List<String> lines = new ArrayList<>();
        Ingest ingest = report.ingest();
        lines.add(String.format(Locale.ROOT, "%s: %,d turns of %d %s, %,d questions%s", report.dataset(),
                ingest.turns(),
                ingest.conversations(), ingest.conversations() == 1 ? "user" : "users", report.overall().questions(),
                report.complete() ? "" : " (stopped early)"));
        lines.add("Embedding model: " + report.environment().getOrDefault("embedding_model", "unknown"));
        lines.add("");
        lines.addAll(scores(report));
        lines.addAll(remarks(report));
        report.crossValidation().ifPresent(validation -> lines.addAll(CrossValidationTable.lines(validation)));
        lines.add("");
        lines.addAll(latencies(report));
        lines.add("");
        lines.add(String.format(Locale.ROOT,
                "Added %,.0f turns/s; embedded and stored %,.0f turns/s; %,.0f bytes per turn in the database "
                        + "for %,.0f bytes of text",
                ingest.turnsPerS(), ingest.embeddedPerS(), ingest.bytesPerTurn(),
                ingest.textBytesPerTurn()));
        return lines;
    }

    private static List<String> scores(RetrievalReport report) {
        TextTable table = new TextTable(1).row("category", "questions", "R@1", "R@5", "R@10", "R@20", "hit@1", "hit@5",
                "hit@10", "hit@20", "MRR", "nDCG@10");
        report.categories()
                .forEach((category, scores) -> table.row(row(category.isEmpty() ? "none" : category, scores)));
        return table.row(row("all", report.overall())).lines();
    }

    private static String[] row(String name, RetrievalScores scores) {
        List<String> cells = new ArrayList<>(List.of(name, Integer.toString(scores.questions())));
        RetrievalScores.LENGTHS
                .forEach(length -> cells.add(fixed(100 * scores.recall().getOrDefault(length, 0.0), 1)));
        RetrievalScores.LENGTHS
                .forEach(length -> cells.add(fixed(100 * scores.hit().getOrDefault(length, 0.0), 1)));
        cells.add(fixed(scores.mrr(), 3));
        cells.add(fixed(scores.ndcg10(), 3));
        return cells.toArray(String[]::new);
    }

    private static List<String> remarks(RetrievalReport report) {
        List<String> lines = new ArrayList<>();
        if (report.abstention().questions() > 0) {
            lines.add(String.format(Locale.ROOT,
                    "Without an answer: %d questions; their first score is below that of an answerable question "
                            + "with probability %.2f (0.50 is chance)",
                    report.abstention().questions(), report.abstention().separation()));
        }
        LeftOut out = report.leftOut();
        if (out.questions() > 0 || out.evidence() > 0) {
            lines.add(String.format(Locale.ROOT,
                    "Left out: %d questions whose evidence is in no turn; %d references to missing turns",
                    out.questions(), out.evidence()));
        }
        return lines;
    }

    private static List<String> latencies(RetrievalReport report) {
        TextTable table = new TextTable(1).row("query, ms", "p50", "p95", "p99", "max");
        report.latencyMs().forEach((stage, time) -> table.row(stage,
                Numbers.percentile(time.count(), 50, time.p50()), Numbers.percentile(time.count(), 95, time.p95()),
                Numbers.percentile(time.count(), 99, time.p99()), Numbers.value(time.max())));
        return table.lines();
    }

    private static String fixed(double value, int digits) {
        return BigDecimal.valueOf(value).setScale(digits, RoundingMode.HALF_EVEN).toPlainString();
    }
}
