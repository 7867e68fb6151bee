package dev.memfuse.console.load;

import java.util.concurrent.Executor;

import javafx.beans.property.BooleanProperty;

import dev.memfuse.config.Tunables;
import dev.memfuse.config.schema.ConfigValues;
import dev.memfuse.console.fx.FxCoalescer;
import dev.memfuse.console.fx.LiveSetting;
import dev.memfuse.console.fx.PageTools;

/// The switch that keeps the users of a load: the setting `load.keep_data`. FX thread only.
final class KeepData {
    private static final String KEY = "load.keep_data";

    private final BooleanProperty kept;

    /// @param fx executor of the FX thread
    KeepData(Tunables tunables, PageTools tools, Executor fx) {
        LiveSetting<Boolean> setting = new LiveSetting<>("keeping the data of loads", tunables,
                config -> config.load().keepData(), new LiveSetting.Change<>("Load page",
                        (config, keep) -> ConfigValues.with(config, KEY, keep)),
                tools);
        FxCoalescer read = new FxCoalescer(fx, setting::show);
        tunables.onChange(_ -> read.request());
        kept = BooleanProperty.booleanProperty(setting.valueProperty());
    }

    /// Returns whether the users are kept; a change applies the setting.
    BooleanProperty keptProperty() {
        return kept;
    }
}
