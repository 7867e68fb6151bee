package dev.memfuse.console.live;

import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.scene.control.Button;
import javafx.scene.control.ToggleButton;

import dev.memfuse.console.chart.LiveChart;
import dev.memfuse.console.fx.Remembered;
import dev.memfuse.console.fx.Visibility;

/// Where the time goes: the stages of the engine as a chart, the connections by stage and wait of the server's process
/// as a table, or what they wait for over time as a chart, in the same place. The choice is remembered. FX thread only.
final class StagesCell {
    private final LiveChart stages;
    private final WaitsPanel waits;
    private final LiveChart overTime;
    private final ToggleButton showWaits = ChartScales.toggle("stages-waits", "who waits",
            "Connections by stage, and what their processes of the server do or wait for");
    private final BooleanProperty course = new SimpleBooleanProperty();
    private final Button table = ChartScales.button("waits-table-form", "table",
            "Connections by stage and wait, as a table");

    StagesCell(LiveViewModel model, WaitsModel waiting, Remembered remembered) {
        stages = new LiveChart(LiveCharts.STAGE_TIMES, model.window(), model.feed().stages());
        overTime = new LiveChart(LiveCharts.WAITS, model.window(), waiting.course());
        waits = new WaitsPanel(waiting, this::showStages, () -> {
            course.set(true);
            table.requestFocus();
        });
        Button back = ChartScales.button("waits-course-back", "time by stage", "Mean time of a call in each stage");
        back.setOnAction(_ -> showStages());
        table.setOnAction(_ -> {
            course.set(false);
            waits.focusCourse();
        });
        overTime.controls(table, back);
        stages.controls(showWaits);
        ChartScales.offer(stages, LiveCharts.STAGE_TIMES.id(), remembered);
        showWaits.selectedProperty().subscribe(_ -> show());
        course.subscribe(_ -> show());
        showWaits.setOnAction(_ -> {
            if (course.get()) {
                table.requestFocus();
            } else {
                waits.focusBack();
            }
        });
        remembered.keep("live.stages.waits", showWaits.selectedProperty());
        remembered.keep("live.waits.course", course);
    }

    private void showStages() {
        showWaits.setSelected(false);
        showWaits.requestFocus();
    }

    private void show() {
        boolean asWaits = showWaits.isSelected();
        show(stages, !asWaits);
        Visibility.set(waits, asWaits && !course.get());
        show(overTime, asWaits && course.get());
    }

    private static void show(LiveChart chart, boolean shown) {
        Visibility.set(chart.view(), shown);
        chart.visible(shown);
    }

    LiveChart stages() {
        return stages;
    }

    WaitsPanel waits() {
        return waits;
    }

    LiveChart overTime() {
        return overTime;
    }

    /// Returns whether the waits are shown in place of the stages.
    ReadOnlyBooleanProperty waitsShownProperty() {
        return showWaits.selectedProperty();
    }
}
