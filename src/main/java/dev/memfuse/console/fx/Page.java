package dev.memfuse.console.fx;

import java.util.List;

import javafx.scene.Node;

/// One page of the window. Created once on the FX thread; all methods are called there. Pages extend [PageFrame].
public interface Page {

    /// Returns id, title and icon of the page.
    PageInfo info();

    /// Returns the stable short name of the page.
    default String id() {
        return info().id();
    }

    /// Returns the name of the page in the navigation.
    default String title() {
        return info().title();
    }

    /// Returns the Ikonli literal of the page's icon.
    default String icon() {
        return info().icon();
    }

    /// Returns the root of the page; the same node each time.
    Node view();

    /// Returns the actions of the page, read once when the window is built. The registry sets their page.
    default List<Action> actions() {
        return List.of();
    }

    /// Called when the page becomes visible.
    default void onShown() {}

    /// Called about four times a second while the page is visible.
    default void tick() {}

    /// Called when the page is no longer visible; stops everything that [#onShown] started.
    default void onHidden() {}
}
