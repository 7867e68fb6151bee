package dev.memfuse.console.fx;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("fx")
class FrameMeterTest {
    private static void record(FrameMeter meter, int millis) {
        meter.record(TimeUnit.MILLISECONDS.toNanos(millis), TimeUnit.MILLISECONDS.toNanos(millis));
    }

    @Test
    void aFrameThatWaitsForAProcessorCostsItsProcessorTimeOnly() {
        var meter = new FrameMeter();
        for (int i = 0; i < 100; i++) {
            meter.record(TimeUnit.MILLISECONDS.toNanos(80), TimeUnit.MILLISECONDS.toNanos(3));
        }

        meter.publish(TimeUnit.SECONDS.toNanos(1));

        assertEquals(3, meter.frameP99MillisProperty().get());
        assertEquals(100, meter.measuredFramesProperty().get());
    }

    @Test
    void aClockInCoarseStepsIsLimitedByTheElapsedTime() {
        var meter = new FrameMeter();
        meter.record(TimeUnit.MILLISECONDS.toNanos(4), TimeUnit.MICROSECONDS.toNanos(15_625));

        meter.publish(TimeUnit.SECONDS.toNanos(1));

        assertEquals(4, meter.frameP99MillisProperty().get());
    }

    @Test
    void showsMedianAndP99OfTheFrames() {
        var meter = new FrameMeter();
        for (int i = 1; i <= 100; i++) {
            record(meter, i);
        }

        meter.publish(TimeUnit.SECONDS.toNanos(1));

        assertEquals(50, meter.frameP50MillisProperty().get());
        assertEquals(99, meter.frameP99MillisProperty().get());
    }

    @Test
    void forgetsFramesBeyondTheLastSixHundred() {
        var meter = new FrameMeter();
        for (int i = 0; i < 5; i++) {
            record(meter, 9_000);
        }
        for (int i = 0; i < 600; i++) {
            record(meter, 2);
        }

        meter.publish(TimeUnit.SECONDS.toNanos(1));

        assertEquals(2, meter.frameP99MillisProperty().get());
    }

    @Test
    void findsTheProcessorTimeOfAThreadByTheBeginOfItsName() {
        var share = new ThreadShare(Thread.currentThread().getName());
        share.take(0);
        long begun = System.nanoTime();
        long spin = 0;
        while (System.nanoTime() - begun < TimeUnit.MILLISECONDS.toNanos(50)) {
            spin++;
        }

        double used = share.take(System.nanoTime() - begun);

        assertEquals(true, used > 0.1 && spin > 0, () -> "share was " + used);
    }
}
