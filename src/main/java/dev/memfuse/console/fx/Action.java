package dev.memfuse.console.fx;

import java.util.Optional;
import java.util.function.BooleanSupplier;

import javafx.scene.input.KeyCombination;

/// Something a person can do in the window. Buttons, shortcuts, the help and the command palette read and run the same
/// actions. FX thread only.
///
/// @param id stable name, an area and a verb: `live.pause`; a shortcut that the user chose is kept under it
/// @param title sentence without a full stop that begins with a verb: "Pause or resume the charts"
/// @param page id of the page on which the action works; empty for every page
/// @param keys shortcut unless the user chose another; empty for none
/// @param enabled returns whether the action can run now
/// @param run the action; returns soon
/// @param listed whether lists of all actions have it; else it is one of many alike, which a search finds by its words
public record Action(String id, String title, String page, Optional<KeyCombination> keys, BooleanSupplier enabled,
        Runnable run, boolean listed) {

    /// Creates an action of every page that can always run and has no shortcut.
    public static Action of(String id, String title, Runnable run) {
        return new Action(id, title, "", Optional.empty(), () -> true, run, true);
    }

    /// Returns the action of a page.
    public Action on(String pageId) {
        return new Action(id, title, pageId, keys, enabled, run, listed);
    }

    /// Returns the action with a shortcut.
    ///
    /// @param shortcut a name of JavaFX: "Shortcut+R"; `Shortcut` is Ctrl, or Cmd on macOS
    public Action keys(String shortcut) {
        return new Action(id, title, page, Optional.of(KeyCombination.valueOf(shortcut)), enabled, run, listed);
    }

    /// Returns the action that can run while a condition holds.
    public Action when(BooleanSupplier condition) {
        return new Action(id, title, page, keys, condition, run, listed);
    }

    /// Returns the action as one of many alike, which lists leave out and a search finds.
    public Action onlyFound() {
        return new Action(id, title, page, keys, enabled, run, false);
    }

    /// Runs the action if it can run now.
    public void fire() {
        if (enabled.getAsBoolean()) {
            run.run();
        }
    }
}
