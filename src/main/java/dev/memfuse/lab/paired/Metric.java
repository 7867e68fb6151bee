package dev.memfuse.lab.paired;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

import dev.memfuse.load.CostFigure;
import dev.memfuse.load.OperationKind;
import dev.memfuse.load.RunMeasurement;
import dev.memfuse.load.Workload;
import dev.memfuse.metrics.stats.Numbers;
import dev.memfuse.metrics.stats.Percentiles;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/// A figure of a block that two arms are compared by.
///
/// @param figure what is measured
/// @param operation the operation of a latency; null for a figure of the whole block
public record Metric(Figure figure, @Nullable OperationKind operation) {
    private static final double PERCENT = 100;
    /// Absorbs the rounding of percentiles that are no whole numbers.
    private static final double ROUNDING = 1e-6;
    private static final double NANOS_PER_MS = 1e6;

    /// The figures of a block.
    public enum Figure {
        /// Median latency.
        P50("p50", 50, "ms"),
        /// 90th percentile of the latency.
        P90("p90", 90, "ms"),
        /// 95th percentile of the latency.
        P95("p95", 95, "ms"),
        /// 99th percentile of the latency.
        P99("p99", 99, "ms"),
        /// 99.9th percentile of the latency.
        P999("p999", 99.9, "ms"),
        /// Successful operations per second.
        THROUGHPUT("throughput", 0, "/s"),
        /// Processor time per operation, work after the acknowledgement included.
        PROCESSOR(CostFigure.PROCESSOR),
        /// Allocated memory per operation.
        ALLOCATION(CostFigure.ALLOCATION),
        /// Leases of a connection per operation.
        LEASES(CostFigure.LEASES),
        /// SQL statements per operation.
        STATEMENTS(CostFigure.STATEMENTS),
        /// Rows that statements returned or changed, per operation.
        ROWS(CostFigure.ROWS),
        /// Waits for an answer of the database server, per operation.
        ROUND_TRIPS(CostFigure.ROUND_TRIPS),
        /// Data between the engine and the database server per operation.
        TRAFFIC(CostFigure.TRAFFIC),
        /// Transactions of the database server that wrote, per operation.
        TRANSACTIONS(CostFigure.TRANSACTIONS),
        /// Write-ahead log of the database server per operation.
        WAL(CostFigure.WAL),
        /// Calls of the embedding model per operation.
        EMBEDDING_CALLS(CostFigure.EMBEDDING_CALLS),
        /// Embedded texts per operation.
        EMBEDDED_TEXTS(CostFigure.EMBEDDED_TEXTS),
        /// Requests to a language model per operation.
        LANGUAGE_CALLS(CostFigure.LANGUAGE_CALLS),
        /// Time from the end of the block until every message was stored.
        STORING("storing", 0, "ms");

        private final String label;
        private final double percentile;
        private final String unit;
        private final @Nullable CostFigure cost;

        Figure(String label, double percentile, String unit) {
            this(label, percentile, unit, null);
        }

        Figure(CostFigure cost) {
            this(cost.label(), 0, cost.unit(), cost);
        }

        Figure(String label, double percentile, String unit, @Nullable CostFigure cost) {
            this.label = label;
            this.percentile = percentile;
            this.unit = unit;
            this.cost = cost;
        }

        /// Returns whether the figure is a percentile of a latency.
        public boolean latency() {
            return percentile > 0;
        }

        /// Returns the percentile of a latency, 0..100; 0 when the figure is none.
        public double percentile() {
            return percentile;
        }

        /// Returns whether the figure is a cost: what an operation takes beside its time.
        public boolean cost() {
            return !latency() && this != THROUGHPUT;
        }

        /// Returns the unit of the values.
        public String unit() {
            return unit;
        }
    }

    /// Parses the name or the title of a metric, such as `query.p99` or `throughput`.
    ///
    /// @throws IllegalArgumentException when there is no such metric; the message is for the user
    public static Metric parse(String text) {
        String name = Percentiles.plain(text.strip().toLowerCase(Locale.ROOT));
        for (Metric metric : all()) {
            if (metric.name().equals(name)) {
                return metric;
            }
        }
        throw new IllegalArgumentException("\"" + text.strip() + "\" is no metric; there are "
                + all().stream().map(Metric::title).collect(Collectors.joining(", ")) + ".");
    }

    private static List<Metric> all() {
        List<Metric> all = new ArrayList<>();
        for (OperationKind kind : OperationKind.values()) {
            Arrays.stream(Figure.values()).filter(Figure::latency).forEach(figure -> all.add(new Metric(figure, kind)));
        }
        Arrays.stream(Figure.values()).filter(figure -> !figure.latency())
                .forEach(figure -> all.add(new Metric(figure, null)));
        return all;
    }

    /// Returns the metrics that a comparison of a workload reports, in display order: those of the operations that it
    /// has.
    public static List<Metric> of(Workload workload) {
        return all().stream().filter(metric -> metric.operation == null || workload.mix().share(metric.operation) > 0)
                .toList();
    }

    /// Returns the name in files and JSON: `query.p999`, `throughput`.
    public String name() {
        return operation == null ? figure.label : operation.label() + "." + figure.label;
    }

    /// Returns the name for people: `query.p99.9`, `throughput`.
    public String title() {
        return Percentiles.title(name());
    }

    /// Returns whether a smaller or a larger value is better.
    public Direction direction() {
        return figure == Figure.THROUGHPUT ? Direction.HIGHER_IS_BETTER : Direction.LOWER_IS_BETTER;
    }

    /// Returns the number of operations that a block needs, so that enough samples lie above the percentile.
    public long samplesNeeded() {
        return figure.latency()
                ? (long) Math.ceil(Percentiles.MIN_SAMPLES_ABOVE * PERCENT / (PERCENT - figure.percentile) - ROUNDING)
                : Percentiles.MIN_SAMPLES_ABOVE;
    }

    /// Returns the value of a block in the unit of the figure; empty when the block has too few samples for it or could
    /// not measure it.
    public OptionalDouble of(RunMeasurement block) {
        if (figure.cost != null) {
            return figure.cost.of(block.cost());
        }
        return switch (figure) {
            case THROUGHPUT -> OptionalDouble.of(block.result().throughputPerS());
            case STORING -> OptionalDouble.of(block.cost().storingNanos() / NANOS_PER_MS);
            default -> percentile(latencies(block));
        };
    }

    private OptionalDouble percentile(Histogram latencies) {
        return Percentiles.reliable(latencies.getTotalCount(), figure.percentile)
                ? OptionalDouble.of(Percentiles.ms(latencies, figure.percentile))
                : OptionalDouble.empty();
    }

    private Histogram latencies(RunMeasurement block) {
        return block.latencies().getOrDefault(Objects.requireNonNull(operation), new Histogram(3));
    }

    /// Returns a value with its unit, for people.
    public String print(double value) {
        return Numbers.value(value) + (figure.unit.startsWith("/") ? figure.unit : " " + figure.unit);
    }
}
