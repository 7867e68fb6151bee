package dev.memfuse.console.shell;

import org.jspecify.annotations.Nullable;

import java.util.Properties;

import dev.memfuse.console.fx.Themes;

/// What the window remembers between sittings.
///
/// @param width of the window in pixels
/// @param height of the window in pixels
/// @param maximized whether it filled the screen; width and height are those before
/// @param page id of the page last shown
/// @param theme what the user asked for
public record WindowState(double width, double height, boolean maximized, String page, Themes.Choice theme) {
    /// Of a first start.
    public static final WindowState DEFAULT = new WindowState(1280, 800, false, "live", Themes.Choice.SYSTEM);
    private static final double SMALLEST = 400;
    private static final double LARGEST = 10_000;

    /// Reads what [#toProperties] wrote; anything missing or senseless is as in [#DEFAULT].
    public static WindowState of(Properties properties) {
        return new WindowState(size(properties.getProperty("width"), DEFAULT.width),
                size(properties.getProperty("height"), DEFAULT.height),
                Boolean.parseBoolean(properties.getProperty("maximized")),
                properties.getProperty("page", DEFAULT.page), theme(properties.getProperty("theme", "")));
    }

    /// As text, for the file.
    public Properties toProperties() {
        Properties properties = new Properties();
        properties.setProperty("width", Double.toString(width));
        properties.setProperty("height", Double.toString(height));
        properties.setProperty("maximized", Boolean.toString(maximized));
        properties.setProperty("page", page);
        properties.setProperty("theme", theme.name());
        return properties;
    }

    private static double size(@Nullable String text, double fallback) {
        try {
            double size = text == null ? fallback : Double.parseDouble(text);
            return size >= SMALLEST && size <= LARGEST ? size : fallback;
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
}
