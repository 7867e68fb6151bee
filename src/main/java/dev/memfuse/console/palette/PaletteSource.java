package dev.memfuse.console.palette;

import java.util.List;
import java.util.function.Consumer;

/// Rows of the palette of one origin.
@FunctionalInterface
public interface PaletteSource {

    /// Called each time the palette opens, on the FX thread. Delivers the rows at once or later, on the FX thread.
    void read(Consumer<List<PaletteItem>> rows);
}
