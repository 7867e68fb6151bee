package dev.memfuse.console.chart;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import javafx.animation.AnimationTimer;
import javafx.stage.Stage;

import dev.memfuse.console.fx.OnFx;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("fx")
class FirstPulseTest {
    @Test
    void samplesArrivingInTheFirstPulseOfAShownChartDoNotBlockTheFxThread() throws InterruptedException {
        var written = new CountDownLatch(3);
        TimeWindow window = OnFx.get(ChartFixture::window);
        Stage stage = OnFx.get(() -> {
            LiveChart chart = ChartFixture.chart(ChartSpec.Type.LINES, window);
            var timer = new AnimationTimer() {
                private int frames;

                @Override
                public void handle(long now) {
                    long at = ChartFixture.NOW + ++frames * 100L;
                    chart.samples().append(at, frames, frames, frames);
                    window.newest(at);
                    chart.redraw();
                    written.countDown();
                    if (frames == 3) {
                        stop();
                    }
                }
            };
            Stage created = new Stage();
            created.setScene(ChartFixture.scene(chart.view()));
            timer.start();
            created.show();
            // Layout outside a pulse makes ChartFX take its locks early.
            chart.view().applyCss();
            chart.view().layout();
            chart.redraw();
            return created;
        });

        boolean came = written.await(20, TimeUnit.SECONDS);

        assertTrue(came, "the FX thread waits for a lock of a data set");
        Frames.await(stage.getScene(), 2);
        OnFx.run(stage::close);
    }
}
