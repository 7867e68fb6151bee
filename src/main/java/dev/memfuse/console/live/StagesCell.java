package dev.memfuse.console.live;

import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.scene.control.ToggleButton;

import dev.memfuse.console.chart.LiveChart;
import dev.memfuse.console.fx.Remembered;
import dev.memfuse.console.fx.Visibility;

/// Where the time goes: the stages of the engine as a chart, or the connections by stage and wait of the server's
/// process in the same place. The choice is remembered. FX thread only.
final class StagesCell {
    private final LiveChart stages;
    private final WaitsPanel waits;
    private final ToggleButton showWaits = ChartScales.button("stages-waits", "who waits",
            "Connections by stage, and what their processes of the server do or wait for");

    StagesCell(LiveViewModel model, WaitsModel waiting, Remembered remembered) {
        stages = new LiveChart(LiveCharts.STAGE_TIMES, model.window(), model.feed().stages());
        waits = new WaitsPanel(waiting, () -> {
            showWaits.setSelected(false);
            showWaits.requestFocus();
        });
        stages.controls(showWaits);
        ChartScales.offer(stages, LiveCharts.STAGE_TIMES.id(), remembered);
        showWaits.selectedProperty().subscribe(this::show);
        showWaits.setOnAction(_ -> waits.focusBack());
        remembered.keep("live.stages.waits", showWaits.selectedProperty());
    }

    private void show(boolean asWaits) {
        Visibility.set(waits, asWaits);
        Visibility.set(stages.view(), !asWaits);
        stages.visible(!asWaits);
    }

    LiveChart stages() {
        return stages;
    }

    WaitsPanel waits() {
        return waits;
    }

    /// Returns whether the waits are shown in place of the stages.
    ReadOnlyBooleanProperty waitsShownProperty() {
        return showWaits.selectedProperty();
    }
}
