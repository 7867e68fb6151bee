package dev.memfuse.console.lab.forest;

import javafx.css.PseudoClass;
import javafx.geometry.HPos;
import javafx.geometry.VPos;
import javafx.scene.layout.Region;

import dev.memfuse.console.lab.plot.ReadablePlot;
import dev.memfuse.lab.paired.Decision;
import dev.memfuse.lab.paired.RatioEstimate;

/// One row of a forest plot: the margin as a band, no difference as a line, an interval, and its point.
///
/// A node of its own, not a chart: each row of the table has one, so that the rows, their texts and the plot stay in
/// line, and the keyboard and screen readers reach the plot as cells of a table. FX thread only.
public final class IntervalBar extends Region {
    private static final PseudoClass BETTER = PseudoClass.getPseudoClass("better");
    private static final PseudoClass WORSE = PseudoClass.getPseudoClass("worse");
    private static final double POINT = 9;
    private static final double LINE = 2;
    private static final double CUT = 7;

    private final Region band = ReadablePlot.part("forest-band");
    private final Region one = ReadablePlot.part("forest-one");
    private final Region interval = ReadablePlot.part("forest-interval");
    private final Region cutLow = ReadablePlot.part("forest-cut-low");
    private final Region cutHigh = ReadablePlot.part("forest-cut-high");
    private final Region point = ReadablePlot.part("forest-point");
    private final RatioEstimate estimate;
    private final double margin;
    private final RatioScale scale;

    /// @param shown decision that the row stresses
    /// @param margin smallest relative difference that matters
    IntervalBar(RatioEstimate estimate, Decision shown, double margin, RatioScale scale) {
        this.estimate = estimate;
        this.margin = margin;
        this.scale = scale;
        getStyleClass().add("forest-row");
        getChildren().setAll(band, one, interval, cutLow, cutHigh, point);
        boolean drawn = !Double.isNaN(estimate.ratio());
        point.setVisible(drawn && scale.contains(estimate.ratio()));
        interval.setVisible(estimate.bounded());
        cutLow.setVisible(estimate.bounded() && !scale.contains(estimate.low()));
        cutHigh.setVisible(estimate.bounded() && !scale.contains(estimate.high()));
        pseudoClassStateChanged(BETTER, shown == Decision.BETTER);
        pseudoClassStateChanged(WORSE, shown == Decision.WORSE);
        setMouseTransparent(true);
    }

    @Override
    protected void layoutChildren() {
        double middle = getHeight() / 2;
        double from = x(1 / (1 + margin));
        layoutInArea(band, from, 0, x(1 + margin) - from, getHeight(), 0, HPos.LEFT, VPos.TOP);
        layoutInArea(one, x(1), 0, 1, getHeight(), 0, HPos.LEFT, VPos.TOP);
        double low = x(estimate.low());
        layoutInArea(interval, low, middle - LINE / 2, Math.max(LINE, x(estimate.high()) - low), LINE, 0, HPos.LEFT,
                VPos.TOP);
        layoutInArea(cutLow, 0, middle - CUT / 2, CUT, CUT, 0, HPos.LEFT, VPos.TOP);
        layoutInArea(cutHigh, getWidth() - CUT, middle - CUT / 2, CUT, CUT, 0, HPos.LEFT, VPos.TOP);
        layoutInArea(point, x(estimate.ratio()) - POINT / 2, middle - POINT / 2, POINT, POINT, 0, HPos.LEFT, VPos.TOP);
    }

    private double x(double ratio) {
        return Math.round(scale.position(ratio) * getWidth());
    }
}
