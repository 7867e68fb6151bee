package dev.memfuse.console.chart;

import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.Stream;

import dev.memfuse.console.chart.data.Peaks;
import dev.memfuse.console.chart.data.PlotRange;
import dev.memfuse.console.chart.data.Polyline;
import dev.memfuse.console.chart.data.Reduction;
import dev.memfuse.console.chart.data.SampleRing;
import dev.memfuse.console.chart.data.Span;
import org.jspecify.annotations.Nullable;

/// The series of a chart and their axes. FX thread only.
final class Plot extends PlotSurface {
    private final ChartSpec spec;
    private final LineDataSet[] lines;
    private final Polyline[] polylines;
    private final SeriesRenderer renderer;
    private @Nullable SampleRing baseline;
    /// Lines of the baseline; empty while the span shows none of it.
    private List<Polyline> beneath = List.of();
    private Peaks baselinePeaks = Peaks.NONE;
    private boolean logarithmic;
    private boolean clipped;
    private IntPredicate shown = _ -> true;
    private Peaks peaks = Peaks.NONE;
    private PlotRange range = PlotRange.UNIT;

    Plot(ChartSpec spec) {
        super(spec);
        this.spec = spec;
        lines = new LineDataSet[spec.series().size()];
        polylines = new Polyline[lines.length];
        renderer = new SeriesRenderer(spec, this::stacked);
        for (int series = 0; series < lines.length; series++) {
            lines[series] = new LineDataSet(spec.series().get(series));
            polylines[series] = lines[series].line();
            if (spec.isLimit(series)) {
                lines[series].addStyleClasses("limit");
            }
            renderer.getDatasets().add(lines[series]);
        }
        chart().getRenderers().setAll(renderer);
    }

    void logarithmic(boolean on) {
        logarithmic = on;
        range = PlotRange.UNIT;
        values.logarithmic(on);
    }

    /// Sets whether a linear axis ends below a few peaks, which then have a mark at the upper edge.
    void clipped(boolean on) {
        clipped = on;
        range = PlotRange.UNIT;
    }

    /// Returns the peaks above the axis; [Peaks#NONE] when it shows all values.
    Peaks peaks() {
        return peaks;
    }

    /// Areas are stacked on a linear axis only: on a logarithmic one their heights would not add up.
    private boolean stacked() {
        return spec.type() == ChartSpec.Type.STACK && !logarithmic;
    }

    /// Sets the series that are drawn and fit the axis; takes effect with the next [#show].
    void shown(IntPredicate series) {
        shown = series;
        range = PlotRange.UNIT;
    }

    /// Sets the series whose lines are pale; takes effect with the next [#show].
    void rough(IntPredicate series) {
        renderer.rough(series);
    }

    /// Sets samples that are drawn beneath the others, on the same axis; takes effect with the next [#show].
    ///
    /// @param samples of the same series; null for none
    void baseline(@Nullable SampleRing samples) {
        if (samples != null && spec.type() == ChartSpec.Type.STACK) {
            throw new IllegalArgumentException("Areas cover what is beneath them: " + spec.id());
        }
        baseline = samples;
    }

    /// Reduces the samples to the width of the canvas; ChartFX draws them with the next frame.
    void show(SampleRing ring, Span span) {
        int columns = (int) Math.max(1, canvas().getWidth());
        if (stacked()) {
            Reduction.stack(ring, span, columns, shown, polylines);
        } else {
            for (int series = 0; series < lines.length; series++) {
                reduce(ring, series, span, columns, polylines[series]);
            }
        }
        peaks = clipped && !logarithmic ? Peaks.of(ring, span, stacked(), shown) : Peaks.NONE;
        reduceBaseline(span, columns);
        range = range.adaptedTo(fittingRange());
        show(span, range);
        for (LineDataSet line : lines) {
            line.changed();
        }
    }

    private void reduceBaseline(Span span, int columns) {
        SampleRing samples = baseline;
        if (samples == null || !samples.overlaps(span)) {
            beneath = List.of();
        } else {
            if (beneath.isEmpty()) {
                beneath = Stream.generate(Polyline::new).limit(lines.length).toList();
            }
            for (int series = 0; series < lines.length; series++) {
                reduce(samples, series, span, columns, beneath.get(series));
            }
            baselinePeaks = clipped && !logarithmic ? Peaks.of(samples, span, false, shown) : Peaks.NONE;
        }
        renderer.beneath(beneath);
    }

    private void reduce(SampleRing samples, int series, Span span, int columns, Polyline into) {
        if (shown.test(series)) {
            Reduction.line(samples, series, span, columns, into);
        } else {
            into.clear();
        }
    }

    private PlotRange fittingRange() {
        double highest = larger(highest(List.of(polylines), peaks), highest(beneath, baselinePeaks));
        double lowest = Double.NaN;
        for (Polyline line : polylines) {
            lowest = -larger(-lowest, -line.lowestPositive());
        }
        for (Polyline line : beneath) {
            lowest = -larger(-lowest, -line.lowestPositive());
        }
        return logarithmic ? PlotRange.logarithmic(lowest, highest) : PlotRange.linear(highest);
    }

    private static double highest(List<Polyline> all, Peaks above) {
        double highest = Double.NaN;
        for (Polyline line : all) {
            highest = larger(highest, line.highest());
        }
        return above.count() > 0 ? Math.min(highest, above.top()) : highest;
    }

    private static double larger(double one, double other) {
        if (Double.isNaN(one)) {
            return other;
        }
        return Double.isNaN(other) ? one : Math.max(one, other);
    }
}
