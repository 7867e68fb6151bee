package dev.memfuse.console.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import javafx.scene.layout.VBox;
import javafx.stage.Stage;

import dev.memfuse.console.fx.OnFx;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("fx")
class ChartLeakTest {
    private static final int TIMES = 50;
    private static final long LIMIT = TimeUnit.SECONDS.toNanos(30);

    @Test
    void chartsThatWereShownAndUsedCanBeCollected() {
        VBox root = OnFx.get(VBox::new);
        Stage stage = OnFx.get(() -> {
            Stage created = new Stage();
            created.setScene(ChartFixture.scene(root));
            created.show();
            return created;
        });
        List<WeakReference<LiveChart>> charts = new ArrayList<>();

        for (int i = 0; i < TIMES; i++) {
            charts.addAll(OnFx.get(() -> showCharts(root)));
            Frames.await(stage.getScene(), 2);
            OnFx.run(root.getChildren()::clear);
        }
        Frames.await(stage.getScene(), 2);

        assertEquals(0, remaining(charts));
        OnFx.run(stage::close);
    }

    private static List<WeakReference<LiveChart>> showCharts(VBox root) {
        TimeWindow window = ChartFixture.window();
        List<WeakReference<LiveChart>> references = new ArrayList<>();
        for (LiveChart chart : ChartFixture.charts(window)) {
            root.getChildren().add(chart.view());
            references.add(new WeakReference<>(chart));
        }
        root.applyCss();
        root.layout();
        window.cursor(ChartFixture.NOW - 60_000);
        window.zoom(ChartFixture.NOW - 30_000, ChartFixture.NOW);
        return references;
    }

    private static long remaining(List<WeakReference<LiveChart>> charts) {
        long begun = System.nanoTime();
        long remaining = charts.size();
        while (remaining > 0 && System.nanoTime() - begun < LIMIT) {
            System.gc();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
            remaining = charts.stream().filter(reference -> reference.get() != null).count();
        }
        return remaining;
    }
}
