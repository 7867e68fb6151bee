package dev.memfuse.console.chart;

import javafx.util.StringConverter;

import dev.memfuse.console.chart.data.PlotRange;
import io.fair_acc.chartfx.axes.spi.DefaultNumericAxis;

/// The value axis. Its width is fixed, so that the time axes of stacked charts align.
final class ValueAxis extends DefaultNumericAxis {
    private static final double WIDTH = 62;

    private PlotRange range = PlotRange.UNIT;

    ValueAxis(String unit) {
        super(unit, 0, 1, 1);
        setUnit(null);
        setAutoRanging(false);
        setAnimated(false);
        setMinorTickCount(0);
        setTickLabelFormatter(new ShortNumber());
    }

    void show(PlotRange next) {
        range = next;
        set(next.min(), next.max());
    }

    /// Sets the scale. ChartFX then adds minor ticks, which this axis removes.
    void logarithmic(boolean on) {
        setLogAxis(on);
        setMinorTickCount(0);
    }

    /// Returns the position of a value in pixels from the top; `NaN` outside the range.
    ///
    /// @param height of the drawing; the axis itself has it only after the next layout
    double yOf(double value, double height) {
        if (!(value >= range.min() && value <= range.max())) {
            return Double.NaN;
        }
        double share = isLogAxis()
                ? Math.log(value / range.min()) / Math.log(range.max() / range.min())
                : (value - range.min()) / (range.max() - range.min());
        return height * (1 - share);
    }

    @Override
    public double computePreferredTickUnit(double length) {
        return range == null ? 1 : range.step();
    }

    @Override
    protected double computePrefWidth(double height) {
        super.computePrefWidth(height);
        return WIDTH;
    }

    private static final class ShortNumber extends StringConverter<Number> {
        @Override
        public String toString(Number value) {
            return ChartNumbers.axis(value.doubleValue());
        }

        @Override
        public Number fromString(String text) {
            throw new UnsupportedOperationException("Axis labels are not parsed");
        }
    }
}
