package dev.memfuse.lab.compare.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import dev.memfuse.config.ConfigChange;
import dev.memfuse.lab.compare.ComparisonResult;
import dev.memfuse.lab.compare.MetricVerdict;
import dev.memfuse.lab.compare.RecallResult;
import dev.memfuse.lab.compare.SpectrumRow;
import dev.memfuse.lab.paired.MetricResult;
import dev.memfuse.lab.paired.RatioEstimate;
import dev.memfuse.lab.report.HtmlPage;
import dev.memfuse.metrics.stats.Numbers;
import org.jspecify.annotations.Nullable;

/// Renders a comparison as one HTML page.
public final class ComparisonHtml {
    private static final double PERCENT = 100;

    private ComparisonHtml() {}

    /// Returns the page.
    ///
    /// @param margin smallest relative difference that matters
    public static String page(ComparisonResult result, double margin) {
        List<String> problems = new ArrayList<>(result.problems());
        if (result.cancelled()) {
            problems.add("The comparison was ended by hand; this covers its pairs until then.");
        }
        HtmlPage page = new HtmlPage(result.sentence()).problems(problems);
        add(page, result, margin);
        return page.facts("Environment", result.environment()).text();
    }

    /// Adds a comparison to a page: arms, ratios, recall, percentiles, and how it was measured.
    ///
    /// @param margin smallest relative difference that matters
    public static void add(HtmlPage page, ComparisonResult result, double margin) {
        page.lines(List.of("A: " + result.a(), "B: " + result.b()));
        differences(page, result.differences());
        page.section("Ratios of B to A", "Point and 95 % interval; the band is the margin within which arms count as "
                + "the same. * primary metric, chosen before the run. " + MetricVerdict.RATIO
                + MetricVerdict.note(result.metrics(), result).map(note -> " " + note).orElse(""),
                ForestPlot.svg(result.metrics(), margin),
                metrics(result));
        page.section("Recall@10", recall(result.recall()));
        result.spectra().forEach((operation, rows) -> spectrum(page, operation, rows));
        page.facts("How it was measured", result.design());
    }

    private static void differences(HtmlPage page, List<ConfigChange> differences) {
        if (differences.isEmpty()) {
            page.lines(List.of("The arms are equal (A/A): every difference is noise."));
        } else {
            page.section("What differs", "", HtmlPage.table(List.of("Setting", "A", "B"),
                    differences.stream()
                            .map(change -> List.of(change.path(), change.beforeLabel(), change.afterLabel()))
                            .toList()));
        }
    }

    private static String metrics(ComparisonResult result) {
        return HtmlPage.table(List.of("Metric", "A", "B", "B/A", "95 % interval", "Verdict"),
                result.metrics().stream().map(metric -> row(metric, result)).toList());
    }

    private static List<String> row(MetricResult metric, ComparisonResult result) {
        RatioEstimate ratio = metric.ratio();
        return List.of(metric.title() + (metric.primary() ? " *" : ""), value(metric.a(), metric.unit()),
                value(metric.b(), metric.unit()),
                Double.isNaN(ratio.ratio()) ? "–" : String.format(Locale.ROOT, "%.3f", ratio.ratio()),
                ratio.bounded() ? String.format(Locale.ROOT, "%.3f to %.3f", ratio.low(), ratio.high()) : "–",
                MetricVerdict.of(metric, result).label());
    }

    private static String value(double value, String unit) {
        return Double.isNaN(value) ? "–" : Numbers.value(value) + (unit.startsWith("/") ? "" : " ") + unit;
    }

    private static String recall(@Nullable RecallResult recall) {
        return recall == null
                ? "Not measured."
                : String.format(Locale.ROOT, "A %.1f %%, B %.1f %%: %+.1f [%.1f, %.1f] points over %s.",
                        PERCENT * recall.a(), PERCENT * recall.b(), recall.difference().points(),
                        recall.difference().low(), recall.difference().high(),
                        Numbers.count(recall.difference().pairs(), "question"));
    }

    private static void spectrum(HtmlPage page, String operation, List<SpectrumRow> rows) {
        if (rows.size() >= 2) {
            page.section("Latency of " + operation, "All blocks of an arm together. Dashed: A, solid: B.",
                    SpectrumPlot.svg(operation, rows),
                    HtmlPage.table(List.of("Percentile", "A ms", "B ms", "B - A ms"), rows.stream()
                            .map(row -> List.of("p" + Numbers.plain(row.percentile()), Numbers.value(row.aMs()),
                                    Numbers.value(row.bMs()), Numbers.value(row.bMs() - row.aMs())))
                            .toList()));
        }
    }
}
