package dev.memfuse.console.fx;

import javafx.scene.Node;

/// One page of the window. Created once on the FX thread; all methods are called there.
public interface Page {

    /// Stable short name: used in the remembered state, in file names of pictures and in style classes.
    String id();

    /// The name in the navigation.
    String title();

    /// Ikonli literal of the icon in the navigation.
    String icon();

    /// The root of the page; the same node each time.
    Node view();

    /// The page becomes visible: begin to listen.
    default void onShown() {}

    /// The page is no longer visible: stop everything that [#onShown] began.
    default void onHidden() {}
}
