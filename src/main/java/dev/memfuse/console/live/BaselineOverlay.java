package dev.memfuse.console.live;

import java.util.List;

import javafx.scene.control.ToggleButton;

import dev.memfuse.console.chart.LiveChart;
import dev.memfuse.console.fx.Visibility;

/// Draws the baseline beneath the charts that have one, while there is one and nobody switched it off. FX thread only.
///
/// @param throughput chart of the throughput
/// @param latency chart of the latency of one operation
/// @param pool chart of the connection pool
record BaselineOverlay(BaselineModel model, LiveViewModel live, LiveChart throughput, LiveChart latency,
        LiveChart pool) {

    /// Adds an entry to the legends that switches the baseline off and on, and follows the model from now on.
    void start() {
        for (LiveChart chart : List.of(throughput, latency, pool)) {
            chart.legendEntry(entry(chart));
        }
        model.samplesProperty().addListener((_, _, _) -> show());
        model.drawnProperty().addListener((_, _, _) -> show());
        live.latencyOperationProperty().addListener((_, _, _) -> show());
        // It moves when a load starts, or by hand.
        model.startProperty().addListener((_, _, _) -> List.of(throughput, latency, pool).forEach(LiveChart::redraw));
    }

    private ToggleButton entry(LiveChart chart) {
        ToggleButton entry = ChartScales.toggle(chart.view().getId() + "-baseline", "baseline",
                "Baseline: the recorded load as thin lines, its values in parentheses");
        entry.getStyleClass().add("baseline-entry");
        entry.selectedProperty().bindBidirectional(model.drawnProperty());
        Visibility.bind(entry, model.samplesProperty().map(samples -> samples != null).orElse(false));
        return entry;
    }

    private void show() {
        BaselineSamples samples = model.drawn();
        throughput.baseline(samples == null ? null : samples.throughput());
        latency.baseline(samples == null ? null : samples.latency(live.latencyOperationProperty().get()));
        pool.baseline(samples == null ? null : samples.pool());
    }
}
