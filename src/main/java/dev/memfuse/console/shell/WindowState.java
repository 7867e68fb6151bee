package dev.memfuse.console.shell;

import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;

import javafx.geometry.Rectangle2D;

import dev.memfuse.console.fx.Themes;
import org.jspecify.annotations.Nullable;

/// State of the window that is kept between starts.
///
/// @param width width of the content in pixels
/// @param height height of the content in pixels
/// @param maximized whether the window was maximized; width and height are those before
/// @param page id of the open page
/// @param theme the selected theme
/// @param kept values of pages, by name
public record WindowState(double width, double height, boolean maximized, String page, Themes.Choice theme,
        Map<String, String> kept) {
    /// State of a first start.
    public static final WindowState DEFAULT = new WindowState(1280, 800, false, "live", Themes.Choice.SYSTEM);
    private static final String KEPT = "kept.";
    private static final double MIN_SIZE = 400;
    private static final double MAX_SIZE = 10_000;

    public WindowState {
        kept = Map.copyOf(kept);
    }

    /// Creates a state without values of pages.
    public WindowState(double width, double height, boolean maximized, String page, Themes.Choice theme) {
        this(width, height, maximized, page, theme, Map.of());
    }

    /// Reads the properties of [#toProperties]. Missing and invalid values are those of [#DEFAULT].
    public static WindowState of(Properties properties) {
        return new WindowState(size(properties.getProperty("width"), DEFAULT.width),
                size(properties.getProperty("height"), DEFAULT.height),
                Boolean.parseBoolean(properties.getProperty("maximized")),
                properties.getProperty("page", DEFAULT.page), theme(properties.getProperty("theme", "")),
                properties.stringPropertyNames().stream().filter(name -> name.startsWith(KEPT)).collect(Collectors
                        .toMap(name -> name.substring(KEPT.length()), properties::getProperty)));
    }

    /// Returns the state as properties.
    public Properties toProperties() {
        Properties properties = new Properties();
        properties.setProperty("width", Double.toString(width));
        properties.setProperty("height", Double.toString(height));
        properties.setProperty("maximized", Boolean.toString(maximized));
        properties.setProperty("page", page);
        properties.setProperty("theme", theme.name());
        kept.forEach((name, value) -> properties.setProperty(KEPT + name, value));
        return properties;
    }

    private static double size(@Nullable String text, double fallback) {
        try {
            double size = text == null ? fallback : Double.parseDouble(text);
            return size >= MIN_SIZE && size <= MAX_SIZE ? size : fallback;
        } catch (NumberFormatException e) {
            return fallback;
        }
    }

    private static Themes.Choice theme(String name) {
        for (Themes.Choice choice : Themes.Choice.values()) {
            if (choice.name().equals(name)) {
                return choice;
            }
        }
        return DEFAULT.theme;
    }

    /// Returns the state with a size that fits a screen, which may be smaller than the one the size was saved on.
    public WindowState within(Rectangle2D screen) {
        return new WindowState(Math.min(width, screen.getWidth()), Math.min(height, screen.getHeight()), maximized,
                page, theme, kept);
    }
}
