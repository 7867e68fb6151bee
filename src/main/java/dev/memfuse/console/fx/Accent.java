package dev.memfuse.console.fx;

import java.util.Locale;

/// Colour of selections, links and main buttons. Each is readable in both themes; none means good, bad or a warning.
public enum Accent {
    /// The accent of the theme.
    BLUE,
    /// Violet.
    VIOLET,
    /// Teal.
    TEAL,
    /// Pink.
    PINK;

    /// Returns the name for the user.
    public String label() {
        return name().charAt(0) + name().substring(1).toLowerCase(Locale.ROOT);
    }

    /// Returns the name of its style sheet, which replaces the accent of the theme; empty when there is none.
    String sheet(boolean dark) {
        return this == BLUE ? "" : "accent/" + name().toLowerCase(Locale.ROOT) + (dark ? "-dark" : "-light") + ".css";
    }
}
