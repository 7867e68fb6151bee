package dev.memfuse.console.load;

import java.util.concurrent.Executor;

import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;

import dev.memfuse.config.Tunables;
import dev.memfuse.config.schema.ConfigValues;
import dev.memfuse.console.fx.FxCoalescer;

/// The switch that keeps the users of a load: the setting `load.keep_data`. FX thread only.
final class KeepData {
    private static final String KEY = "load.keep_data";

    private final BooleanProperty kept;

    /// @param fx executor of the FX thread
    KeepData(Tunables tunables, Executor fx) {
        kept = new SimpleBooleanProperty(tunables.get().load().keepData());
        FxCoalescer read = new FxCoalescer(fx, () -> kept.set(tunables.get().load().keepData()));
        tunables.onChange(_ -> read.request());
        kept.subscribe(keep -> {
            if (keep != tunables.get().load().keepData()) {
                tunables.apply("Load page", config -> ConfigValues.with(config, KEY, keep));
            }
        });
    }

    /// Returns whether the users are kept; a change applies the setting.
    BooleanProperty keptProperty() {
        return kept;
    }
}
