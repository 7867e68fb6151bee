package dev.memfuse.console;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import javafx.scene.layout.Pane;

import dev.memfuse.console.fx.FxmlView;
import dev.memfuse.console.fx.FxmlViews;

/// The parts of the window that cover others when they are needed. They are loaded after the first frame, which shows
/// none of them. FX thread only.
final class Overlays {
    private final Pane window;
    private final List<Part> parts;
    private boolean loaded;

    /// One part.
    ///
    /// @param controller class of its controller
    /// @param maker makes the controller
    record Part(FxmlView view, Class<?> controller, Supplier<?> maker) {}

    /// @param window receives the parts, above what it has
    /// @param parts the lowest first
    Overlays(Pane window, List<Part> parts) {
        this.window = window;
        this.parts = List.copyOf(parts);
    }

    /// Loads the parts; a second call has no effect.
    void load() {
        if (!loaded) {
            loaded = true;
            parts.forEach(part -> window.getChildren()
                    .add(new FxmlViews(Map.of(part.controller(), part.maker())).load(part.view())));
        }
    }
}
