package dev.memfuse.console.chart;

import java.util.List;
import java.util.function.Function;

import dev.memfuse.console.chart.data.HeatColumn;
import dev.memfuse.console.chart.data.Span;
import dev.memfuse.console.fx.Formats;
import dev.memfuse.metrics.stats.Numbers;

/// A heat map of latency: time to the right, latency upwards on a logarithmic axis, the number of calls as colour. It
/// shows what percentiles hide: two modes, steps, and a few calls that are always slow. FX thread only.
public final class HeatChart extends TimeChart {
    private final HeatPlot plot;
    private final HeatLegend legend = new HeatLegend();
    private final Function<Span, List<HeatColumn>> source;
    private List<HeatColumn> columns = List.of();

    /// @param source returns the distributions of a span
    public HeatChart(ChartSpec spec, TimeWindow window, Function<Span, List<HeatColumn>> source) {
        this(spec, window, source, new HeatPlot(spec));
    }

    private HeatChart(ChartSpec spec, TimeWindow window, Function<Span, List<HeatColumn>> source, HeatPlot plot) {
        super(spec, window, plot);
        this.plot = plot;
        this.source = source;
        build(legend.view());
    }

    @Override
    void draw(Span span) {
        columns = source.apply(span);
        plot.show(columns, span, legend.colours());
        legend.scale(plot.grid());
    }

    @Override
    void readOut(long millis) {
        legend.value(columns.stream().filter(column -> column.from() < millis && millis <= column.to()).findFirst()
                .map(HeatChart::text).orElse(""));
    }

    private static String text(HeatColumn column) {
        long count = column.times().count();
        return count == 0
                ? "no calls"
                : Numbers.count(count, "call") + ", p50 " + Formats.nanosAsMillis(column.times().nanosAt(50)) + ", max "
                        + Formats.nanosAsMillis(column.times().max());
    }

    @Override
    String values() {
        return legend.accessibleText();
    }
}
