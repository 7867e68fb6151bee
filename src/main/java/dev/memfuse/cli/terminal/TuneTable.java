package dev.memfuse.cli.terminal;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import dev.memfuse.config.ConfigChange;
import dev.memfuse.lab.compare.ComparisonResult;
import dev.memfuse.lab.compare.RecallResult;
import dev.memfuse.lab.paired.Metric;
import dev.memfuse.lab.tune.TriedCandidate;
import dev.memfuse.lab.tune.TuneResult;
import dev.memfuse.lab.tune.TuneRun;
import dev.memfuse.load.report.TextTable;
import dev.memfuse.metrics.stats.Numbers;
import dev.memfuse.metrics.stats.Percentiles;
import dev.memfuse.progress.Progress;

/// Prints the result of a tuning.
public final class TuneTable {
    private static final double PERCENT = 100;

    private TuneTable() {}

    /// Returns the result, line by line.
    public static List<String> lines(TuneResult result) {
        List<String> lines = new ArrayList<>();
        lines.add(result.sentence());
        result.problems().forEach(problem -> lines.add("! " + problem));
        if (result.cancelled()) {
            lines.add("! " + TuneResult.CANCELLED);
        }
        if (!result.changes().isEmpty()) {
            lines.add("");
            lines.add("Settings of the best candidate against the start:");
            result.changes().forEach(change -> lines.add("  " + change));
        }
        RecallResult recall = result.recall();
        if (recall != null) {
            lines.add(String.format(Locale.ROOT, "Recall@10: %.1f %% at the start, %.1f %% with the best candidate",
                    recall.a() * PERCENT, recall.b() * PERCENT));
        }
        lines.add("");
        lines.add("Tried:");
        lines.addAll(tried(result));
        ComparisonResult comparison = result.comparison();
        if (comparison != null) {
            lines.add("");
            lines.add("Final comparison: A is the start, B the best candidate.");
            lines.addAll(ComparisonTable.lines(comparison));
        }
        lines.add("");
        result.design().forEach((name, value) -> lines.add(String.format(Locale.ROOT, "%-12s %s", name, value)));
        return lines;
    }

    /// Returns the progress of a tuning.
    public static Progress progress(TuneRun.Status status) {
        return Progress.ofShare("Tuning" + (status.phase().isEmpty() ? "" : ", " + status.phase()), status.share());
    }

    private static List<String> tried(TuneResult result) {
        List<String> metrics = TriedCandidate.metrics(result.tried());
        List<String> head = new ArrayList<>(List.of("  ", "from", "outcome", "loads", "seconds"));
        metrics.forEach(
                metric -> head.add((Percentiles.title(metric) + " " + Metric.parse(metric).figure().unit()).strip()));
        TextTable table = new TextTable(3).row(head.toArray(String[]::new));
        for (TriedCandidate tried : result.tried()) {
            List<String> cells = new ArrayList<>(List.of(Integer.toString(tried.number()), tried.origin(),
                    tried.outcome(), Integer.toString(tried.loads()), Numbers.value(tried.seconds())));
            for (String metric : metrics) {
                cells.add(tried.figure(metric));
            }
            table.row(cells.toArray(String[]::new));
        }
        List<String> lines = new ArrayList<>(table.lines());
        lines.add("");
        for (TriedCandidate tried : result.tried()) {
            if (!tried.changes().isEmpty()) {
                lines.add(String.format(Locale.ROOT, "  %d: %s", tried.number(),
                        String.join(", ", tried.changes().stream().map(ConfigChange::toString).toList())));
            }
        }
        return lines;
    }
}
