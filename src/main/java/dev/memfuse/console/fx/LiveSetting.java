package dev.memfuse.console.fx;

import java.util.function.BiFunction;
import java.util.function.Function;

import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;

import dev.memfuse.config.MemFuseConfig;
import dev.memfuse.config.Tunables;
import org.jspecify.annotations.Nullable;

/// A setting as the value of a control: the value in force, or the newest one that a person asked for while its change
/// is under way. A refused change restores the value in force. FX thread only.
///
/// @param <T> type of the value
public final class LiveSetting<T> {
    private final String name;
    private final Tunables tunables;
    private final Function<MemFuseConfig, @Nullable T> read;
    private final ObjectProperty<@Nullable T> value;
    private @Nullable T asked;
    private int underWay;

    /// A way to change the setting.
    ///
    /// @param cause origin of the changes, for the log and the marks of charts
    /// @param with returns a configuration with another value of the setting
    public record Change<T>(String cause, BiFunction<MemFuseConfig, T, MemFuseConfig> with) {}

    /// @param name the setting in a sentence: "the buffer bypass"
    /// @param read returns the value in a configuration; null when the control cannot show it
    public LiveSetting(String name, Tunables tunables, Function<MemFuseConfig, @Nullable T> read, Change<T> change,
            PageTools tools) {
        this.name = name;
        this.tunables = tunables;
        this.read = read;
        asked = read.apply(tunables.get());
        value = new SimpleObjectProperty<>(asked);
        value.subscribe(now -> {
            if (now != null && !now.equals(asked)) {
                ask(now, change, tools);
            }
        });
    }

    private void ask(T wanted, Change<T> change, PageTools tools) {
        asked = wanted;
        underWay++;
        tools.changes().call("change " + name,
                () -> tunables.apply(change.cause(), config -> change.with().apply(config, wanted)))
                .onSuccess(_ -> answered()).onFailure(e -> {
                    answered();
                    tools.inform().accept(Character.toUpperCase(name.charAt(0)) + name.substring(1)
                            + " was not changed: " + Sentences.of(e));
                }).start();
    }

    private void answered() {
        underWay--;
        show();
    }

    /// Shows the value in force, unless a change is under way; called after each change of settings.
    public void show() {
        if (underWay == 0) {
            asked = read.apply(tunables.get());
            value.set(asked);
        }
    }

    /// Returns the value; a new one changes the setting.
    public ObjectProperty<@Nullable T> valueProperty() {
        return value;
    }
}
