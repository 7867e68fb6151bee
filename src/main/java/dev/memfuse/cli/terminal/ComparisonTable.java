package dev.memfuse.cli.terminal;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import dev.memfuse.config.ConfigChange;
import dev.memfuse.lab.compare.ComparisonResult;
import dev.memfuse.lab.compare.MetricVerdict;
import dev.memfuse.lab.compare.RecallResult;
import dev.memfuse.lab.paired.MetricResult;
import dev.memfuse.lab.paired.PointsEstimate;
import dev.memfuse.lab.paired.RatioEstimate;
import dev.memfuse.load.report.TextTable;
import dev.memfuse.metrics.stats.Numbers;
import org.jspecify.annotations.Nullable;

/// Formats the result of a comparison: verdict, ratios with a forest plot, design.
public final class ComparisonTable {
    /// Columns of the forest plot, an odd number, so that "no difference" has a column of its own.
    private static final int WIDTH = 33;
    private static final double SMALLEST_SCALE = 1.25;

    private ComparisonTable() {}

    /// Returns the result, line by line.
    public static List<String> lines(ComparisonResult result) {
        List<String> lines = new ArrayList<>();
        lines.add(result.sentence());
        result.problems().forEach(problem -> lines.add("! " + problem));
        if (result.cancelled()) {
            lines.add("! The comparison was ended by hand; this covers its pairs until then.");
        }
        lines.add("");
        lines.add("A: " + result.a());
        lines.add("B: " + result.b());
        lines.addAll(differences(result.differences()));
        lines.add("");
        lines.addAll(table(result));
        lines.addAll(recall(result.recall()));
        lines.add("");
        result.design().forEach((name, value) -> lines.add(String.format(Locale.ROOT, "%-15s %s", name, value)));
        return lines;
    }

    /// Returns the settings in which the arms differ, line by line.
    public static List<String> differences(List<ConfigChange> differences) {
        return differences.isEmpty()
                ? List.of("The arms are equal (A/A): every difference is noise.")
                : differences.stream().map(change -> "   " + change).toList();
    }

    private static List<String> table(ComparisonResult result) {
        List<MetricResult> metrics = result.metrics();
        double scale = scale(metrics);
        TextTable table = new TextTable(1).row("metric", "A", "B", "B/A", "95 % interval", "verdict",
                heading(scale));
        for (MetricResult metric : metrics) {
            RatioEstimate ratio = metric.ratio();
            table.row(metric.title() + (metric.primary() ? " *" : ""), value(metric.a(), metric),
                    value(metric.b(), metric),
                    Double.isNaN(ratio.ratio()) ? "–" : String.format(Locale.ROOT, "%.3f", ratio.ratio()),
                    ratio.bounded() ? String.format(Locale.ROOT, "%.3f to %.3f", ratio.low(), ratio.high()) : "–",
                    MetricVerdict.of(metric, result).label(), forest(ratio, scale));
        }
        List<String> lines = new ArrayList<>(table.lines());
        lines.add("* primary metric, chosen before the run");
        lines.add(MetricVerdict.RATIO);
        MetricVerdict.note(metrics, result).ifPresent(lines::add);
        return lines;
    }

    private static List<String> recall(@Nullable RecallResult recall) {
        if (recall == null) {
            return List.of("Recall@10 was not measured.");
        }
        PointsEstimate points = recall.difference();
        return List.of(String.format(Locale.ROOT,
                "Recall@10        A %.1f %%, B %.1f %%: %+.1f [%.1f, %.1f] points, %s (%s)", 100 * recall.a(),
                100 * recall.b(), points.points(), points.low(), points.high(), points.decision().label(),
                Numbers.count(points.pairs(), "question")),
                "found after      A " + fresh(recall.freshAMs()) + ", B " + fresh(recall.freshBMs())
                        + " from the acknowledgement of a message");
    }

    private static String fresh(@Nullable Double ms) {
        return ms == null ? "more than 5 s" : Numbers.ms(ms);
    }

    private static String value(double value, MetricResult metric) {
        if (Double.isNaN(value)) {
            return "–";
        }
        return Numbers.value(value) + (metric.unit().startsWith("/") ? "" : " ") + metric.unit();
    }

    /// Returns the ratio at the ends of the plot.
    private static double scale(List<MetricResult> metrics) {
        double largest = Math.log(SMALLEST_SCALE);
        for (MetricResult metric : metrics) {
            if (metric.ratio().bounded()) {
                largest = Math.max(largest, Math.abs(Math.log(metric.ratio().ratio())));
            }
        }
        return Math.exp(largest * 1.1);
    }

    private static String forest(RatioEstimate ratio, double scale) {
        char[] cells = " ".repeat(WIDTH).toCharArray();
        cells[WIDTH / 2] = '|';
        if (ratio.bounded()) {
            for (int i = column(ratio.low(), scale); i <= column(ratio.high(), scale); i++) {
                cells[i] = '-';
            }
            cells[column(ratio.ratio(), scale)] = 'o';
        }
        return new String(cells);
    }

    /// Returns the heading of the plot: the ratios at its ends and the line of no difference.
    private static String heading(double scale) {
        String left = String.format(Locale.ROOT, "%.2fx", 1 / scale);
        String right = String.format(Locale.ROOT, "%.2fx", scale);
        int before = WIDTH / 2 - left.length();
        int after = WIDTH - WIDTH / 2 - 1 - right.length();
        return left + " ".repeat(Math.max(1, before)) + "1" + " ".repeat(Math.max(1, after)) + right;
    }

    private static int column(double ratio, double scale) {
        double position = Math.log(ratio) / Math.log(scale);
        return Math.clamp(Math.round((position + 1) / 2 * (WIDTH - 1)), 0, WIDTH - 1);
    }
}
