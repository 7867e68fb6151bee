package dev.memfuse.load;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.ToLongFunction;

import dev.memfuse.metrics.Work;

/// What one operation costs beside its time: the shares of an operation in a [RunCost].
@SuppressWarnings("ImmutableEnumChecker") // method references without state
public enum CostFigure {
    /// Processor time, work after the acknowledgement included.
    PROCESSOR("processor", Unit.MS, RunCost::processorNanos),
    /// Allocated memory.
    ALLOCATION("allocation", Unit.KIB, RunCost::allocatedBytes),
    /// Leases of a connection.
    LEASES("leases", Unit.COUNT, RunCost::leases),
    /// SQL statements.
    STATEMENTS("statements", Unit.COUNT, cost -> cost.work().of(Work.STATEMENTS)),
    /// Rows that statements returned or changed.
    ROWS("rows", Unit.COUNT, cost -> cost.work().of(Work.ROWS)),
    /// Waits for an answer of the database server.
    ROUND_TRIPS("round_trips", Unit.COUNT, cost -> cost.work().of(Work.ROUND_TRIPS)),
    /// Data between the engine and the database server, both directions.
    TRAFFIC("traffic", Unit.KIB, cost -> cost.work().of(Work.DATABASE_BYTES)),
    /// Transactions of the database server that wrote.
    TRANSACTIONS("transactions", Unit.COUNT, RunCost::writeTransactions),
    /// Write-ahead log of the database server.
    WAL("wal", Unit.KIB, RunCost::walBytes),
    /// Calls of the embedding model.
    EMBEDDING_CALLS("embedding_calls", Unit.COUNT, cost -> cost.work().of(Work.EMBEDDING_CALLS)),
    /// Texts that the embedding model embedded.
    EMBEDDED_TEXTS("embedded_texts", Unit.COUNT, cost -> cost.work().of(Work.EMBEDDED_TEXTS)),
    /// Requests to a language model.
    LANGUAGE_CALLS("language_calls", Unit.COUNT, cost -> cost.work().of(Work.LANGUAGE_MODEL_CALLS));

    private final String label;
    private final Unit unit;
    private final ToLongFunction<RunCost> total;

    CostFigure(String label, Unit unit, ToLongFunction<RunCost> total) {
        this.label = label;
        this.unit = unit;
        this.total = total;
    }

    private enum Unit {
        MS("ms/op", "_ms", 1e6),
        KIB("KiB/op", "_kib", 1024),
        COUNT("/op", "", 1);

        private final String label;
        private final String suffix;
        private final double divisor;

        Unit(String label, String suffix, double divisor) {
            this.label = label;
            this.suffix = suffix;
            this.divisor = divisor;
        }
    }

    /// Returns the name, in snake_case.
    public String label() {
        return label;
    }

    /// Returns the unit of the values.
    public String unit() {
        return unit.label;
    }

    /// Returns the name with the unit of the values, for files: `wal_kib`, `statements`.
    public String column() {
        return label + unit.suffix;
    }

    /// Returns the share of one operation; empty without operations, or when the cost is not known.
    public OptionalDouble of(RunCost cost) {
        OptionalDouble share = cost.perOperation(total.applyAsLong(cost));
        return share.isPresent() ? OptionalDouble.of(share.getAsDouble() / unit.divisor) : share;
    }

    /// Returns the known figures of a cost by [#column], in display order.
    public static Map<String, Double> all(RunCost cost) {
        Map<String, Double> figures = new LinkedHashMap<>();
        for (CostFigure figure : values()) {
            figure.of(cost).ifPresent(value -> figures.put(figure.column(), value));
        }
        return figures;
    }
}
