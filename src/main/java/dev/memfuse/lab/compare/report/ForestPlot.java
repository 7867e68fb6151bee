package dev.memfuse.lab.compare.report;

import java.util.List;
import java.util.Locale;

import dev.memfuse.lab.paired.MetricResult;
import dev.memfuse.lab.paired.RatioEstimate;
import dev.memfuse.load.report.Html;

/// Draws the ratios of a comparison as SVG: a row a metric with point and interval, and the band of the margin.
final class ForestPlot {
    private static final int WIDTH = 900;
    private static final int LEFT = 150;
    private static final int RIGHT = 40;
    private static final int ROW = 26;
    private static final int TOP = 24;
    private static final double SMALLEST_SCALE = 1.25;
    private static final double LARGEST_SCALE = 100;

    private ForestPlot() {}

    /// @param margin smallest relative difference that matters
    static String svg(List<MetricResult> metrics, double margin) {
        double end = scale(metrics);
        LogScale x = new LogScale(1 / end, end, LEFT, WIDTH - RIGHT);
        int height = TOP + ROW * metrics.size() + 8;
        StringBuilder svg = new StringBuilder(String.format(Locale.ROOT,
                "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"Ratios of B to A\">", WIDTH, height));
        svg.append(String.format(Locale.ROOT,
                "<rect class=\"margin\" x=\"%s\" y=\"%d\" width=\"%s\" height=\"%d\"/>",
                x.at(1 / (1 + margin)), TOP, x.at(1 + margin) - x.at(1 / (1 + margin)), height - TOP));
        for (double tick : new double[]{1 / end, 1, end}) {
            svg.append(String.format(Locale.ROOT,
                    "<line class=\"grid\" x1=\"%1$s\" x2=\"%1$s\" y1=\"%2$d\" y2=\"%3$d\"/>"
                            + "<text text-anchor=\"middle\" x=\"%1$s\" y=\"14\">%4$.2fx</text>",
                    x.at(tick), TOP, height, tick));
        }
        for (int i = 0; i < metrics.size(); i++) {
            svg.append(row(metrics.get(i), x, TOP + ROW * i + ROW / 2));
        }
        return svg.append("</svg>").toString();
    }

    private static String row(MetricResult metric, LogScale x, int y) {
        RatioEstimate ratio = metric.ratio();
        String name = String.format(Locale.ROOT, "<text x=\"4\" y=\"%d\">%s%s</text>", y + 4,
                Html.escape(metric.title()), metric.primary() ? " *" : "");
        return ratio.bounded()
                ? name + String.format(Locale.ROOT,
                        "<line class=\"interval\" x1=\"%s\" x2=\"%s\" y1=\"%d\" y2=\"%d\"/>"
                                + "<circle class=\"point\" cx=\"%s\" cy=\"%d\" r=\"5\"/>",
                        x.at(ratio.low()), x.at(ratio.high()), y, y, x.at(ratio.ratio()), y)
                : name;
    }

    private static double scale(List<MetricResult> metrics) {
        double largest = SMALLEST_SCALE;
        for (MetricResult metric : metrics) {
            RatioEstimate ratio = metric.ratio();
            if (ratio.bounded()) {
                largest = Math.max(largest, Math.max(ratio.high(), 1 / ratio.low()));
            }
        }
        return Math.min(LARGEST_SCALE, largest * 1.05);
    }
}
