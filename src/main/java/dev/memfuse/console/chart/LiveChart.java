package dev.memfuse.console.chart;

import java.util.Arrays;
import java.util.stream.Collectors;

import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.Region;

import dev.memfuse.console.chart.data.Peaks;
import dev.memfuse.console.chart.data.SampleRing;
import dev.memfuse.console.chart.data.Span;
import dev.memfuse.console.fx.Remembered;
import dev.memfuse.console.fx.Visibility;
import org.jspecify.annotations.Nullable;

/// A chart of lines or stacked areas. FX thread only.
public final class LiveChart extends TimeChart {
    private static final String SEPARATOR = ",";

    private final Plot plot;
    private final ChartLegend legend;
    private final Label peaks = new Label();
    private final Tooltip peaksTip = new Tooltip();
    private SampleRing ring;
    private RoughSamples rough = RoughSamples.NONE;
    private @Nullable SampleRing baseline;

    /// @param window shared by all charts of a page
    /// @param ring the samples; the page appends to them
    public LiveChart(ChartSpec spec, TimeWindow window, SampleRing ring) {
        this(spec, window, ring, new Plot(spec));
    }

    private LiveChart(ChartSpec spec, TimeWindow window, SampleRing ring, Plot plot) {
        super(spec, window, plot);
        this.plot = plot;
        this.ring = checked(spec, ring);
        legend = new ChartLegend(spec, this::switchSeries);
        plot.shown(legend::isOn);
        peaks.getStyleClass().add("live-chart-peaks");
        peaks.setMinWidth(Region.USE_PREF_SIZE);
        peaks.setTooltip(peaksTip);
        Visibility.set(peaks, false);
        build(legend.view(), peaks);
        narrowProperty().subscribe(this::showPeaks);
    }

    private static SampleRing checked(ChartSpec spec, SampleRing next) {
        if (next.series() != spec.series().size()) {
            throw new IllegalArgumentException(next.series() + " series of samples for chart " + spec.id());
        }
        return next;
    }

    /// Returns the current samples.
    public SampleRing samples() {
        return ring;
    }

    /// Replaces the samples by others of the same series.
    public void samples(SampleRing next) {
        ring = checked(spec(), next);
        redraw();
    }

    /// Draws other samples beneath those of the chart, on the same axes, pale; the legend shows their values. For a
    /// chart of lines.
    ///
    /// @param samples of the same series; null for none
    public void baseline(@Nullable SampleRing samples) {
        baseline = samples == null ? null : checked(spec(), samples);
        plot.baseline(baseline);
        legend.baseline(samples != null);
        redraw();
    }

    /// Adds a control at the end of the legend.
    public void legendEntry(Node entry) {
        legend.view().getChildren().add(entry);
    }

    /// Sets which values are rough; takes effect with the next [#redraw].
    public void rough(RoughSamples next) {
        rough = next;
    }

    /// Switches the series off that the user switched off before, and keeps the choice from now on.
    ///
    /// @param name name of the kept value
    public void keepSeries(Remembered remembered, String name) {
        remembered.get(name).ifPresent(kept -> legend.switchOff(
                Arrays.stream(kept.split(SEPARATOR)).collect(Collectors.toSet())));
        legend.onChange(() -> remembered.put(name, String.join(SEPARATOR, legend.off())));
    }

    private void switchSeries() {
        plot.shown(legend::isOn);
        redraw();
    }

    /// Switches between a linear and a logarithmic value axis.
    public void logarithmic(boolean on) {
        plot.logarithmic(on);
        redraw();
    }

    /// Sets whether a linear value axis ends below a few peaks; a mark at the upper edge and a figure in the heading
    /// tell of them.
    public void clipped(boolean on) {
        plot.clipped(on);
        redraw();
    }

    @Override
    void draw(Span span) {
        int newest = ring.lastNotAfter(span.to());
        plot.rough(series -> newest >= 0 && rough.isRough(series, newest));
        plot.show(ring, span);
        showPeaks();
        if (spec().type() == ChartSpec.Type.STACK) {
            legend.showUsedOnly(ring, span);
        }
    }

    /// A narrow heading has no space for the figure, which its tooltip has.
    private void showPeaks() {
        Peaks above = plot.peaks();
        boolean any = above.count() > 0;
        String figure = any ? "up to " + ChartNumbers.exact(above.highest()) + " " + spec().unit() : "";
        peaks.setText(!any ? "" : narrowProperty().get() ? "▲" : "▲ " + figure);
        peaks.setAccessibleText(figure);
        peaksTip.setText("Values above the axis, " + figure + "; a triangle at the upper edge marks each");
        Visibility.set(peaks, any);
    }

    @Override
    void readOut(long millis) {
        legend.show(ring, describing(ring, millis), rough);
        if (baseline != null) {
            legend.showBaseline(baseline, describing(baseline, millis));
        }
    }

    /// Returns the sample that describes a moment; -1 when there is none.
    private static int describing(SampleRing samples, long millis) {
        int index = samples.lastNotAfter(millis);
        return index >= 0 && millis - samples.time(index) <= samples.gap(index) ? index : -1;
    }

    @Override
    String values() {
        return legend.accessibleText();
    }
}
