package dev.memfuse.console.lab.sweep;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import javafx.css.PseudoClass;
import javafx.scene.control.Label;
import javafx.scene.layout.Region;
import javafx.scene.shape.Polygon;
import javafx.scene.shape.Polyline;

import dev.memfuse.console.lab.plot.PlotScale;
import dev.memfuse.console.lab.plot.ReadablePlot;
import dev.memfuse.console.lab.sweep.SweepCurves.Curve;
import dev.memfuse.lab.sweep.SweepResult;
import dev.memfuse.lab.sweep.SweepValues;
import dev.memfuse.metrics.stats.Interval;
import dev.memfuse.metrics.stats.Numbers;
import org.jspecify.annotations.Nullable;

/// Figures above the parameter of a sweep, with the fitted law, its band and its knee. The axis of the parameter is
/// logarithmic when its values span a decade. The arrow keys select a value. FX thread only.
public final class SweepPlot extends ReadablePlot {
    private static final PseudoClass SELECTED = PseudoClass.getPseudoClass("selected");
    private static final PseudoClass WRONG = PseudoClass.getPseudoClass("wrong");
    private static final double LEFT = 64;
    private static final double RIGHT = 24;
    private static final double TOP = 16;
    private static final double BOTTOM = 22;
    private static final double POINT = 10;
    private static final double DECADE = 8;
    /// Points of the curve of the law.
    private static final int STEPS = 120;
    private static final double ROOM = 1.08;

    private final Region cursor = part("spectrum-cursor");
    private final Polygon band = new Polygon();
    private final Polyline fit = new Polyline();
    private final Region knee = part("sweep-knee");
    private final Label kneeLabel = label("knee");
    private final List<Region> lines = new ArrayList<>();
    private final List<Label> valueLabels = new ArrayList<>();
    private final List<Label> parameterLabels = new ArrayList<>();
    private final List<Polyline> joins = new ArrayList<>();
    private final List<List<Region>> points = new ArrayList<>();
    private SweepCurves curves = SweepCurves.NONE;
    private PlotScale horizontal = PlotScale.fromZero(1);
    private PlotScale vertical = PlotScale.fromZero(1);

    public SweepPlot() {
        super("Figures above the parameter; the arrow keys select a value");
        setOnMousePressed(event -> {
            requestFocus();
            select(nearest(event.getX()));
        });
        band.getStyleClass().setAll("sweep-band");
        fit.getStyleClass().setAll("spectrum-line", "sweep-law");
        band.setManaged(false);
        fit.setManaged(false);
    }

    /// Shows figures. The selection stays while the values are the same.
    void show(SweepCurves next) {
        boolean same = next.parameter().equals(curves.parameter());
        curves = next;
        scale(next);
        lines.clear();
        valueLabels.clear();
        for (double tick : vertical.ticks()) {
            lines.add(part("pair-line"));
            valueLabels.add(label(tick(tick) + (next.unit().startsWith("/") ? "" : " ") + next.unit()));
        }
        parameterLabels.clear();
        next.parameter().forEach(value -> parameterLabels.add(label(SweepValues.text(value))));
        joins.clear();
        points.clear();
        for (Curve curve : next.curves()) {
            Polyline join = new Polyline();
            join.getStyleClass().setAll("spectrum-line");
            join.getStyleClass().addAll(curve.styleClass().split(" "));
            join.setManaged(false);
            join.setVisible(curve.joined());
            joins.add(join);
            List<Region> dots = new ArrayList<>();
            for (int i = 0; i < curve.values().size(); i++) {
                Region dot = part("pair-point");
                dot.getStyleClass().addAll(curve.styleClass().split(" "));
                dot.setVisible(Double.isFinite(curve.values().get(i)));
                dot.pseudoClassStateChanged(WRONG, !next.agrees().get(joins.size() - 1).get(i));
                dots.add(dot);
            }
            points.add(dots);
        }
        boolean fitted = next.law() != null;
        band.setVisible(fitted);
        fit.setVisible(fitted);
        Double at = kneeOf(next);
        knee.setVisible(at != null);
        kneeLabel.setVisible(at != null);
        kneeLabel.setText(at == null ? "" : "knee " + Numbers.value(at));
        getChildren().setAll(Stream.of(lines, List.of(band, cursor, knee), valueLabels, parameterLabels, joins,
                List.of(fit), points.stream().flatMap(List::stream).toList(), List.of(kneeLabel))
                .flatMap(List::stream).toList());
        select(same ? selected() : -1);
    }

    private static String tick(double value) {
        return value == Math.rint(value) ? Numbers.count((long) value) : Numbers.plain(value);
    }

    /// Returns the knee when it lies on the axis; null otherwise.
    private @Nullable Double kneeOf(SweepCurves next) {
        SweepResult.Law law = next.law();
        Interval found = law == null ? null : law.knee();
        return found == null || next.parameter().isEmpty() || found.estimate() < horizontal.low()
                || found.estimate() > horizontal.high() ? null : (Double) found.estimate();
    }

    private void scale(SweepCurves next) {
        double first = next.parameter().isEmpty() ? 1 : next.parameter().getFirst();
        double last = next.parameter().isEmpty() ? 2 : next.parameter().getLast();
        horizontal = last / first >= DECADE
                ? PlotScale.logarithmic(first, last)
                : new PlotScale(first, last > first ? last : first + 1, false);
        double high = next.curves().stream().flatMap(curve -> curve.values().stream())
                .mapToDouble(Double::doubleValue).filter(Double::isFinite).max().orElse(1);
        SweepResult.Law law = next.law();
        if (law != null) {
            high = Math.max(high, law.curve().stream().mapToDouble(Interval::estimate).max().orElse(high));
        }
        vertical = PlotScale.fromZero(high * ROOM);
    }

    private int nearest(double x) {
        int best = -1;
        List<Double> values = curves.parameter();
        for (int i = 0; i < values.size(); i++) {
            if (best < 0 || Math.abs(x(values.get(i)) - x) < Math.abs(x(values.get(best)) - x)) {
                best = i;
            }
        }
        return best;
    }

    @Override
    protected int values() {
        return curves.parameter().size();
    }

    @Override
    protected String describe(int index) {
        return curves.texts().get(index);
    }

    @Override
    protected void showSelected(int index) {
        cursor.setVisible(index >= 0);
        points.forEach(dots -> {
            for (int i = 0; i < dots.size(); i++) {
                dots.get(i).pseudoClassStateChanged(SELECTED, i == index);
            }
        });
    }

    @Override
    protected void layoutChildren() {
        List<Double> ticks = vertical.ticks();
        for (int i = 0; i < lines.size(); i++) {
            double y = y(ticks.get(i));
            lines.get(i).resizeRelocate(LEFT, y, Math.max(0, getWidth() - LEFT - RIGHT), 1);
            place(valueLabels.get(i), LEFT - 8, y, 1, 0.5);
        }
        placeParameters();
        double bottom = Math.max(0, getHeight() - TOP - BOTTOM);
        if (selected() >= 0) {
            cursor.resizeRelocate(x(curves.parameter().get(selected())), TOP, 1, bottom);
        }
        for (int i = 0; i < points.size(); i++) {
            placeCurve(i);
        }
        layoutLaw();
        Double at = kneeOf(curves);
        if (at != null) {
            knee.resizeRelocate(x(at), TOP, 1, bottom);
            double width = kneeLabel.prefWidth(-1);
            place(kneeLabel, Math.min(x(at), getWidth() - width / 2), 0, 0.5, 0);
        }
    }

    /// Leaves out the labels that would touch their left neighbour.
    private void placeParameters() {
        double free = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < parameterLabels.size(); i++) {
            Label label = parameterLabels.get(i);
            double x = x(curves.parameter().get(i));
            double width = label.prefWidth(-1);
            label.setVisible(x - width / 2 > free);
            if (label.isVisible()) {
                place(label, x, getHeight() - BOTTOM + 4, 0.5, 0);
                free = x + width / 2 + 8;
            }
        }
    }

    private void placeCurve(int index) {
        List<Double> values = curves.curves().get(index).values();
        List<Double> path = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            if (!Double.isFinite(values.get(i))) {
                continue;
            }
            double x = x(curves.parameter().get(i));
            double y = y(values.get(i));
            path.add(x);
            path.add(y);
            points.get(index).get(i).resizeRelocate(x - POINT / 2, y - POINT / 2, POINT, POINT);
        }
        joins.get(index).getPoints().setAll(path);
    }

    private void layoutLaw() {
        SweepResult.Law law = curves.law();
        if (law == null) {
            return;
        }
        List<Double> path = new ArrayList<>();
        for (int i = 0; i <= STEPS; i++) {
            double value = horizontal.value((double) i / STEPS);
            path.add(x(value));
            path.add(y(law.throughput(value)));
        }
        fit.getPoints().setAll(path);
        List<Double> outline = new ArrayList<>();
        for (int i = 0; i < curves.parameter().size(); i++) {
            outline.add(x(curves.parameter().get(i)));
            outline.add(y(law.curve().get(i).high()));
        }
        for (int i = curves.parameter().size() - 1; i >= 0; i--) {
            outline.add(x(curves.parameter().get(i)));
            outline.add(y(law.curve().get(i).low()));
        }
        band.getPoints().setAll(outline);
    }

    private double x(double value) {
        return LEFT + horizontal.position(value) * Math.max(0, getWidth() - LEFT - RIGHT);
    }

    private double y(double value) {
        return TOP + (1 - vertical.position(value)) * Math.max(0, getHeight() - TOP - BOTTOM);
    }
}
