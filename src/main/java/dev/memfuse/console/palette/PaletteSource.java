package dev.memfuse.console.palette;

import java.util.List;
import java.util.function.Consumer;

/// Rows of the palette of one origin.
@FunctionalInterface
public interface PaletteSource {

    /// Called each time the palette opens, on the FX thread. Delivers the rows at once or later, on the FX thread.
    void read(Consumer<List<PaletteItem>> rows);

    /// Called after each change of the query, on the FX thread, for rows that are too many to be read at once. Asks off
    /// the FX thread, for a bounded number of rows, and one question at a time: of several queries the newest counts.
    /// Delivers the rows in place of those of the query before, at once or later, on the FX thread.
    ///
    /// @param query typed text, not empty
    default void search(String query, Consumer<List<PaletteItem>> rows) {}
}
