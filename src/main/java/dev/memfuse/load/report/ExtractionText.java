package dev.memfuse.load.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import dev.memfuse.load.LoadResult.ExtractionResult;
import dev.memfuse.metrics.stats.Numbers;

/// Formats the extraction of a run as lines.
final class ExtractionText {
    private ExtractionText() {}

    /// Returns the lines: makers and backlog, time until facts can be found, and the use of a language model.
    static List<String> lines(ExtractionResult result) {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(Locale.ROOT,
                "Extraction: %s by the model, %s by rules, %s by rules in place of the model, %s failed, %s waiting",
                Numbers.count(result.byModel()), Numbers.count(result.byRules()), Numbers.count(result.byFallback()),
                Numbers.count(result.failed()), Numbers.count(result.backlog())));
        if (result.rounds() > 0) {
            lines.add(String.format(Locale.ROOT, "Facts can be found after, ms: p50 %s, p99 %s, max %s, of %s",
                    Numbers.percentile(result.rounds(), 50, result.factsAfterMs().p50()),
                    Numbers.percentile(result.rounds(), 99, result.factsAfterMs().p99()),
                    Numbers.value(result.factsAfterMs().max()), Numbers.count(result.rounds(), "round")));
        }
        if (result.calls() > 0 || result.postponed() > 0) {
            Double cents = result.centsPer1000Turns();
            lines.add(String.format(Locale.ROOT,
                    "Language model: %s, %s tokens of prompts, %s of answers, %s cents per 1,000 turns, "
                            + "%s at the limits",
                    Numbers.count(result.calls(), "call"), Numbers.count(result.promptTokens()),
                    Numbers.count(result.answerTokens()), cents == null ? "unknown" : Numbers.value(cents),
                    Numbers.count(result.postponed(), "wait")));
        }
        result.reasons().forEach((reason, count) -> lines
                .add(String.format(Locale.ROOT, "  %s by rules: %s", Numbers.count(count, "round"), reason)));
        return lines;
    }
}
