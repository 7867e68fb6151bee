package dev.memfuse.load.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import dev.memfuse.config.schema.ConfigValues;
import dev.memfuse.config.section.Durability;
import dev.memfuse.file.PrivateFiles;
import dev.memfuse.load.LoadResult;
import dev.memfuse.load.LoadResult.OperationResult;
import dev.memfuse.metrics.stats.Percentiles;

/// Writes a report as one self-contained HTML page, with CSV and JSON files in the same folder.
public final class HtmlReport {
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("d MMMM yyyy, HH:mm:ss zzz",
            Locale.ENGLISH);

    private final LoadReport report;
    private final LoadResult result;
    private final List<Threshold.Outcome> thresholds;

    private HtmlReport(LoadReport report, List<Threshold.Outcome> thresholds) {
        this.report = report;
        this.result = report.result();
        this.thresholds = thresholds;
    }

    /// Writes `index.html`, `timeline.csv`, `percentiles.csv`, `operations.csv` and `result.json` into a folder, which
    /// is created when missing. Blocks.
    ///
    /// @throws UncheckedIOException when a file cannot be written
    public static void write(LoadReport report, List<Threshold.Outcome> thresholds, Path folder) {
        try {
            Files.createDirectories(folder);
            PrivateFiles.writeString(folder.resolve("index.html"), new HtmlReport(report, thresholds).page());
            CsvFiles.write(report, folder);
            ResultJson.write(folder.resolve("result.json"), ResultJson.of(report));
        } catch (IOException e) {
            throw new UncheckedIOException(
                    String.format(Locale.ROOT, "The report cannot be written to %s: %s", folder,
                            WriteFailure.describe(e)),
                    e);
        }
    }

    private String page() {
        return String.format(Locale.ROOT, """
                                          <!DOCTYPE html>
                                          <html lang="en">
                                          <head>
                                          <meta charset="utf-8">
                                          <meta name="viewport" content="width=device-width, initial-scale=1">
                                          <meta name="color-scheme" content="light dark">
                                          <title>MemFuse load report</title>
                                          <style>
                                          %s
                                          </style>
                                          </head>
                                          <body>
                                          <main>
                                          %s
                                          </main>
                                          </body>
                                          </html>
                                          """, styles(), header() + tiles() + thresholds() + operations() + notes()
                + "<h2>Over time</h2>" + new TimeCharts(report).render() + "<h2>Shape</h2>"
                + new ShapeCharts(report.recording()).render() + settings());
    }

    private static String styles() {
        try (InputStream css = HtmlReport.class.getResourceAsStream("report.css")) {
            if (css == null) {
                throw new IllegalStateException("The style sheet report.css is missing from the program.");
            }
            return new String(css.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String header() {
        return String.format(Locale.ROOT,
                "<header><h1>MemFuse load report</h1><p>%s</p><p class=\"quiet\">%s, program %s</p></header>",
                Html.escape(LoadSummary.headline(report)),
                DATE.format(result.startedAt().atZone(ZoneId.systemDefault())),
                Html.escape(result.environment().getOrDefault("program_version", "unknown")));
    }

    private String tiles() {
        double throughput = result.operations().values().stream().mapToDouble(OperationResult::throughputPerS).sum();
        long errors = result.operations().values().stream().mapToLong(OperationResult::errors).sum();
        StringBuilder html = new StringBuilder("<div class=\"tiles\">");
        html.append(tile("Throughput", Numbers.value(throughput), "ops/s", ""));
        result.operations().forEach((name, operation) -> html.append(tile("p99 of " + name,
                Numbers.value(operation.latencyMs().p99()), "ms",
                Percentiles.reliable(operation.count(), 99) ? "" : "rough")));
        html.append(tile("Acknowledged", Acknowledgements.label(result),
                Acknowledgements.unsafe(result) ? Durability.UNSAFE : "",
                Acknowledgements.unsafe(result) ? "word bad" : "word"));
        html.append(tile("Connections", Numbers.count(result.pool().activeMax()),
                "of " + result.pool().limit(), ""));
        html.append(tile("Errors", Numbers.count(errors), "", errors > 0 ? "bad" : ""));
        html.append(tile("Dropped", Numbers.count(result.arrival().dropped()), "",
                result.arrival().dropped() > 0 ? "bad" : ""));
        return html.append("</div>").toString();
    }

    private static String tile(String name, String value, String unit, String style) {
        return String.format(Locale.ROOT, "<div class=\"tile %s\"><span>%s</span><b>%s</b> <small>%s</small></div>",
                style,
                Html.escape(name), Html.escape(value), Html.escape(unit));
    }

    private String thresholds() {
        if (thresholds.isEmpty()) {
            return "";
        }
        StringBuilder html = new StringBuilder("<h2>Thresholds</h2><ul class=\"thresholds\">");
        for (Threshold.Outcome outcome : thresholds) {
            html.append(String.format(Locale.ROOT, "<li class=\"%s\"><b>%s</b> <code>%s</code> measured %s</li>",
                    outcome.kept() ? "kept" : "missed", outcome.kept() ? "kept" : "missed",
                    Html.escape(outcome.threshold().text()),
                    Double.isNaN(outcome.value()) ? "nothing" : Numbers.value(outcome.value())));
        }
        return html.append("</ul>").toString();
    }

    private String operations() {
        StringBuilder html = new StringBuilder(
                """
                <h2>Operations</h2>
                <div class="wide"><table class="numbers"><thead><tr><th>operation</th><th>count</th><th>errors</th>
                <th>ops/s</th><th></th><th>mean</th><th>p50</th><th>p90</th><th>p95</th><th>p99</th><th>p99.9</th>
                <th>max</th></tr></thead><tbody>
                """);
        result.operations().forEach((name, operation) -> {
            html.append(String.format(Locale.ROOT,
                    "<tr><th rowspan=\"2\">%s</th><td rowspan=\"2\">%s</td><td rowspan=\"2\"%s>%s</td>",
                    Html.escape(name), Numbers.count(operation.count()),
                    operation.errors() > 0 ? " class=\"bad\"" : "", Numbers.count(operation.errors())));
            html.append(
                    String.format(Locale.ROOT, "<td rowspan=\"2\">%s</td>", Numbers.value(operation.throughputPerS())));
            html.append(percentiles("latency", operation.count(), operation.latencyMs())).append("</tr>");
            html.append("<tr class=\"second\">")
                    .append(percentiles("service", operation.count(), operation.serviceMs())).append("</tr>");
        });
        return html
                .append("""
                        </tbody></table></div>
                        <p class="quiet">Milliseconds, successful operations only. Latency counts from the
                        scheduled start of an operation, service time from its actual start: under overload latency
                        grows and service time may not. Grey figures have fewer than 100 samples above them.</p>
                        """)
                .toString();
    }

    private static String percentiles(String kind, long count, Percentiles ms) {
        return String.format(Locale.ROOT, "<td class=\"kind\">%s</td><td>%s</td>", kind, Numbers.value(ms.mean()))
                + percentile(count, 50, ms.p50()) + percentile(count, 90, ms.p90()) + percentile(count, 95, ms.p95())
                + percentile(count, 99, ms.p99()) + percentile(count, 99.9, ms.p999())
                + String.format(Locale.ROOT, "<td>%s</td>", Numbers.value(ms.max()));
    }

    private static String percentile(long count, double percentile, double ms) {
        return String.format(Locale.ROOT, "<td%s>%s</td>",
                Percentiles.reliable(count, percentile) ? "" : " class=\"rough\"",
                Numbers.value(ms));
    }

    private String notes() {
        StringBuilder html = new StringBuilder("<h2>Notes</h2><ul class=\"notes\">");
        result.warnings().forEach(note -> html.append("<li>").append(Html.escape(note)).append("</li>"));
        html.append("</ul>");
        if (!result.changes().isEmpty()) {
            html.append("<h2>Changes during the run</h2><ul class=\"notes\">");
            result.changes().forEach(change -> html.append("<li>").append(Html.escape(change)).append("</li>"));
            html.append("</ul>");
        }
        return html.toString();
    }

    private String settings() {
        Map<String, Object> config = new LinkedHashMap<>();
        flatten("", result.config(), config);
        Map<String, Object> pool = new LinkedHashMap<>();
        pool.put("wait p50 ms", result.pool().acquireMs().p50());
        pool.put("wait p99 ms", result.pool().acquireMs().p99());
        pool.put("wait max ms", result.pool().acquireMs().max());
        pool.put("timeouts", result.pool().timeouts());
        pool.put("in use, mean", result.pool().activeMean());
        pool.put("in use, max", result.pool().activeMax());
        pool.put("waiting, max", result.pool().waitingMax());
        pool.put("limit", result.pool().limit());
        Map<String, Object> arrival = new LinkedHashMap<>();
        arrival.put("acknowledged", Acknowledgements.of(result));
        arrival.put("due", result.arrival().scheduled());
        arrival.put("started", result.arrival().started());
        arrival.put("dropped", result.arrival().dropped());
        arrival.put("lag p99 ms", result.arrival().lagMs().p99());
        arrival.put("lag max ms", result.arrival().lagMs().max());
        return "<h2>Settings and environment</h2><div class=\"columns\"><div>"
                + Html.table("Workload", ResultJson.describe(report.workload())) + Html.table("Arrivals", arrival)
                + Html.table("Connection pool", pool) + Html.table("Environment", result.environment())
                + "</div><div>" + Html.table("Configuration at the end", config) + "</div></div>";
    }

    private static void flatten(String prefix, Map<?, ?> tree, Map<String, Object> into) {
        tree.forEach((name, value) -> {
            if (value instanceof Map<?, ?> section) {
                flatten(prefix + name + ".", section, into);
            } else {
                into.put(prefix + name, ConfigValues.label(prefix + name, String.valueOf(value)));
            }
        });
    }
}
