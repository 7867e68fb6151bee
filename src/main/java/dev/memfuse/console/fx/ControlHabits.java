package dev.memfuse.console.fx;

import javafx.scene.Scene;

/// What controls of a window do in every place, beyond the toolkit. FX thread only.
public final class ControlHabits {
    private ControlHabits() {}

    /// Installs all of it in a scene; called once.
    public static void install(Scene scene) {
        TabKey.install(scene);
        TableCopy.install(scene);
        FocusKeeper.install(scene);
        DoubleClicks.install(scene);
    }
}
