package dev.memfuse.console.chart;

import java.time.Instant;

import javafx.util.StringConverter;

import dev.memfuse.console.chart.data.Span;
import dev.memfuse.console.fx.Formats;
import io.fair_acc.chartfx.axes.spi.DefaultNumericAxis;

/// The time axis: seconds since the epoch, shown as local time of day. Ticks are at whole minutes and fractions of
/// them.
final class TimeAxis extends DefaultNumericAxis {
    private static final double[] STEPS = {1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1800, 3600};
    private static final double LABEL_WIDTH = 84;

    TimeAxis() {
        super(0, 1, 1);
        setName("");
        setUnit(null);
        getAxisLabel().setVisible(false);
        setAutoRanging(false);
        setAnimated(false);
        setMinorTickCount(0);
        setTickLabelFormatter(new Clock());
    }

    static String clock(long millis) {
        return Formats.timeOfDay(Instant.ofEpochMilli(millis));
    }

    static double stepAtLeast(double seconds) {
        for (double step : STEPS) {
            if (step >= seconds) {
                return step;
            }
        }
        return STEPS[STEPS.length - 1];
    }

    void show(Span span) {
        set(span.from() / 1_000.0, span.to() / 1_000.0);
    }

    @Override
    public double computePreferredTickUnit(double length) {
        return stepAtLeast((getMax() - getMin()) * LABEL_WIDTH / Math.max(LABEL_WIDTH, length));
    }

    private static final class Clock extends StringConverter<Number> {
        @Override
        public String toString(Number seconds) {
            return clock(Math.round(seconds.doubleValue() * 1_000));
        }

        @Override
        public Number fromString(String text) {
            throw new UnsupportedOperationException("Axis labels are not parsed");
        }
    }
}
