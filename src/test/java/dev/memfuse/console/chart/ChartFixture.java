package dev.memfuse.console.chart;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import javafx.scene.Parent;
import javafx.scene.Scene;

import dev.memfuse.console.chart.data.SampleRing;
import dev.memfuse.console.fx.Themes;
import dev.memfuse.metrics.EventMark;

/// Charts with samples for the tests of this package.
final class ChartFixture {
    static final long NOW = 1_760_000_000_000L;

    private ChartFixture() {}

    static TimeWindow window() {
        return new TimeWindow(Duration.ofMinutes(2), NOW);
    }

    static LiveChart chart(ChartSpec.Type type, TimeWindow window) {
        var spec = new ChartSpec("rates", "Rates", "ops/s", type, List.of("add", "query", "list"));
        var ring = new SampleRing(3, 1_200);
        for (int i = 0; i < 1_200; i++) {
            ring.append(NOW - (1_199 - i) * 100L, 100 + 50 * Math.sin(i / 30.0), 60, 20 + i % 10);
        }
        var chart = new LiveChart(spec, window, ring);
        chart.marks(List.of(new EventMark(Instant.ofEpochMilli(NOW - 60_000), EventMark.Kind.LOAD, "Load started")));
        return chart;
    }

    static Scene scene(Parent root) {
        Scene scene = new Scene(root, 600, 500);
        new Themes(scene, Themes.Choice.LIGHT).close();
        return scene;
    }

    static List<LiveChart> charts(TimeWindow window) {
        List<LiveChart> charts = new ArrayList<>();
        for (ChartSpec.Type type : ChartSpec.Type.values()) {
            charts.add(chart(type, window));
        }
        return charts;
    }
}
