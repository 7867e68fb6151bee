package dev.memfuse.lab.scorecard.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;

import dev.memfuse.lab.report.CsvLines;
import dev.memfuse.lab.report.HtmlPage;
import dev.memfuse.lab.scorecard.Phase;
import dev.memfuse.lab.scorecard.PromiseResult;
import dev.memfuse.lab.scorecard.ScorecardResult;
import dev.memfuse.load.report.ResultJson;
import dev.memfuse.metrics.stats.Interval;
import dev.memfuse.metrics.stats.Numbers;

/// The files that hold a scorecard.
public final class ScorecardFiles {
    private static final double PERCENT = 100;

    private ScorecardFiles() {}

    /// Returns the content of each file by its extension: `csv` a line a promise, `html` the report, `json` everything.
    public static Map<String, Callable<String>> of(ScorecardResult result) {
        Map<String, Callable<String>> files = new LinkedHashMap<>();
        files.put("csv", () -> csv(result));
        files.put("html", () -> html(result));
        files.put("json", () -> ResultJson.of(result));
        return files;
    }

    /// Returns a line for each promise and network, a header first. A cell is empty when nothing was measured.
    public static String csv(ScorecardResult result) {
        CsvLines lines = new CsvLines(List.of("network", "promise", "figure", "unit", "from", "to", "legacy", "phase1",
                "phase2", "phase3", "promised", "reduction", "low", "high", "outcome", "reason"));
        for (PromiseResult promise : result.promises()) {
            List<Object> cells = new ArrayList<>(List.of(promise.network(), promise.name(), promise.figure(),
                    promise.unit(), promise.from(), promise.to()));
            for (Phase phase : Phase.values()) {
                cells.add(promise.medians().getOrDefault(phase, Double.NaN));
            }
            Interval reduction = promise.reduction().bounded()
                    ? promise.reduction()
                    : Interval.unbounded(promise.reduction().estimate());
            cells.addAll(List.of(promise.promised(), reduction.estimate(), reduction.low(), reduction.high(),
                    promise.outcome().label(), promise.reason()));
            lines.add(cells);
        }
        return lines.text();
    }

    /// Returns the report as one HTML page.
    public static String html(ScorecardResult result) {
        HtmlPage page = new HtmlPage("Scorecard: " + result.sentence()).problems(result.cancelled()
                ? List.of("The scorecard was ended by hand; this covers its rounds until then.")
                : List.of());
        ScorecardResult.byNetwork(result.promises()).forEach((network, promises) -> {
            page.section("Network " + network, "Medians over the rounds; the change with its 95 % interval.",
                    table(promises));
            page.facts("What to know, network " + network, reasons(promises));
        });
        return page.facts("How it was measured", result.design()).facts("Environment", result.environment()).text();
    }

    private static String table(List<PromiseResult> promises) {
        return HtmlPage.table(
                List.of("Promise", "The plan says", "Before", "After", "Promised", "Measured", "Verdict"),
                promises.stream().map(promise -> List.of(promise.name(), promise.text(),
                        value(promise, promise.from(), promise.before()), value(promise, promise.to(), promise.after()),
                        String.format(Locale.ROOT, "-%.0f %%", PERCENT * promise.promised()), promise.change(),
                        promise.verdict())).toList());
    }

    private static String value(PromiseResult promise, String phase, double value) {
        return phase + ": " + (Double.isNaN(value) ? "–" : Numbers.value(value) + " " + promise.unit()).strip();
    }

    private static Map<String, String> reasons(List<PromiseResult> promises) {
        Map<String, String> reasons = new LinkedHashMap<>();
        promises.stream().filter(promise -> !promise.reason().isEmpty())
                .forEach(promise -> reasons.put(promise.name(), promise.reason()));
        return reasons;
    }
}
