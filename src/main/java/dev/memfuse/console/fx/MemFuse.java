package dev.memfuse.console.fx;

import java.util.concurrent.CompletableFuture;

import javafx.application.Application;
import javafx.application.Platform;
import javafx.stage.Stage;

/// The program as the desktop sees it: the toolkit names the class of its windows (`WM_CLASS`) after this class. It has
/// no window itself.
public final class MemFuse extends Application {
    static final CompletableFuture<Void> STARTED = new CompletableFuture<>();

    /// Created by the toolkit only.
    public MemFuse() {}

    @Override
    public void start(Stage unused) {
        Platform.setImplicitExit(false);
        STARTED.complete(null);
        // The services of the program are still being constructed, and every window needs the fonts.
        FxThread.EXECUTOR.execute(MemFuse::loadFonts);
    }

    private static void loadFonts() {
        try {
            Fonts.load();
        } catch (RuntimeException _) {
            // The first window loads them again and reports the failure.
        }
    }
}
