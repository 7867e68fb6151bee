package dev.memfuse.console;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import javafx.application.Platform;
import javafx.scene.Scene;
import javafx.scene.SnapshotParameters;
import javafx.scene.layout.Region;

import dev.memfuse.console.fx.FxThread;

/// The moment at which a window has its first frame on the screen.
final class FirstFrame {
    private static final Duration LIMIT = Duration.ofSeconds(2);

    private FirstFrame() {}

    /// Completes on any thread once the first frame is drawn, or soon where the system shows none, as with a minimised
    /// window. Called on any thread.
    static CompletableFuture<Void> of(Scene scene) {
        CompletableFuture<Void> drawn = new CompletableFuture<>();
        FxThread.EXECUTOR.execute(() -> {
            scene.addPostLayoutPulseListener(new Runnable() {
                @Override
                public void run() {
                    scene.removePostLayoutPulseListener(this);
                    // Layout precedes drawing: the frame goes to the render thread after this.
                    FxThread.EXECUTOR.execute(() -> awaitRenderThread(drawn));
                }
            });
            Platform.requestNextPulse();
        });
        return drawn.completeOnTimeout(null, LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    }

    /// The render thread does one job after the other: a picture of nothing is taken after the frame is drawn. The
    /// frame then waits to be put on the screen, in front of what is added here.
    private static void awaitRenderThread(CompletableFuture<Void> drawn) {
        new Region().snapshot(new SnapshotParameters(), null);
        FxThread.EXECUTOR.execute(() -> drawn.complete(null));
    }
}
