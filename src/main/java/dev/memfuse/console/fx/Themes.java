package dev.memfuse.console.fx;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

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
import javafx.util.Subscription;

import atlantafx.base.theme.PrimerDark;
import atlantafx.base.theme.PrimerLight;
import org.jspecify.annotations.Nullable;

/// Look of one window: AtlantaFX's Primer, light or dark, the style sheets of the program, and the preferences for
/// accent, text size and tables. FX thread only. Closing stops following the desktop and the preferences.
public final class Themes implements AutoCloseable {
    private static final PseudoClass DARK = PseudoClass.getPseudoClass("dark");
    private static final PseudoClass COMPACT = PseudoClass.getPseudoClass("compact");
    private static final List<String> SHEETS = List.of("tokens.css", "app.css", "charts.css", "page/lab.css",
            "page/memory.css", "page/pool.css", "page/server.css", "page/targets.css");

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
    private final Preferences preferences;
    private final ReadOnlyObjectWrapper<Choice> choice = new ReadOnlyObjectWrapper<>(Choice.SYSTEM);
    private final ReadOnlyBooleanWrapper dark = new ReadOnlyBooleanWrapper();
    private final ChangeListener<ColorScheme> follow = (_, _, _) -> apply();
    private final Subscription preferred;

    /// @param first the initial selection
    public Themes(Choice first, Preferences preferences) {
        Fonts.load();
        this.preferences = preferences;
        choice.set(first);
        Platform.getPreferences().colorSchemeProperty().addListener(follow);
        preferred = Subscription.combine(preferences.accentProperty().subscribe((_, _) -> apply()),
                preferences.textSizeProperty().subscribe((_, _) -> apply()),
                preferences.compactProperty().subscribe((_, _) -> apply()));
        apply();
    }

    /// Creates the look of a scene without preferences and installs it.
    public Themes(Scene next, Choice first) {
        this(first, new Preferences(new Remembered()));
        install(next);
    }

    /// Installs the look in a scene and applies later changes to it. A previous scene keeps its look.
    public void install(Scene next) {
        scene = next;
        apply();
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
        preferred.unsubscribe();
    }

    private void apply() {
        dark.set(switch (choice.get()) {
            case SYSTEM -> Platform.getPreferences().getColorScheme() == ColorScheme.DARK;
            case LIGHT -> false;
            case DARK -> true;
        });
        String theme = dark.get()
                ? new PrimerDark().getUserAgentStylesheet()
                : new PrimerLight().getUserAgentStylesheet();
        if (!theme.equals(Application.getUserAgentStylesheet())) {
            Application.setUserAgentStylesheet(theme);
        }
        if (scene != null) {
            List<String> sheets = sheets();
            if (!sheets.equals(scene.getStylesheets())) {
                scene.getStylesheets().setAll(sheets);
            }
            scene.getRoot().pseudoClassStateChanged(DARK, dark.get());
            scene.getRoot().pseudoClassStateChanged(COMPACT, preferences.compactProperty().get());
        }
    }

    /// Sheets, not pseudo-classes, because menus and popovers take the sheets of their window only.
    private List<String> sheets() {
        double factor = preferences.textSizeProperty().get() / (double) Preferences.TEXT;
        String accent = preferences.accentProperty().get().sheet(dark.get());
        return Stream.concat(Stream.of(accent).filter(name -> !name.isEmpty()), SHEETS.stream())
                .map(name -> ScaledSheet.of(name, factor)).toList();
    }
}
