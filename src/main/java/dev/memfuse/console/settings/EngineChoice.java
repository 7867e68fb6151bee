package dev.memfuse.console.settings;

import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.Executor;
import java.util.function.Function;

import javafx.scene.control.ComboBox;

import dev.memfuse.config.Tunables;
import dev.memfuse.config.schema.ConfigSchema;
import dev.memfuse.config.schema.ConfigValues;
import dev.memfuse.console.fx.Choices;
import dev.memfuse.console.fx.FxCoalescer;
import dev.memfuse.console.fx.LiveSetting;
import dev.memfuse.console.fx.PageTools;

/// A setting of the running engine as a list of values. Another value that is in force joins the list. FX thread only.
///
/// @param <T> type of the value
final class EngineChoice<T extends Comparable<T>> {
    private final LiveSetting<T> setting;
    private final TreeSet<T> values;

    /// @param path key of the setting
    /// @param type class of its values
    /// @param fx executor of the FX thread
    EngineChoice(String path, Class<T> type, List<T> values, Tunables tunables, PageTools tools, Executor fx) {
        this.values = new TreeSet<>(values);
        setting = new LiveSetting<>(ConfigSchema.require(path).title(), tunables,
                config -> type.cast(ConfigValues.get(config, path)), new LiveSetting.Change<>("Settings page",
                        (config, next) -> ConfigValues.with(config, path, next)),
                tools);
        FxCoalescer read = new FxCoalescer(fx, setting::show);
        tunables.onChange(_ -> read.request());
    }

    /// Shows the setting in a box.
    void show(ComboBox<T> box, Function<T, String> text) {
        box.setConverter(Choices.of(text));
        setting.valueProperty().subscribe(now -> {
            if ((now != null && values.add(now)) || box.getItems().isEmpty()) {
                box.getItems().setAll(values);
            }
        });
        box.valueProperty().bindBidirectional(setting.valueProperty());
    }
}
