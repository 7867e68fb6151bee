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
import java.util.Locale;
import java.util.Map;

import dev.memfuse.config.section.Durability;
import dev.memfuse.file.PrivateFiles;
import dev.memfuse.load.LoadResult;
import dev.memfuse.load.LoadResult.GeneratorResult;
import dev.memfuse.load.LoadResult.OperationResult;
import dev.memfuse.load.Threshold;
import dev.memfuse.load.Verdict;
import dev.memfuse.metrics.stats.Numbers;
import dev.memfuse.metrics.stats.Percentiles;

/// Writes a report as one self-contained HTML page, with CSV and JSON files in the same folder.
public final class HtmlReport {
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("d MMMM yyyy, HH:mm:ss zzz",
            Locale.ENGLISH);

    private static final double MIB = 1 << 20;

    private final LoadReport report;
    private final LoadResult result;

    /// Prepares the report of a load.
    public HtmlReport(LoadReport report) {
        this.report = report;
        this.result = report.result();
    }

    /// Writes `index.html`, `timeline.csv`, `percentiles.csv`, `operations.csv`, `verdict.csv` and `result.json` into a
    /// folder, which is created when missing. Blocks.
    ///
    /// @throws UncheckedIOException when a file cannot be written
    public static void write(LoadReport report, Path folder) {
        try {
            Files.createDirectories(folder);
            PrivateFiles.writeString(folder.resolve("index.html"), new HtmlReport(report).page());
            CsvFiles.write(report, folder);
            ResultJson.write(folder.resolve("result.json"), ResultJson.of(report));
        } catch (IOException e) {
            throw new UncheckedIOException(
                    String.format(Locale.ROOT, "The report cannot be written to %s: %s", folder,
                            WriteFailure.describe(e)),
                    e);
        }
    }

    /// Returns the page, which needs no other file.
    public String page() {
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
                                          """, styles(), header() + verdict() + tiles() + thresholds() + operations()
                + notes()
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

    private String verdict() {
        Verdict verdict = result.verdict();
        StringBuilder html = new StringBuilder(String.format(Locale.ROOT,
                "<section class=\"verdict %s\"><b>%s</b><ul>", verdict.outcome().label(), VerdictText.word(verdict)));
        VerdictText.reasons(verdict)
                .forEach(reason -> html.append("<li>").append(Html.escape(reason)).append("</li>"));
        return html.append("</ul></section>").toString();
    }

    private String tiles() {
        StringBuilder html = new StringBuilder("<div class=\"tiles\">");
        html.append(tile("Throughput", Numbers.rate(result.throughputPerS()), "ops/s", ""));
        result.operations().forEach((name, operation) -> html.append(tile("p99 of " + name,
                bound(operation, operation.latencyMs().p99())
                        + Numbers.percentile(operation.samples(), 99, operation.latencyMs().p99()),
                "ms", Percentiles.reliable(operation.samples(), 99) ? "" : "rough")));
        html.append(tile("Acknowledged", Acknowledgements.label(result),
                Acknowledgements.unsafe(result) ? Durability.UNSAFE : "",
                Acknowledgements.unsafe(result) ? "word bad" : "word"));
        html.append(tile("Connections", Numbers.count(result.pool().activeMax()),
                "of " + result.pool().limit(), ""));
        html.append(count("Errors", result.errors()));
        if (result.unfinished() > 0) {
            html.append(count("Did not end", result.unfinished()));
        }
        if (result.arrival().open()) {
            html.append(count("Dropped", result.arrival().dropped()));
        }
        return html.append("</div>").toString();
    }

    private static String count(String name, long bad) {
        return tile(name, Numbers.count(bad), "", bad > 0 ? "bad" : "");
    }

    /// Returns the sign of a lower bound.
    private static String bound(OperationResult operation, double ms) {
        return operation.lowerBound(ms) ? "≥ " : "";
    }

    private static String tile(String name, String value, String unit, String style) {
        return String.format(Locale.ROOT, "<div class=\"tile %s\"><span>%s</span><b>%s</b> <small>%s</small></div>",
                style,
                Html.escape(name), Html.escape(value), Html.escape(unit));
    }

    private String thresholds() {
        if (report.result().thresholds().isEmpty()) {
            return "";
        }
        StringBuilder html = new StringBuilder("<h2>Thresholds</h2><ul class=\"thresholds\">");
        for (Threshold.Outcome outcome : report.result().thresholds()) {
            html.append(String.format(Locale.ROOT, "<li class=\"%s\"><b>%s</b> <code>%s</code> measured %s</li>",
                    outcome.kept() ? "kept" : "missed", outcome.kept() ? "kept" : "missed",
                    Html.escape(outcome.threshold().text()),
                    outcome.measured()));
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
                    String.format(Locale.ROOT, "<td rowspan=\"2\">%s</td>", Numbers.rate(operation.throughputPerS())));
            html.append(percentiles("latency", operation, operation.latencyMs())).append("</tr>");
            html.append("<tr class=\"second\">")
                    .append(percentiles("service", operation, operation.serviceMs())).append("</tr>");
        });
        return html
                .append("""
                        </tbody></table></div>
                        <p class="quiet">Milliseconds, successful operations; operations that did not end count with
                        the time that had passed, so a figure marked with ≥ is a lower bound. Latency counts from the
                        scheduled start of an operation, service time from its actual start: under overload latency
                        grows and service time may not. Grey figures are rough: fewer than 100 samples lie above
                        them.</p>
                        """)
                .toString();
    }

    private static String percentiles(String kind, OperationResult operation, Percentiles ms) {
        StringBuilder cells = new StringBuilder(String.format(Locale.ROOT,
                "<td class=\"kind\">%s</td><td>%s</td>", kind, Numbers.value(ms.mean())));
        for (double percentile : Percentiles.shown()) {
            double value = ms.at(percentile);
            cells.append(String.format(Locale.ROOT, "<td%s>%s%s</td>",
                    Percentiles.reliable(operation.samples(), percentile) ? "" : " class=\"rough\"",
                    bound(operation, value), Numbers.value(value)));
        }
        return cells + String.format(Locale.ROOT, "<td>%s%s</td>", bound(operation, ms.max()), Numbers.value(ms.max()));
    }

    private String notes() {
        StringBuilder html = new StringBuilder("<h2>Notes</h2><ul class=\"notes\">");
        result.warnings().forEach(note -> html.append("<li>").append(Html.escape(note)).append("</li>"));
        html.append("</ul>");
        if (!result.faults().isEmpty()) {
            html.append("<h2>Faults of the network</h2><ul class=\"notes\">");
            result.faults().forEach(fault -> html.append("<li>").append(Html.escape(FaultText.of(fault)))
                    .append("</li>"));
            html.append("</ul>");
        }
        if (!result.changes().isEmpty()) {
            html.append("<h2>Changes during the run</h2><ul class=\"notes\">");
            result.changes().forEach(change -> html.append("<li>").append(Html.escape(change)).append("</li>"));
            html.append("</ul>");
        }
        return html.toString();
    }

    private String settings() {
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
        if (result.firstAccess().count() > 0) {
            arrival.put("first accesses of users", result.firstAccess().count());
            arrival.put("first access p50 ms", result.firstAccess().ms().p50());
            arrival.put("first access p95 ms", result.firstAccess().ms().p95());
        }
        arrival.put("acknowledged", Acknowledgements.of(result));
        if (result.arrival().open()) {
            arrival.put("due", result.arrival().scheduled());
            arrival.put("dropped", result.arrival().dropped());
            arrival.put("achieved, %", result.arrival().achieved() * 100);
            arrival.put("lag p99 ms", result.arrival().lagMs().p99());
            arrival.put("lag max ms", result.arrival().lagMs().max());
        }
        arrival.put("load", OfferedLoad.of(report.workload(), result.arrival().target()));
        arrival.put("started", result.arrival().started());
        arrival.put("did not end", result.unfinished());
        arrival.put("ended after the measured part", result.late());
        arrival.put("drain s", result.drainSeconds());
        arrival.put("messages not stored", result.storage().unsaved());
        if (result.start().users() >= 0) {
            arrival.put("users at the start", result.start().users());
            arrival.put("messages at the start", result.start().messages());
            arrival.put("database MiB at the start", result.start().bytes() / MIB);
        }
        GeneratorResult generator = result.generator();
        if (generator != null) {
            arrival.put("channel to the generator p50 ms", generator.channelMs().p50());
            arrival.put("channel to the generator p99 ms", generator.channelMs().p99());
            arrival.put("processor time of the generator ms", generator.processorMs());
            arrival.put("longest pause of the generator ms", generator.longestPauseMs());
        }
        return "<h2>Settings and environment</h2><div class=\"columns\"><div>"
                + Html.table("Workload", ResultJson.describe(report.workload())) + Html.table("Arrivals", arrival)
                + Html.table("Connection pool", pool)
                + Html.table("Cost per operation", CostText.rows(result.costPerOperation()))
                + Html.table("Environment", result.environment())
                + "</div><div>" + Html.table("Configuration at the end", ConfigRows.of(result)) + "</div></div>";
    }
}
