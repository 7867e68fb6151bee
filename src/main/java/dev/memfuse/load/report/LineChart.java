package dev.memfuse.load.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleFunction;

import dev.memfuse.metrics.stats.Numbers;

/// Renders a line chart as SVG inside a figure with title, legend and unit. All colours come from style classes.
final class LineChart {
    private static final int WIDTH = 960;
    private static final int HEIGHT = 260;
    private static final int LEFT = 58;
    private static final int RIGHT = 14;
    private static final int TOP = 22;
    private static final int BOTTOM = 30;

    private final String title;
    private final String note;
    private final Axis x;
    private final Axis y;
    private final StringBuilder legend = new StringBuilder();
    private final StringBuilder back = new StringBuilder();
    private final StringBuilder lines = new StringBuilder();
    private final StringBuilder front = new StringBuilder();
    private String unit = "";
    private String xUnit = "s";
    private List<Tick> xTicks;

    /// A tick of the horizontal axis with its label.
    record Tick(double at, String label) {}

    /// A point of a line.
    record Spot(double x, double y) {}

    LineChart(String title, String note, Axis x, Axis y) {
        this.title = title;
        this.note = note;
        this.x = x;
        this.y = y;
        this.xTicks = x.ticks(12).stream().map(tick -> new Tick(tick, Numbers.plain(tick))).toList();
    }

    /// Sets the units of both axes.
    LineChart units(String vertical, String horizontal) {
        unit = vertical;
        xUnit = horizontal;
        return this;
    }

    /// Sets the ticks of the horizontal axis.
    LineChart xTicks(List<Tick> ticks) {
        xTicks = ticks;
        return this;
    }

    /// Shades a range of the horizontal axis and labels it.
    LineChart shade(double from, double to, String label) {
        if (to > from) {
            back.append(String.format(Locale.ROOT,
                    "<rect class=\"shade\" x=\"%s\" y=\"%d\" width=\"%s\" height=\"%d\"/>", px(from), TOP,
                    Numbers.plain((x.position(to) - x.position(from)) * (WIDTH - LEFT - RIGHT)),
                    HEIGHT - TOP - BOTTOM));
            back.append(String.format(Locale.ROOT, "<text class=\"hint\" x=\"%s\" y=\"%d\">%s</text>",
                    Numbers.plain(LEFT + 5 + x.position(from) * (WIDTH - LEFT - RIGHT)), TOP + 13, Html.escape(label)));
        }
        return this;
    }

    /// Adds a numbered vertical line; the list below the charts explains the number.
    ///
    /// @param style class of the style sheet: the kind of the event
    LineChart mark(double at, int number, String text, String style) {
        front.append(String.format(Locale.ROOT,
                "<g class=\"mark %s\"><title>%s</title><line x1=\"%s\" x2=\"%s\" y1=\"%d\" y2=\"%d\"/>", style,
                Html.escape(text), px(at), px(at), TOP, HEIGHT - BOTTOM));
        front.append(String.format(Locale.ROOT,
                "<circle cx=\"%s\" cy=\"%d\" r=\"8\"/><text x=\"%s\" y=\"%d\">%d</text></g>", px(at),
                TOP - 10, px(at), TOP - 6, number));
        return this;
    }

    /// Adds a line.
    ///
    /// @param style classes of the style sheet, such as `c1`; with `area` the area below the line is filled
    LineChart line(String name, String style, List<Spot> spots) {
        legend.append(String.format(Locale.ROOT, "<span class=\"key %s\">%s</span>", style, Html.escape(name)));
        return continueLine(style, spots);
    }

    /// Adds a line without an entry in the legend.
    LineChart continueLine(String style, List<Spot> spots) {
        if (spots.isEmpty()) {
            return this;
        }
        List<String> path = new ArrayList<>();
        for (Spot spot : spots) {
            path.add(px(spot.x()) + " " + py(spot.y()));
        }
        String points = String.join(" L", path);
        if (style.contains("area")) {
            lines.append(String.format(Locale.ROOT, "<path class=\"fill %s\" d=\"M%s %d L%s L%s %d Z\"/>", style,
                    px(spots.getFirst().x()), HEIGHT - BOTTOM, points, px(spots.getLast().x()), HEIGHT - BOTTOM));
        }
        lines.append(String.format(Locale.ROOT, "<path class=\"line %s\" d=\"M%s\"/>", style, points));
        return this;
    }

    /// Adds values that are shown under the pointer, one band for each spot.
    LineChart hover(List<Spot> spots, DoubleFunction<String> text) {
        for (int i = 0; i < spots.size(); i++) {
            double from = i == 0 ? x.from() : (spots.get(i - 1).x() + spots.get(i).x()) / 2;
            double to = i == spots.size() - 1 ? x.to() : (spots.get(i).x() + spots.get(i + 1).x()) / 2;
            front.append(
                    String.format(Locale.ROOT,
                            "<rect class=\"band\" x=\"%s\" y=\"%d\" width=\"%s\" height=\"%d\">"
                                    + "<title>%s</title></rect>",
                            px(from), TOP,
                            Numbers.plain(
                                    Math.max(0, x.position(to) - x.position(from)) * (WIDTH - LEFT - RIGHT)),
                            HEIGHT - TOP - BOTTOM, Html.escape(text.apply(i))));
        }
        return this;
    }

    String render() {
        StringBuilder svg = new StringBuilder();
        svg.append(
                String.format(Locale.ROOT,
                        "<figure><figcaption><h3>%s <small>%s</small></h3><p>%s</p><div class=\"legend\">%s</div>"
                                + "</figcaption>",
                        Html.escape(title), Html.escape(unit), Html.escape(note), legend));
        svg.append(
                String.format(Locale.ROOT, "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">", WIDTH, HEIGHT,
                        Html.escape(title)));
        svg.append(back);
        for (double tick : y.ticks(5)) {
            svg.append(String.format(Locale.ROOT, "<line class=\"grid\" x1=\"%d\" x2=\"%d\" y1=\"%s\" y2=\"%s\"/>",
                    LEFT, WIDTH - RIGHT,
                    py(tick), py(tick)));
            svg.append(String.format(Locale.ROOT, "<text class=\"tick y\" x=\"%d\" y=\"%s\">%s</text>", LEFT - 8,
                    Numbers.plain(Double.parseDouble(py(tick)) + 4), Numbers.plain(tick)));
        }
        for (Tick tick : xTicks) {
            svg.append(String.format(Locale.ROOT, "<line class=\"grid\" x1=\"%s\" x2=\"%s\" y1=\"%d\" y2=\"%d\"/>",
                    px(tick.at()),
                    px(tick.at()), HEIGHT - BOTTOM, HEIGHT - BOTTOM + 4));
            svg.append(String.format(Locale.ROOT, "<text class=\"tick x\" x=\"%s\" y=\"%d\">%s</text>", px(tick.at()),
                    HEIGHT - BOTTOM + 17, Html.escape(tick.label())));
        }
        svg.append(String.format(Locale.ROOT, "<text class=\"unit\" x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>",
                WIDTH - RIGHT,
                HEIGHT - 1, Html.escape(xUnit)));
        svg.append(lines).append(front).append("</svg></figure>");
        return svg.toString();
    }

    private String px(double value) {
        return Numbers.plain(Math.round((LEFT + x.position(value) * (WIDTH - LEFT - RIGHT)) * 10) / 10.0);
    }

    private String py(double value) {
        return Numbers.plain(Math.round((TOP + (1 - y.position(value)) * (HEIGHT - TOP - BOTTOM)) * 10) / 10.0);
    }
}
