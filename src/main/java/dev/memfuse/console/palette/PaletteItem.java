package dev.memfuse.console.palette;

import java.util.function.BooleanSupplier;

/// A row of the palette.
///
/// @param id unique among all rows; the recent ones are remembered by it
/// @param kind what it is: "Setting"
/// @param title name that is searched and shown
/// @param detail second text that is searched and shown; may be empty
/// @param keys shortcut as text; empty for none
/// @param enabled returns whether it can run now
/// @param run opens or runs it
public record PaletteItem(String id, String kind, String title, String detail, String keys, BooleanSupplier enabled,
        Runnable run) {

    /// Creates a row that can always be opened and has no shortcut.
    public PaletteItem(String id, String kind, String title, String detail, Runnable run) {
        this(id, kind, title, detail, "", () -> true, run);
    }
}
