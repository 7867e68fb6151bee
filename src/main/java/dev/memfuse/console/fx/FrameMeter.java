package dev.memfuse.console.fx;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;

import javafx.animation.AnimationTimer;
import javafx.beans.property.ReadOnlyDoubleProperty;
import javafx.beans.property.ReadOnlyDoubleWrapper;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.scene.Scene;

import dev.memfuse.background.BackgroundHealth;
import org.jspecify.annotations.Nullable;

/// Measures the cost of the window: processor time of the FX thread per frame, and the processor share of the FX thread
/// and the render thread. The properties change once per second while the meter runs.
///
/// The time of a frame is that from the first animation timer to the end of layout. It is processor time, since elapsed
/// time would tell how busy the machine is. Start the meter before the [FramePump] to include the work of the pump.
/// FX thread only.
public final class FrameMeter {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    /// Ten seconds at 60 frames per second: enough frames for a p99, and cheap to sort once per second.
    public static final int FRAMES = 600;
    /// Smallest number of frames of which a p99 can be told: of fewer it is the maximum, such as the first drawing.
    public static final int FEWEST = 100;

    private final long[] frames = new long[FRAMES];
    private long count;
    private long frameStarted;
    private long processorAtStart;
    private long secondStarted;
    private final ThreadShare fxThread = new ThreadShare("JavaFX Application Thread");
    private final ThreadShare renderThread = new ThreadShare("QuantumRenderer");
    private final ReadOnlyIntegerWrapper counted = new ReadOnlyIntegerWrapper(this, "measuredFrames");
    private final ReadOnlyDoubleWrapper p50 = new ReadOnlyDoubleWrapper(this, "frameP50Millis");
    private final ReadOnlyDoubleWrapper p99 = new ReadOnlyDoubleWrapper(this, "frameP99Millis");
    private final ReadOnlyDoubleWrapper fxShare = new ReadOnlyDoubleWrapper(this, "fxShare");
    private final ReadOnlyDoubleWrapper renderShare = new ReadOnlyDoubleWrapper(this, "renderShare");
    private final Runnable postLayout = this::endFrame;
    private final AnimationTimer timer = new AnimationTimer() {
        @Override
        public void handle(long now) {
            try {
                beginFrame();
            } catch (Throwable e) {
                BackgroundHealth.report("window frames", e);
            }
        }
    };
    private @Nullable Scene scene;

    /// Starts to measure the frames of a scene, and stops measuring the previous one.
    public void start(Scene measured) {
        stop();
        scene = measured;
        count = 0;
        frameStarted = 0;
        counted.set(0);
        secondStarted = System.nanoTime();
        fxThread.take(0);
        renderThread.take(0);
        measured.addPostLayoutPulseListener(postLayout);
        timer.start();
    }

    /// Stops measuring. The properties keep their values.
    public void stop() {
        timer.stop();
        if (scene != null) {
            scene.removePostLayoutPulseListener(postLayout);
            scene = null;
        }
    }

    /// Returns the number of frames of which the percentiles are, 0..600.
    public ReadOnlyIntegerProperty measuredFramesProperty() {
        return counted.getReadOnlyProperty();
    }

    /// Returns the median FX time per frame in milliseconds, over the last 600 frames.
    public ReadOnlyDoubleProperty frameP50MillisProperty() {
        return p50.getReadOnlyProperty();
    }

    /// Returns the 99th percentile of the FX time per frame in milliseconds, over the last 600 frames.
    public ReadOnlyDoubleProperty frameP99MillisProperty() {
        return p99.getReadOnlyProperty();
    }

    /// Returns the share of one processor that the FX thread used in the last second, 0..1.
    public ReadOnlyDoubleProperty fxShareProperty() {
        return fxShare.getReadOnlyProperty();
    }

    /// Returns the share of one processor that the render thread used in the last second, 0..1.
    public ReadOnlyDoubleProperty renderShareProperty() {
        return renderShare.getReadOnlyProperty();
    }

    private void beginFrame() {
        frameStarted = System.nanoTime();
        processorAtStart = ThreadShare.ofThisThread();
        long elapsed = frameStarted - secondStarted;
        if (elapsed >= SECOND) {
            publish(elapsed);
            secondStarted = frameStarted;
        }
    }

    private void endFrame() {
        // Layout also runs outside a frame, for a snapshot; such a layout has no start time.
        if (frameStarted != 0) {
            record(System.nanoTime() - frameStarted, ThreadShare.ofThisThread() - processorAtStart);
            frameStarted = 0;
        }
    }

    /// Adds a frame. Where the processor time of a thread is not known, or known in coarse steps only, the elapsed time
    /// is its upper limit.
    void record(long elapsedNanos, long processorNanos) {
        frames[(int) (count++ % FRAMES)] = processorAtStart == ThreadShare.UNKNOWN
                ? elapsedNanos
                : Math.min(elapsedNanos, processorNanos);
    }

    void publish(long elapsedNanos) {
        long[] sorted = Arrays.copyOf(frames, (int) Math.min(count, FRAMES));
        Arrays.sort(sorted);
        counted.set(sorted.length);
        p50.set(percentile(sorted, 0.50));
        p99.set(percentile(sorted, 0.99));
        fxShare.set(fxThread.take(elapsedNanos));
        renderShare.set(renderThread.take(elapsedNanos));
    }

    private static double percentile(long[] sorted, double share) {
        if (sorted.length == 0) {
            return 0;
        }
        int index = (int) Math.ceil(share * sorted.length) - 1;
        return sorted[Math.max(0, index)] / (double) TimeUnit.MILLISECONDS.toNanos(1);
    }
}
