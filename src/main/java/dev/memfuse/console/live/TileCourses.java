package dev.memfuse.console.live;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

import dev.memfuse.console.chart.data.SampleRing;
import dev.memfuse.console.live.LiveTiles.Tile;

/// Where the courses of the tiles come from: the samples of the charts. FX thread only.
final class TileCourses {
    private static final List<Integer> FIRST = List.of(0);
    private static final List<Integer> MEDIAN = FIRST;
    private static final List<Integer> P99 = List.of(LiveCharts.PERCENTILES.indexOf(99.0));
    /// All calls, without the flushes.
    private static final List<Integer> CALLS = firstOf(LiveCharts.CALLS.size() + 1);
    private static final List<Integer> ERRORS = firstOf(LiveCharts.ERRORS.series().size());
    private static final List<Integer> BUFFERED = firstOf(3);

    /// A figure over time: the sum of some series.
    record Course(SampleRing samples, List<Integer> series) {}

    private final LiveViewModel model;

    TileCourses(LiveViewModel model) {
        this.model = model;
    }

    private static List<Integer> firstOf(int count) {
        return IntStream.range(0, count).boxed().toList();
    }

    Course of(Tile tile) {
        LiveFeed feed = model.feed();
        return switch (tile) {
            case THROUGHPUT -> new Course(feed.throughput(), CALLS);
            case MEDIAN -> new Course(model.latency(), MEDIAN);
            case P99 -> new Course(model.latency(), P99);
            case POOL -> new Course(feed.pool(), series(LiveCharts.POOL.series(), "active"));
            case WAITING -> new Course(feed.pool(), series(LiveCharts.POOL.series(), "waiting"));
            case ERRORS -> new Course(feed.errors(), ERRORS);
            case BUFFERED -> new Course(feed.buffers(), BUFFERED);
            case CPU -> new Course(feed.program().resources().samples(), FIRST);
            case HEAP -> new Course(feed.program().resources().samples(), List.of(1));
        };
    }

    /// Returns the name of the place that shows the chart of a tile.
    static String cell(Tile tile) {
        return switch (tile) {
            case THROUGHPUT -> LiveCharts.THROUGHPUT.id();
            case MEDIAN, P99 -> LiveCharts.LATENCY.id();
            case POOL, WAITING -> LiveCharts.POOL.id();
            case BUFFERED -> LiveCharts.BUFFERS.id();
            case ERRORS, CPU, HEAP -> LiveCharts.ERRORS.id();
        };
    }

    /// Returns what the place of the errors has to show for a tile; empty for a tile of another place.
    static Optional<ErrorsCell.Form> form(Tile tile) {
        return switch (tile) {
            case ERRORS -> Optional.of(ErrorsCell.Form.ERRORS);
            case CPU, HEAP -> Optional.of(ErrorsCell.Form.PROGRAM);
            default -> Optional.empty();
        };
    }

    private static List<Integer> series(List<String> names, String name) {
        return List.of(names.indexOf(name));
    }
}
