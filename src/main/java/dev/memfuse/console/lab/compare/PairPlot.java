package dev.memfuse.console.lab.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import javafx.css.PseudoClass;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.Region;

import dev.memfuse.console.fx.Formats;
import dev.memfuse.console.lab.forest.RatioScale;
import dev.memfuse.console.lab.plot.ReadablePlot;
import dev.memfuse.lab.compare.PairRatio;
import dev.memfuse.lab.paired.RatioEstimate;
import dev.memfuse.metrics.stats.Numbers;

/// The ratio of B to A of each pair in the order of time, with the order of the blocks as the shape of the point, the
/// interval over all pairs and the margin as bands.
///
/// Some tens of points on a logarithmic axis that is not time: the charts of the Live page are made for other data. The
/// arrow keys select a pair. FX thread only.
public final class PairPlot extends ReadablePlot {
    private static final PseudoClass SELECTED = PseudoClass.getPseudoClass("selected");
    private static final double LEFT = 52;
    private static final double RIGHT = 8;
    private static final double TOP = 8;
    private static final double BOTTOM = 22;
    private static final double POINT = 10;
    /// A square on its corner of the same area as the circle.
    private static final double DIAMOND = 12;
    private static final double TICK_DISTANCE = 0.14;
    private static final int MAX_LABELS = 10;

    private final Region margin = part("pair-margin");
    private final Region interval = part("pair-interval");
    private final Region estimate = part("pair-estimate");
    private final List<Region> points = new ArrayList<>();
    private final List<Region> lines = new ArrayList<>();
    private final List<Label> ratioLabels = new ArrayList<>();
    private final List<Label> pairLabels = new ArrayList<>();
    private PairFigures figures = PairFigures.NONE;
    private RatioScale scale = RatioScale.of(List.of());
    private List<Double> ticks = List.of();

    public PairPlot() {
        super("Ratio of B to A, pair by pair; the arrow keys select a pair");
        setOnMousePressed(_ -> requestFocus());
    }

    /// Shows pairs. The selection stays when it is still there.
    void show(PairFigures next) {
        if (next.equals(figures)) {
            return;
        }
        figures = next;
        scale = RatioScale.of(Stream.concat(next.pairs().stream().map(PairRatio::ratio), bounds(next)).toList());
        ticks = scale.ticks(TICK_DISTANCE);
        points.clear();
        for (int i = 0; i < next.pairs().size(); i++) {
            points.add(point(i));
        }
        lines.clear();
        ratioLabels.clear();
        for (double tick : ticks) {
            lines.add(part(tick == 1 ? "pair-one" : "pair-line"));
            ratioLabels.add(label(RatioScale.label(tick)));
        }
        pairLabels.clear();
        for (int pair = 1; pair <= next.planned(); pair += step()) {
            pairLabels.add(label(Numbers.count(pair)));
        }
        boolean bounded = next.estimate() != null && next.estimate().bounded();
        interval.setVisible(bounded);
        estimate.setVisible(next.estimate() != null && !Double.isNaN(next.estimate().ratio()));
        getChildren().setAll(Stream.of(List.of(margin, interval), lines, List.of(estimate), ratioLabels, pairLabels,
                points).flatMap(List::stream).toList());
        select(selected());
    }

    private static Stream<Double> bounds(PairFigures figures) {
        RatioEstimate over = figures.estimate();
        return over == null || !over.bounded() ? Stream.empty() : Stream.of(over.low(), over.high());
    }

    private Region point(int index) {
        PairRatio pair = figures.pairs().get(index);
        Region point = part("pair-point");
        point.getStyleClass().add(pair.referenceFirst() ? "a-first" : "b-first");
        Tooltip.install(point, new Tooltip(describe(pair)));
        point.setOnMousePressed(_ -> select(index));
        return point;
    }

    private int step() {
        return Math.max(1, Math.ceilDiv(figures.planned(), MAX_LABELS));
    }

    private String describe(PairRatio pair) {
        String unit = figures.unit().startsWith("/") ? figures.unit() : " " + figures.unit();
        return String.format(Locale.ROOT, "Pair %d at %s, %s first: A %s%s, B %s%s, %.2fx", pair.pair(),
                Formats.timeOfDay(pair.at()), pair.referenceFirst() ? "A" : "B", Numbers.value(pair.a()), unit,
                Numbers.value(pair.b()), unit, pair.ratio());
    }

    @Override
    protected int values() {
        return points.size();
    }

    @Override
    protected String describe(int index) {
        return describe(figures.pairs().get(index));
    }

    /// The newest pair is the one to look at while more are measured.
    @Override
    protected int leftFromNothing() {
        return points.size() - 1;
    }

    @Override
    protected void showSelected(int index) {
        for (int i = 0; i < points.size(); i++) {
            points.get(i).pseudoClassStateChanged(SELECTED, i == index);
        }
    }

    @Override
    protected void layoutChildren() {
        double width = Math.max(0, getWidth() - LEFT - RIGHT);
        double from = y(1 + figures.margin());
        margin.resizeRelocate(LEFT, from, width, y(1 / (1 + figures.margin())) - from);
        for (int i = 0; i < lines.size(); i++) {
            double y = y(ticks.get(i));
            lines.get(i).resizeRelocate(LEFT, y, width, 1);
            place(ratioLabels.get(i), LEFT - 8, y, 1, 0.5);
        }
        RatioEstimate over = figures.estimate();
        if (over != null && !Double.isNaN(over.ratio())) {
            double high = y(over.high());
            interval.resizeRelocate(LEFT, high, width, Math.max(1, y(over.low()) - high));
            estimate.resizeRelocate(LEFT, y(over.ratio()), width, 2);
        }
        for (int i = 0; i < pairLabels.size(); i++) {
            place(pairLabels.get(i), x(1 + i * step()), getHeight() - BOTTOM + 4, 0.5, 0);
        }
        for (int i = 0; i < points.size(); i++) {
            PairRatio pair = figures.pairs().get(i);
            double size = pair.referenceFirst() ? POINT : DIAMOND;
            points.get(i).resizeRelocate(x(pair.pair()) - size / 2, y(pair.ratio()) - size / 2, size, size);
        }
    }

    private double x(int pair) {
        return LEFT + (pair - 0.5) / Math.max(figures.planned(), figures.pairs().size())
                * Math.max(0, getWidth() - LEFT - RIGHT);
    }

    private double y(double ratio) {
        return Math.round(TOP + (1 - scale.position(ratio)) * Math.max(0, getHeight() - TOP - BOTTOM));
    }
}
