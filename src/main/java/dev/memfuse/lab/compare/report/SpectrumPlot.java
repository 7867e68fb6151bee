package dev.memfuse.lab.compare.report;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

import dev.memfuse.lab.compare.SpectrumRow;
import dev.memfuse.metrics.stats.Numbers;

/// Draws the percentiles of both arms as SVG, on an axis of 1/(1-p): equal distances from 90 % to 99 % and from 99 % to
/// 99.9 %.
final class SpectrumPlot {
    private static final int WIDTH = 900;
    private static final int HEIGHT = 260;
    private static final int LEFT = 70;
    private static final int RIGHT = 20;
    private static final int TOP = 14;
    private static final int BOTTOM = 28;
    private static final double PERCENT = 100;

    private SpectrumPlot() {}

    /// @param rows at least two
    static String svg(String operation, List<SpectrumRow> rows) {
        double low = rows.stream().mapToDouble(row -> Math.min(row.aMs(), row.bMs())).min().orElse(1);
        double high = rows.stream().mapToDouble(row -> Math.max(row.aMs(), row.bMs())).max().orElse(1);
        LogScale x = new LogScale(position(rows.getFirst()), position(rows.getLast()), LEFT, WIDTH - RIGHT);
        LogScale y = new LogScale(Math.max(1e-6, low / 1.1), Math.max(1e-5, high * 1.1), HEIGHT - BOTTOM, TOP);
        StringBuilder svg = new StringBuilder(String.format(Locale.ROOT,
                "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"Percentiles of %s\">", WIDTH, HEIGHT, operation));
        for (SpectrumRow row : rows) {
            svg.append(String.format(Locale.ROOT,
                    "<line class=\"grid\" x1=\"%1$s\" x2=\"%1$s\" y1=\"%2$d\" y2=\"%3$d\"/>",
                    x.at(position(row)), TOP, HEIGHT - BOTTOM));
        }
        for (double percentile : new double[]{50, 90, 99, 99.9}) {
            rows.stream().filter(row -> row.percentile() == percentile).forEach(row -> svg.append(String.format(
                    Locale.ROOT, "<text text-anchor=\"middle\" x=\"%s\" y=\"%d\">p%s</text>", x.at(position(row)),
                    HEIGHT - 8, Numbers.plain(percentile))));
        }
        for (double ms : new double[]{low, high}) {
            svg.append(String.format(Locale.ROOT, "<text text-anchor=\"end\" x=\"%d\" y=\"%s\">%s</text>", LEFT - 6,
                    y.at(ms) + 4, Numbers.ms(ms)));
        }
        return svg.append(line("a", rows, x, y, SpectrumRow::aMs)).append(line("b", rows, x, y, SpectrumRow::bMs))
                .append("</svg>").toString();
    }

    private static String line(String style, List<SpectrumRow> rows, LogScale x, LogScale y,
            ToDoubleFunction<SpectrumRow> ms) {
        return rows.stream().map(row -> x.at(position(row)) + "," + y.at(Math.max(1e-6, ms.applyAsDouble(row))))
                .collect(Collectors.joining(" ", "<polyline class=\"" + style + "\" points=\"", "\"/>"));
    }

    private static double position(SpectrumRow row) {
        return 1 / (1 - row.percentile() / PERCENT);
    }
}
