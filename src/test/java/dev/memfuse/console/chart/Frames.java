package dev.memfuse.console.chart;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import javafx.animation.AnimationTimer;
import javafx.scene.Scene;

import dev.memfuse.console.fx.OnFx;

/// Waits for frames of a scene, from the thread of a test.
public final class Frames {
    private static final long LIMIT_SECONDS = 20;

    private Frames() {}

    /// Returns after the layout of `count` further frames; fails after 20 seconds.
    public static void await(Scene scene, int count) {
        var frames = new CountDownLatch(count);
        Runnable listener = frames::countDown;
        var pulse = new AnimationTimer() {
            @Override
            public void handle(long now) {
                // Keeps frames coming.
            }
        };
        OnFx.run(() -> {
            scene.addPostLayoutPulseListener(listener);
            pulse.start();
        });
        try {
            if (!frames.await(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("Too few frames within " + LIMIT_SECONDS + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
        OnFx.run(() -> {
            pulse.stop();
            scene.removePostLayoutPulseListener(listener);
        });
    }
}
