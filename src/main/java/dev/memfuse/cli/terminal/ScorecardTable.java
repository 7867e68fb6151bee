package dev.memfuse.cli.terminal;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import dev.memfuse.lab.scorecard.Phase;
import dev.memfuse.lab.scorecard.PromiseResult;
import dev.memfuse.lab.scorecard.PromiseResult.Outcome;
import dev.memfuse.lab.scorecard.ScorecardResult;
import dev.memfuse.lab.scorecard.ScorecardRun;
import dev.memfuse.load.report.TextTable;
import dev.memfuse.metrics.stats.Interval;
import dev.memfuse.metrics.stats.Numbers;
import dev.memfuse.progress.Progress;

/// Formats progress and result of a scorecard: a row a promise, then the reasons.
public final class ScorecardTable {
    private static final String NONE = "-";

    private ScorecardTable() {}

    /// Returns the progress of a scorecard.
    public static Progress progress(ScorecardRun run) {
        ScorecardRun.Status status = run.progress();
        return Progress.of(status.current().isEmpty() ? "Scorecard" : "Scorecard: " + status.current(),
                status.blocks(), run.plan().blocks());
    }

    /// Returns the result, line by line.
    public static List<String> lines(ScorecardResult result) {
        if (result.rounds() == 0) {
            return List.of("Stopped before the first round ended, so nothing was measured.");
        }
        List<String> lines = new ArrayList<>();
        lines.add(result.sentence() + "; " + Numbers.count(result.rounds(), "round") + " in "
                + Numbers.seconds(result.seconds()));
        if (result.cancelled()) {
            lines.add("! The scorecard was ended by hand; this covers its rounds until then.");
        }
        ScorecardResult.byNetwork(result.promises()).forEach((network, promises) -> {
            lines.add("");
            lines.add("Network " + network);
            lines.addAll(table(promises));
            promises.stream().filter(promise -> !promise.reason().isEmpty())
                    .forEach(promise -> lines.add("  " + promise.name() + ": " + promise.reason()));
        });
        return lines;
    }

    private static List<String> table(List<PromiseResult> promises) {
        TextTable table = new TextTable(2).row("promise", "figure", "legacy", "phase 1", "phase 2", "phase 3",
                "promised", "measured", "95 % interval", "");
        for (PromiseResult promise : promises) {
            List<String> cells = new ArrayList<>(List.of(promise.name(),
                    promise.figure() + (promise.unit().isEmpty() ? "" : ", " + promise.unit())));
            for (Phase phase : Phase.values()) {
                Double median = promise.medians().get(phase);
                boolean compared = phase.title().equals(promise.from()) || phase.title().equals(promise.to());
                cells.add(median == null ? NONE : Numbers.value(median) + (compared ? "*" : " "));
            }
            Interval reduction = promise.reduction();
            cells.add("-" + percent(promise.promised()));
            cells.add(Double.isNaN(reduction.estimate()) ? NONE : change(reduction.estimate()));
            cells.add(promise.outcome() == Outcome.NOT_MEASURED || !reduction.bounded()
                    ? NONE
                    : change(reduction.low()) + " to " + change(reduction.high()));
            cells.add(promise.outcome().label());
            table.row(cells.toArray(String[]::new));
        }
        List<String> lines = new ArrayList<>(table.lines());
        lines.add("* compared; medians over the rounds");
        return lines;
    }

    /// Returns a reduction as a change: 0.7 is -70 %.
    private static String change(double reduction) {
        return (reduction >= 0 ? "-" : "+") + percent(Math.abs(reduction));
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.0f %%", share * 100);
    }
}
