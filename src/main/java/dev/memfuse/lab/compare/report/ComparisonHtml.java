package dev.memfuse.lab.compare.report;

import java.util.List;
import java.util.Locale;
import java.util.Map;

import dev.memfuse.config.ConfigChange;
import dev.memfuse.lab.compare.ComparisonResult;
import dev.memfuse.lab.compare.RecallResult;
import dev.memfuse.lab.compare.SpectrumRow;
import dev.memfuse.lab.paired.MetricResult;
import dev.memfuse.lab.paired.RatioEstimate;
import dev.memfuse.load.report.Html;
import dev.memfuse.metrics.stats.Numbers;
import org.jspecify.annotations.Nullable;

/// Renders a comparison as one HTML page without other files: light and dark by the reader's system, and printable.
public final class ComparisonHtml {
    private static final String STYLE = """
                                        :root{color-scheme:light dark;--a:#7a7a7a;--b:#0b6bcb}
                                        body{font:15px/1.5 system-ui,sans-serif;max-width:960px;margin:2em auto;
                                        padding:0 1em}
                                        h1{font-size:1.35em}table{border-collapse:collapse;width:100%}
                                        th,td{text-align:right;padding:.2em .6em;border-bottom:1px solid #8884}
                                        th:first-child,td:first-child{text-align:left}svg{width:100%}
                                        text{fill:currentColor;font-size:13px}
                                        .grid{stroke:#8886}.margin{fill:#8883}
                                        .interval{stroke:var(--b);stroke-width:2}.point{fill:var(--b)}
                                        polyline{fill:none;stroke-width:2}.a{stroke:var(--a);stroke-dasharray:6 3}
                                        .b{stroke:var(--b)}
                                        .problem{border-left:4px solid #c62828;padding-left:.6em}
                                        @media print{body{max-width:none;margin:0}section{break-inside:avoid}}
                                        """;
    private static final double PERCENT = 100;

    private ComparisonHtml() {}

    /// Returns the page.
    ///
    /// @param margin smallest relative difference that matters
    public static String page(ComparisonResult result, double margin) {
        StringBuilder html = new StringBuilder("<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>")
                .append(Html.escape(result.sentence())).append("</title><style>").append(STYLE)
                .append("</style></head><body><h1>").append(Html.escape(result.sentence())).append("</h1>");
        result.problems().forEach(problem -> html.append("<p class=\"problem\">").append(Html.escape(problem))
                .append("</p>"));
        if (result.cancelled()) {
            html.append("<p class=\"problem\">The comparison was ended by hand; this covers its pairs until then.</p>");
        }
        html.append("<p>A: ").append(Html.escape(result.a())).append("<br>B: ").append(Html.escape(result.b()))
                .append("</p>").append(differences(result.differences()));
        html.append("<section><h2>Ratios of B to A</h2><p>Point and 95 % interval; the band is the margin within which "
                + "arms count as the same. * primary metric, chosen before the run.</p>")
                .append(ForestPlot.svg(result.metrics(), margin)).append(metrics(result.metrics()))
                .append("</section>");
        html.append(recall(result.recall()));
        result.spectra().forEach((operation, rows) -> html.append(spectrum(operation, rows)));
        return html.append(facts("How it was measured", result.design()))
                .append(facts("Environment", result.environment())).append("</body></html>\n").toString();
    }

    private static String differences(List<ConfigChange> differences) {
        if (differences.isEmpty()) {
            return "<p>The arms are equal (A/A): every difference is noise.</p>";
        }
        StringBuilder rows = new StringBuilder("<table><tr><th>Setting</th><th>A</th><th>B</th></tr>");
        differences.forEach(change -> rows.append(row(change.path(), change.beforeLabel(), change.afterLabel())));
        return rows.append("</table>").toString();
    }

    private static String metrics(List<MetricResult> metrics) {
        StringBuilder rows = new StringBuilder("<table><tr><th>Metric</th><th>A</th><th>B</th><th>B/A</th>"
                + "<th>95 % interval</th><th>Verdict</th></tr>");
        for (MetricResult metric : metrics) {
            RatioEstimate ratio = metric.ratio();
            rows.append(row(metric.name() + (metric.primary() ? " *" : ""), value(metric.a(), metric.unit()),
                    value(metric.b(), metric.unit()),
                    Double.isNaN(ratio.ratio()) ? "–" : String.format(Locale.ROOT, "%.3f", ratio.ratio()),
                    ratio.bounded() ? String.format(Locale.ROOT, "%.3f to %.3f", ratio.low(), ratio.high()) : "–",
                    ratio.decision().label()));
        }
        return rows.append("</table>").toString();
    }

    private static String value(double value, String unit) {
        return Double.isNaN(value) ? "–" : Numbers.value(value) + (unit.startsWith("/") ? "" : " ") + unit;
    }

    private static String recall(@Nullable RecallResult recall) {
        return recall == null
                ? "<p>Recall@10 was not measured.</p>"
                : String.format(Locale.ROOT,
                        "<section><h2>Recall@10</h2><p>A %.1f %%, B %.1f %%: %+.1f [%.1f, %.1f] points over %s.</p>"
                                + "</section>",
                        PERCENT * recall.a(), PERCENT * recall.b(), recall.difference().points(),
                        recall.difference().low(), recall.difference().high(),
                        Numbers.count(recall.difference().pairs(), "question"));
    }

    private static String spectrum(String operation, List<SpectrumRow> rows) {
        if (rows.size() < 2) {
            return "";
        }
        StringBuilder table = new StringBuilder("<table><tr><th>Percentile</th><th>A ms</th><th>B ms</th>"
                + "<th>B - A ms</th></tr>");
        rows.forEach(row -> table.append(row("p" + Numbers.plain(row.percentile()), Numbers.value(row.aMs()),
                Numbers.value(row.bMs()), Numbers.value(row.bMs() - row.aMs()))));
        return "<section><h2>Latency of " + Html.escape(operation)
                + "</h2><p>All blocks of an arm together. Dashed: A, "
                + "solid: B.</p>" + SpectrumPlot.svg(operation, rows) + table + "</table></section>";
    }

    private static String facts(String title, Map<String, String> facts) {
        StringBuilder rows = new StringBuilder("<section><h2>").append(title).append("</h2><table>");
        facts.forEach((name, value) -> rows.append(row(name, value)));
        return rows.append("</table></section>").toString();
    }

    private static String row(String... cells) {
        StringBuilder row = new StringBuilder("<tr>");
        for (String cell : cells) {
            row.append("<td>").append(Html.escape(cell)).append("</td>");
        }
        return row.append("</tr>").toString();
    }
}
