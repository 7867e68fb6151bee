package dev.memfuse.lab.tune.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

import dev.memfuse.config.ConfigChange;
import dev.memfuse.lab.compare.ComparisonPlan;
import dev.memfuse.lab.compare.ComparisonResult;
import dev.memfuse.lab.compare.report.ComparisonHtml;
import dev.memfuse.lab.paired.Metric;
import dev.memfuse.lab.report.CsvLines;
import dev.memfuse.lab.report.HtmlPage;
import dev.memfuse.lab.tune.TriedCandidate;
import dev.memfuse.lab.tune.TuneResult;
import dev.memfuse.load.report.ResultJson;
import dev.memfuse.metrics.stats.Numbers;
import dev.memfuse.metrics.stats.Percentiles;

/// The files that hold a tuning.
public final class TuneFiles {
    private TuneFiles() {}

    /// Returns the content of each file by its extension: `csv` a line a candidate, `html` the report, `json`
    /// everything.
    public static Map<String, Callable<String>> of(TuneResult result) {
        Map<String, Callable<String>> files = new LinkedHashMap<>();
        files.put("csv", () -> csv(result));
        files.put("html", () -> html(result));
        files.put("json", () -> ResultJson.of(result));
        return files;
    }

    /// Returns a line for each candidate, the start first, after a header. A cell is empty when nothing was measured.
    public static String csv(TuneResult result) {
        List<String> metrics = TriedCandidate.metrics(result.tried());
        List<String> header = new ArrayList<>(List.of("number", "from", "outcome", "loads", "seconds"));
        header.addAll(metrics);
        header.add("changes");
        CsvLines lines = new CsvLines(header);
        for (TriedCandidate tried : result.tried()) {
            List<Object> cells = new ArrayList<>(List.of(tried.number(), tried.origin(), tried.outcome(),
                    tried.loads(), tried.seconds()));
            metrics.forEach(metric -> cells.add(tried.figures().getOrDefault(metric, Double.NaN)));
            cells.add(changes(tried.changes()));
            lines.add(cells);
        }
        return lines.text();
    }

    private static String changes(List<ConfigChange> changes) {
        return String.join("; ", changes.stream().map(ConfigChange::toString).toList());
    }

    /// Returns the report as one HTML page.
    public static String html(TuneResult result) {
        List<String> problems = new ArrayList<>(result.problems());
        if (result.cancelled()) {
            problems.add(TuneResult.CANCELLED);
        }
        HtmlPage page = new HtmlPage(result.sentence()).problems(problems).lines(List.of("Goal: " + result.goal()));
        if (!result.changes().isEmpty()) {
            page.section("Settings of the best candidate", "Against the start.",
                    HtmlPage.table(List.of("Setting", "Start", "Best"), result.changes().stream()
                            .map(change -> List.of(change.path(), change.beforeLabel(), change.afterLabel()))
                            .toList()));
        }
        page.section("Everything that was tried", "The start first; percentiles of the search may be rough.",
                tried(result.tried()));
        page.facts("How it was searched", result.design());
        ComparisonResult last = result.comparison();
        if (last != null) {
            page.lines(List.of("Final comparison, in blocks that had no part in the search:"));
            ComparisonHtml.add(page, last, ComparisonPlan.MARGIN);
        }
        return page.facts("Environment", result.environment()).text();
    }

    private static String tried(List<TriedCandidate> all) {
        List<String> metrics = TriedCandidate.metrics(all);
        List<String> header = new ArrayList<>(List.of("Candidate", "Outcome", "Loads", "Seconds"));
        metrics.forEach(
                metric -> header.add((Percentiles.title(metric) + " " + Metric.parse(metric).figure().unit()).strip()));
        header.add("Settings against the start");
        return HtmlPage.table(header, all.stream().map(tried -> {
            List<String> cells = new ArrayList<>(List.of(tried.number() + ", " + tried.origin(), tried.outcome(),
                    Numbers.count(tried.loads()), Numbers.value(tried.seconds())));
            metrics.forEach(metric -> cells.add(tried.figure(metric)));
            cells.add(changes(tried.changes()));
            return cells;
        }).toList());
    }
}
