package dev.memfuse.console.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.stage.Stage;

import dev.memfuse.console.chart.ChartGrid;
import dev.memfuse.console.chart.ChartSpec;
import dev.memfuse.console.chart.Frames;
import dev.memfuse.console.chart.LiveChart;
import dev.memfuse.console.chart.TimeWindow;
import dev.memfuse.console.chart.data.SampleRing;
import dev.memfuse.console.fx.OnFx;
import dev.memfuse.metrics.Operation;
import dev.memfuse.metrics.alert.AlertMetrics;
import dev.memfuse.metrics.alert.MetricLimit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("fx")
class LimitLinesTest {
    private static final long NOW = 1_772_366_400_000L;

    private final TimeWindow window = OnFx.get(() -> new TimeWindow(Duration.ofMinutes(2), NOW));
    private final LiveChart throughput = chart(LiveCharts.THROUGHPUT);
    private final LiveChart latency = chart(LiveCharts.LATENCY);
    private final LiveChart pool = chart(LiveCharts.POOL);
    private final LiveChart buffers = chart(LiveCharts.BUFFERS);
    private final LiveChart errors = chart(LiveCharts.ERRORS);
    private final LiveChart pauses = chart(LiveCharts.PAUSES);
    private final LiveChart program = chart(LiveCharts.PROGRAM);
    private final List<LiveChart> all = List.of(throughput, latency, pool, buffers, errors, pauses, program);
    private final List<MetricLimit> limits = new ArrayList<>();
    private final AtomicReference<Operation> operation = new AtomicReference<>(Operation.ADD);
    private final LimitLines lines = new LimitLines(() -> List.copyOf(limits), operation::get,
            new LimitLines.Charts(throughput, latency, pool, buffers, errors, pauses, program));
    private final Stage stage = OnFx.get(() -> {
        Stage shown = new Stage();
        ChartGrid grid = new ChartGrid();
        grid.show(all);
        shown.setScene(new Scene(grid, 1200, 780));
        shown.show();
        return shown;
    });

    /// All values are 100.
    private LiveChart chart(ChartSpec spec) {
        return OnFx.get(() -> {
            SampleRing ring = new SampleRing(spec.series().size(), 60);
            double[] values = new double[spec.series().size()];
            Arrays.fill(values, 100);
            for (int second = 59; second >= 0; second--) {
                ring.append(NOW - second * 1_000L, values);
            }
            return new LiveChart(spec, window, ring);
        });
    }

    @AfterEach
    void close() {
        OnFx.run(stage::close);
    }

    private void limit(String metric, double value) {
        limits.add(new MetricLimit(AlertMetrics.find(metric).orElseThrow(), value));
    }

    private List<List<String>> drawn() {
        Frames.await(stage.getScene(), 2);
        return OnFx.get(() -> {
            lines.update();
            all.forEach(LiveChart::redraw);
            return all.stream().map(LiveChart::drawnThresholds).toList();
        });
    }

    @Test
    void eachChartHasTheLimitsOfWhatItShows() {
        limit("add.p99", 90);
        limit("query.p99", 80);
        limit("add.rate", 50);
        limit("pool.waiting", 10);
        limit("journal.rounds", 70);
        limit("query.errors", 1);
        limit("heap.used", 90);
        limit("heap.size", 50);
        limit("hiccup.max", 20);

        assertEquals(List.of(List.of("limit: throughput of add, 50.0 /s"), List.of("limit: p99 of add, 90.0 ms"),
                List.of("limit: callers that wait for a connection, 10"), List.of("limit: rounds in the journal, 70"),
                List.of("limit: errors of query, 1.0 /s"),
                List.of("limit: longest hiccup of the program, 20.0 ms"), List.of("limit: heap used, 90.0 %")),
                drawn());
    }

    @Test
    void theLatencyChartHasTheLimitsOfItsOperationAndChangedOnes() {
        limit("add.p99", 90);
        limit("query.p50", 80);
        assertEquals(List.of("limit: p99 of add, 90.0 ms"), drawn().get(1));

        operation.set(Operation.QUERY);
        assertEquals(List.of("limit: p50 of query, 80.0 ms"), drawn().get(1));
        limits.clear();
        assertEquals(List.of(), drawn().get(1));
    }

    @Test
    void theNamesOfEqualLimitsStandSideBySide() {
        limit("add.p95", 90);
        limit("add.p99", 90);
        assertEquals(2, drawn().get(1).size());

        List<Bounds> names = OnFx.get(() -> latency.view().lookupAll(".live-chart-threshold-name").stream()
                .map(Node::getBoundsInParent).toList());
        assertFalse(names.getFirst().intersects(names.getLast()), names.toString());
    }

    @Test
    void aLimitThatTheAxisDoesNotReachIsNotDrawn() {
        limit("add.p99", 1_000);

        assertEquals(List.of(), drawn().get(1));
    }
}
