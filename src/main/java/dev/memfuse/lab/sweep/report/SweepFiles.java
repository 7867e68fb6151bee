package dev.memfuse.lab.sweep.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

import dev.memfuse.lab.report.CsvLines;
import dev.memfuse.lab.report.HtmlPage;
import dev.memfuse.lab.sweep.SweepPoint;
import dev.memfuse.lab.sweep.SweepResult;
import dev.memfuse.load.report.ResultJson;
import dev.memfuse.metrics.stats.Interval;
import dev.memfuse.metrics.stats.LittlesLaw;
import dev.memfuse.metrics.stats.Numbers;
import dev.memfuse.metrics.stats.Percentiles;

/// The files that hold a sweep.
public final class SweepFiles {
    private SweepFiles() {}

    /// Returns the content of each file by its extension: `csv` a line a value, `html` the report, `json` everything.
    public static Map<String, Callable<String>> of(SweepResult result) {
        Map<String, Callable<String>> files = new LinkedHashMap<>();
        files.put("csv", () -> csv(result));
        files.put("html", () -> html(result));
        files.put("json", () -> ResultJson.of(result));
        return files;
    }

    /// Returns a line for each value of the parameter, a header first. A cell is empty when nothing was measured.
    public static String csv(SweepResult result) {
        List<String> operations = List.copyOf(result.points().getFirst().latencyMs().keySet());
        List<String> header = new ArrayList<>(parameters(result));
        header.add("throughput_per_s");
        operations.forEach(operation -> header.addAll(List.of(operation + "_p50_ms", operation + "_p95_ms",
                operation + "_p99_ms", operation + "_samples")));
        header.addAll(List.of("in_flight", "littles_law", "law_per_s", "law_low", "law_high"));
        CsvLines lines = new CsvLines(header);
        for (int i = 0; i < result.points().size(); i++) {
            lines.add(cells(result, i, operations));
        }
        return lines.text();
    }

    /// Returns the report as one HTML page.
    public static String html(SweepResult result) {
        List<List<String>> rows = new ArrayList<>();
        List<String> header = new ArrayList<>(parameters(result));
        header.add("operations/s");
        result.points().getFirst().latencyMs().keySet()
                .forEach(operation -> header.addAll(List.of(operation + " p50, ms", operation + " p99, ms")));
        header.add("by the law");
        for (int i = 0; i < result.points().size(); i++) {
            SweepPoint point = result.points().get(i);
            List<String> cells = new ArrayList<>(List.of(Numbers.value(point.value())));
            if (point.second() != null) {
                cells.add(Numbers.value(point.second()));
            }
            cells.add(Numbers.rate(point.throughputPerS()));
            point.latencyMs().forEach((operation, latency) -> {
                long samples = point.samples().getOrDefault(operation, 0L);
                cells.add(Numbers.percentile(samples, 50, latency.p50()));
                cells.add(Numbers.percentile(samples, 99, latency.p99()));
            });
            cells.add(result.law() == null ? "–" : Numbers.rate(result.law().curve().get(i).estimate()));
            rows.add(cells);
        }
        return new HtmlPage("Sweep of " + String.join(" and ", parameters(result)) + ": " + result.sentence())
                .problems(result.problems())
                .section("Throughput and latency",
                        "Mean throughput of the rounds, and percentiles of all their operations. " + result.noLaw(),
                        HtmlPage.table(header, rows))
                .facts("How it was measured", result.design()).facts("Environment", result.environment()).text();
    }

    private static List<String> parameters(SweepResult result) {
        return result.secondParameter() == null
                ? List.of(result.parameter())
                : List.of(result.parameter(), result.secondParameter());
    }

    private static List<Object> cells(SweepResult result, int index, List<String> operations) {
        SweepPoint point = result.points().get(index);
        List<Object> cells = new ArrayList<>(List.of(point.value()));
        if (point.second() != null) {
            cells.add(point.second());
        }
        cells.add(point.throughputPerS());
        for (String operation : operations) {
            Percentiles latency = point.latencyMs().getOrDefault(operation, Percentiles.NONE);
            cells.addAll(List.of(latency.p50(), latency.p95(), latency.p99(),
                    point.samples().getOrDefault(operation, 0L)));
        }
        LittlesLaw law = point.littlesLaw();
        cells.addAll(law == null
                ? List.of("", "")
                : List.of(law.expected(), law.agrees() ? "holds" : "does not hold"));
        SweepResult.Law fit = result.law();
        Interval curve = fit == null ? Interval.unbounded(Double.NaN) : fit.curve().get(index);
        cells.addAll(List.of(curve.estimate(), curve.low(), curve.high()));
        return cells;
    }
}
