package dev.memfuse.console.lab.scorecard;

import javafx.css.PseudoClass;
import javafx.scene.layout.Region;

import dev.memfuse.console.lab.plot.ReadablePlot;
import dev.memfuse.lab.scorecard.PromiseResult;
import dev.memfuse.lab.scorecard.PromiseResult.Outcome;

/// The measured reduction with its interval, from 0 to 100 %, and as a band what the promise asks for. What lies
/// outside is drawn at the end. FX thread only.
final class ReductionBar extends Region {
    private static final PseudoClass BETTER = PseudoClass.getPseudoClass("better");
    private static final PseudoClass WORSE = PseudoClass.getPseudoClass("worse");
    private static final double HEIGHT = 18;
    private static final double POINT = 8;

    private final PromiseResult promise;
    private final Region band = ReadablePlot.part("forest-band");
    private final Region start = ReadablePlot.part("forest-one");
    private final Region interval = ReadablePlot.part("forest-interval");
    private final Region point = ReadablePlot.part("forest-point");

    ReductionBar(PromiseResult promise) {
        this.promise = promise;
        getStyleClass().add("forest-row");
        setMinHeight(HEIGHT);
        setPrefHeight(HEIGHT);
        setMouseTransparent(true);
        pseudoClassStateChanged(BETTER, promise.outcome() == Outcome.KEPT);
        pseudoClassStateChanged(WORSE, promise.outcome() == Outcome.NOT_KEPT);
        point.setVisible(!Double.isNaN(promise.reduction().estimate()));
        interval.setVisible(promise.reduction().bounded());
        getChildren().setAll(band, start, interval, point);
    }

    private double x(double reduction) {
        return POINT / 2 + Math.clamp(reduction, 0, 1) * Math.max(0, getWidth() - POINT);
    }

    @Override
    protected void layoutChildren() {
        double middle = Math.round(getHeight() / 2);
        double promised = x(promise.promised());
        band.resizeRelocate(promised, 0, Math.max(0, x(1) - promised), getHeight());
        start.resizeRelocate(x(0), 0, 1, getHeight());
        if (interval.isVisible()) {
            double low = x(promise.reduction().low());
            interval.resizeRelocate(low, middle - 1, Math.max(1, x(promise.reduction().high()) - low), 2);
        }
        if (point.isVisible()) {
            point.resizeRelocate(x(promise.reduction().estimate()) - POINT / 2, middle - POINT / 2, POINT, POINT);
        }
    }
}
