package dev.memfuse.console.fx;

import java.util.List;
import java.util.Locale;
import java.util.Objects;

import javafx.application.Application;
import javafx.application.ColorScheme;
import javafx.application.Platform;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.value.ChangeListener;
import javafx.css.PseudoClass;
import javafx.scene.Scene;

import atlantafx.base.theme.PrimerDark;
import atlantafx.base.theme.PrimerLight;
import org.jspecify.annotations.Nullable;

/// Theme of one window: AtlantaFX's Primer, light or dark, and the style sheets of the program. FX thread only.
/// Closing stops following the desktop.
public final class Themes implements AutoCloseable {
    private static final PseudoClass DARK = PseudoClass.getPseudoClass("dark");
    private static final List<String> SHEETS = List.of("tokens.css", "app.css", "charts.css", "page/lab.css",
            "page/memory.css", "page/pool.css");

    /// Theme that the user selects.
    public enum Choice {
        /// Follows the desktop.
        SYSTEM,
        /// Always light.
        LIGHT,
        /// Always dark.
        DARK;

        /// Returns the name for the user.
        public String label() {
            return this == SYSTEM ? "As the desktop" : name().charAt(0) + name().substring(1).toLowerCase(Locale.ROOT);
        }
    }

    private @Nullable Scene scene;
    private final ReadOnlyObjectWrapper<Choice> choice = new ReadOnlyObjectWrapper<>(Choice.SYSTEM);
    private final ReadOnlyBooleanWrapper dark = new ReadOnlyBooleanWrapper();
    private final ChangeListener<ColorScheme> follow = (_, _, _) -> apply();

    /// @param first the initial selection
    public Themes(Choice first) {
        Fonts.load();
        choice.set(first);
        Platform.getPreferences().colorSchemeProperty().addListener(follow);
        apply();
    }

    /// Creates the themes of a scene and installs them.
    public Themes(Scene next, Choice first) {
        this(first);
        install(next);
    }

    /// Installs the theme in a scene and applies later changes to it. A previous scene keeps its theme.
    public void install(Scene next) {
        scene = next;
        SHEETS.stream().map(Themes::sheet).forEach(next.getStylesheets()::add);
        apply();
    }

    private static String sheet(String name) {
        return Objects.requireNonNull(Themes.class.getResource("/styles/" + name), name).toExternalForm();
    }

    /// Selects a theme and applies it.
    public void choose(Choice next) {
        choice.set(next);
        apply();
    }

    /// Switches from dark to light or back, and stops following the desktop.
    public void toggle() {
        choose(dark.get() ? Choice.LIGHT : Choice.DARK);
    }

    /// Returns the selection.
    public ReadOnlyObjectProperty<Choice> choiceProperty() {
        return choice.getReadOnlyProperty();
    }

    /// Returns whether the window is dark.
    public ReadOnlyBooleanProperty darkProperty() {
        return dark.getReadOnlyProperty();
    }

    @Override
    public void close() {
        Platform.getPreferences().colorSchemeProperty().removeListener(follow);
    }

    private void apply() {
        dark.set(switch (choice.get()) {
            case SYSTEM -> Platform.getPreferences().getColorScheme() == ColorScheme.DARK;
            case LIGHT -> false;
            case DARK -> true;
        });
        Application.setUserAgentStylesheet(dark.get()
                ? new PrimerDark().getUserAgentStylesheet()
                : new PrimerLight().getUserAgentStylesheet());
        if (scene != null) {
            scene.getRoot().pseudoClassStateChanged(DARK, dark.get());
        }
    }
}
