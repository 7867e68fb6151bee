package dev.memfuse.lab.layers.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.memfuse.lab.layers.ExtractionUse;
import dev.memfuse.lab.layers.FactScores;
import dev.memfuse.lab.layers.LayersReport;
import dev.memfuse.lab.layers.Share;
import dev.memfuse.lab.report.CsvLines;
import org.jspecify.annotations.Nullable;

/// The files that hold a measurement of the layers.
public final class LayersFiles {
    private static final String ALL = "all";

    private LayersFiles() {}

    /// Returns a line for each figure of each group, a header first: `value` is a share 0..1 with its interval of 95 %
    /// and counts, or a number. A cell is empty when nothing was measured.
    public static String csv(LayersReport report) {
        CsvLines lines = new CsvLines(List.of("group", "figure", "value", "low", "high", "hits", "total"));
        if (report.labelled()) {
            facts(lines, ALL, report.overall());
            report.groups().forEach((group, scores) -> facts(lines, group, scores));
        }
        share(lines, ALL, "titles_with_greeting", report.episodes().titlesWithGreeting());
        numbers(report).forEach((figure, value) -> number(lines, ALL, figure, value));
        return lines.text();
    }

    private static void facts(CsvLines lines, String group, FactScores scores) {
        number(lines, group, "dialogues", scores.dialogues());
        share(lines, group, "precision", scores.precision());
        share(lines, group, "useless", scores.useless());
        share(lines, group, "wrong", scores.wrong());
        share(lines, group, "recall", scores.recall());
        share(lines, group, "supersession_precision", scores.supersessionPrecision());
        share(lines, group, "supersession_recall", scores.supersessionRecall());
        share(lines, group, "superseded_or_marked", scores.supersededOrMarked());
        number(lines, group, "conflicts_marked", scores.conflicts());
        share(lines, group, "repetitions_merged", scores.merged());
        share(lines, group, "merge_precision", scores.mergePrecision());
        share(lines, group, "times_right", scores.timesRight());
        number(lines, group, "time_error_days", scores.timeErrorDays());
        number(lines, group, "ends_before_statement", scores.endsBeforeStatement());
    }

    private static Map<String, @Nullable Number> numbers(LayersReport report) {
        ExtractionUse use = report.extraction();
        Map<String, @Nullable Number> numbers = new LinkedHashMap<>();
        numbers.put("facts", report.overall().facts());
        numbers.put("episodes", report.episodes().episodes());
        numbers.put("summary_coverage", report.episodes().coverage());
        numbers.put("turns", report.speed().turns());
        numbers.put("rounds", report.speed().rounds());
        numbers.put("seconds", report.speed().seconds());
        numbers.put("turns_per_s", report.speed().turnsPerS());
        numbers.put("built_by_model", use.byModel());
        numbers.put("built_by_rules", use.byRules());
        numbers.put("built_by_fallback", use.byFallback());
        numbers.put("failed", use.failed());
        numbers.put("postponed", use.postponed());
        numbers.put("calls", use.calls());
        numbers.put("prompt_tokens", use.promptTokens());
        numbers.put("answer_tokens", use.answerTokens());
        numbers.put("cents", use.cents());
        numbers.put("cents_per_1000_turns", use.centsPer1000Turns());
        return numbers;
    }

    private static void share(CsvLines lines, String group, String figure, Share share) {
        lines.add(List.of(group, figure, number(share.share()), number(share.low()), number(share.high()),
                share.hits(), share.total()));
    }

    private static void number(CsvLines lines, String group, String figure, @Nullable Number value) {
        lines.add(List.of(group, figure, number(value), "", "", "", ""));
    }

    private static Number number(@Nullable Number value) {
        return value == null ? (Number) Double.NaN : value;
    }
}
