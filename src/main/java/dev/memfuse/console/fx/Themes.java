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

/// The look of one window: AtlantaFX's Primer, light or dark, and the style sheets of the program.
/// Used on the FX thread; closing stops following the system.
public final class Themes implements AutoCloseable {
    private static final PseudoClass DARK = PseudoClass.getPseudoClass("dark");
    private static final List<String> SHEETS = List.of("tokens.css", "app.css", "charts.css");

    /// What the user asks for.
    public enum Choice {
        /// As the desktop, changing with it.
        SYSTEM,
        /// Always light.
        LIGHT,
        /// Always dark.
        DARK;

        /// The name on screen.
        public String label() {
            return this == SYSTEM ? "As the system" : name().charAt(0) + name().substring(1).toLowerCase(Locale.ROOT);
        }
    }

    private @Nullable Scene scene;
    private final ReadOnlyObjectWrapper<Choice> choice = new ReadOnlyObjectWrapper<>(Choice.SYSTEM);
    private final ReadOnlyBooleanWrapper dark = new ReadOnlyBooleanWrapper();
    private final ChangeListener<ColorScheme> follow = (_, _, _) -> apply();

    /// @param first what the user asked for last
    public Themes(Choice first) {
        choice.set(first);
        Platform.getPreferences().colorSchemeProperty().addListener(follow);
        apply();
    }

    /// A look that a scene has at once.
    public Themes(Scene dressed, Choice first) {
        this(first);
        dress(dressed);
    }

    /// Gives the look to a scene, now and with each change; a scene dressed before keeps what it has.
    public void dress(Scene dressed) {
        scene = dressed;
        SHEETS.stream().map(Themes::sheet).forEach(dressed.getStylesheets()::add);
        apply();
    }

    private static String sheet(String name) {
        return Objects.requireNonNull(Themes.class.getResource("/styles/" + name), name).toExternalForm();
    }

    /// Changes the look at once.
    public void choose(Choice wanted) {
        choice.set(wanted);
        apply();
    }

    /// From dark to light or back, whatever was followed before.
    public void toggle() {
        choose(dark.get() ? Choice.LIGHT : Choice.DARK);
    }

    /// What the user asked for.
    public ReadOnlyObjectProperty<Choice> choiceProperty() {
        return choice.getReadOnlyProperty();
    }

    /// Whether the window is dark now.
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
