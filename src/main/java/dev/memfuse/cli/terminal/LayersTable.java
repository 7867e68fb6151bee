package dev.memfuse.cli.terminal;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import dev.memfuse.lab.layers.ExtractionUse;
import dev.memfuse.lab.layers.FactScores;
import dev.memfuse.lab.layers.LayersReport;
import dev.memfuse.lab.layers.Share;
import dev.memfuse.load.report.TextTable;
import dev.memfuse.metrics.stats.Numbers;
import org.jspecify.annotations.Nullable;

/// Formats a report about the layers as tables.
public final class LayersTable {
    private LayersTable() {}

    /// Returns the tables of a report, line by line.
    public static List<String> lines(LayersReport report) {
        List<String> lines = new ArrayList<>();
        LayersReport.Speed speed = report.speed();
        lines.add(String.format(Locale.ROOT, "%s: %,d dialogues, %,d turns, %,d facts%s", report.dataset(),
                report.overall().dialogues(), speed.turns(), report.overall().facts(),
                report.complete() ? "" : " (stopped early)"));
        lines.add("");
        if (report.labelled()) {
            lines.addAll(overall(report.overall()));
            lines.add("");
            lines.addAll(groups(report));
        } else {
            lines.add(String.format(Locale.ROOT, "Without labels: %.2f facts per turn",
                    speed.turns() == 0 ? 0 : (double) report.overall().facts() / speed.turns()));
        }
        lines.add("");
        lines.add(String.format(Locale.ROOT, "Episodes: %,d; titles with a greeting %s; summaries hold %.0f %% of the "
                + "content words", report.episodes().episodes(), interval(report.episodes().titlesWithGreeting()),
                100 * report.episodes().coverage()));
        lines.add(String.format(Locale.ROOT, "Extraction: %,d turns in %,d rounds, %s turns/s", speed.turns(),
                speed.rounds(), Numbers.rate(speed.turnsPerS())));
        lines.addAll(use(report.extraction()));
        return lines;
    }

    private static List<String> use(ExtractionUse use) {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(Locale.ROOT, "Built: %s by the model, %s by rules, %s by rules in place of the model, "
                + "%s failed", Numbers.count(use.byModel()), Numbers.count(use.byRules()),
                Numbers.count(use.byFallback()), Numbers.count(use.failed())));
        lines.add(String.format(Locale.ROOT, "Language model: %s, %s tokens of prompts, %s of answers, %s, "
                + "%s at the limits", Numbers.count(use.calls(), "call"), Numbers.count(use.promptTokens()),
                Numbers.count(use.answerTokens()), cost(use), Numbers.count(use.postponed(), "wait")));
        use.reasons().forEach((reason, count) -> lines
                .add(String.format(Locale.ROOT, "  %s by rules: %s", Numbers.count(count, "round"), reason)));
        return lines;
    }

    private static String cost(ExtractionUse use) {
        Double cents = use.cents();
        Double per1000 = use.centsPer1000Turns();
        return cents == null || per1000 == null
                ? "cost unknown (llm.prompt_price)"
                : Numbers.value(cents) + " cents (" + Numbers.value(per1000) + " per 1,000 turns)";
    }

    private static List<String> overall(FactScores scores) {
        TextTable table = new TextTable(1).row("facts", "%", "95 % interval", "of");
        row(table, "precision", scores.precision());
        row(table, "useless", scores.useless());
        row(table, "wrong", scores.wrong());
        row(table, "recall", scores.recall());
        row(table, "supersession precision", scores.supersessionPrecision());
        row(table, "supersession recall", scores.supersessionRecall());
        row(table, "superseded or marked", scores.supersededOrMarked());
        row(table, "repetitions merged", scores.merged());
        row(table, "merge precision", scores.mergePrecision());
        row(table, "times right", scores.timesRight());
        List<String> lines = new ArrayList<>(table.lines());
        lines.add(String.format(Locale.ROOT, "Median error of a stated time: %s days; facts that end before they were "
                + "said: %,d; conflicts marked: %,d", Numbers.value(scores.timeErrorDays()),
                scores.endsBeforeStatement(), scores.conflicts()));
        return lines;
    }

    private static void row(TextTable table, String name, Share share) {
        Double low = share.low();
        Double high = share.high();
        table.row(name, percent(share.share()),
                low == null || high == null ? "" : percent(low) + " to " + percent(high),
                String.format(Locale.ROOT, "%,d", share.total()));
    }

    private static List<String> groups(LayersReport report) {
        TextTable table = new TextTable(1).row("group", "dialogues", "facts", "precision", "useless", "recall",
                "superseded right", "superseded found", "merged", "times");
        report.groups().forEach((group, scores) -> table.row(group, Integer.toString(scores.dialogues()),
                Long.toString(scores.facts()), percent(scores.precision().share()), percent(scores.useless().share()),
                percent(scores.recall().share()), percent(scores.supersessionPrecision().share()),
                percent(scores.supersessionRecall().share()), percent(scores.merged().share()),
                percent(scores.timesRight().share())));
        return table.lines();
    }

    private static String interval(Share share) {
        Double low = share.low();
        Double high = share.high();
        return low == null || high == null
                ? "-"
                : percent(share.share()) + " % (" + percent(low) + " to " + percent(high) + ")";
    }

    private static String percent(@Nullable Double share) {
        return share == null ? "-" : String.format(Locale.ROOT, "%.1f", 100 * share);
    }
}
