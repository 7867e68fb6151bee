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

    /// Returns after `count` further frames were laid out; fails when they do not come.
    public static void await(Scene scene, int count) {
        var frames = new CountDownLatch(count);
        Runnable listener = frames::countDown;
        var pulse = new AnimationTimer() {
            @Override
            public void handle(long now) {
                // Only there so that frames keep coming.
            }
        };
        OnFx.run(() -> {
            scene.addPostLayoutPulseListener(listener);
            pulse.start();
        });
        try {
            if (!frames.await(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("No frame came within " + LIMIT_SECONDS + " s");
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
