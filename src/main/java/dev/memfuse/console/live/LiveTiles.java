package dev.memfuse.console.live;

import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyStringProperty;

import dev.memfuse.console.fx.Formats;
import dev.memfuse.metrics.MetricsSnapshot;
import dev.memfuse.metrics.MetricsSnapshot.OperationSample;
import dev.memfuse.metrics.Operation;
import dev.memfuse.metrics.stats.Numbers;

/// The tiles of the Live page: current figures as text. FX thread only.
public final class LiveTiles {

    /// The tiles, in the order of the page, with what each is, of which time, and its names elsewhere.
    public enum Tile {
        THROUGHPUT("Calls of add, query, list and others that ended, per second; flushes are background work. Of the "
                + "last complete second. In /metrics: memfuse_operation_duration_seconds_count."),
        MEDIAN("Half of the calls took at most this long. " + Tile.LATENCY),
        P99("99 of 100 calls took at most this long. " + Tile.LATENCY),
        POOL("Connections in use / limit, now. OpenTelemetry: db.client.connection.count and db.client.connection.max; "
                + "Micrometer: hikaricp.connections.active and hikaricp.connections.max."),
        WAITING("Callers that wait for a connection, now. OpenTelemetry: db.client.connection.pending_requests; "
                + "Micrometer: hikaricp.connections.pending."),
        ERRORS("Failed operations, background work included, and waits for a connection that timed out, per second: "
                + "the sum of all lines of the chart. Of the last complete second. In /metrics: "
                + "memfuse_operation_errors_total."),
        BUFFERED("Acknowledged messages in RoundBuffers, in HybridBuffers and in flushes, now. In /metrics: "
                + "memfuse_buffered_messages."),
        CPU("Processors used by this program, in percent of all of the machine. Of the last complete second. "
                + "OpenTelemetry: jvm.cpu.recent_utilization; Micrometer: process.cpu.usage."),
        HEAP("Heap in use after the last garbage collection, in MB of 2^20 bytes. OpenTelemetry: "
                + "jvm.memory.used_after_last_gc; Micrometer: jvm.gc.live.data.size.");

        private static final String LATENCY = "Of the last complete second; with ~ when there were too few. In "
                + "/metrics: memfuse_operation_duration_seconds.";

        private final String meaning;

        Tile(String meaning) {
            this.meaning = meaning;
        }

        /// Returns what the figure is, of which time, and its names in other tools.
        public String meaning() {
            return meaning;
        }
    }

    private final LiveFigures<Tile> figures = new LiveFigures<>(Tile.class);

    LiveTiles() {}

    /// Returns the value of a tile; its caption names the unit.
    public ReadOnlyStringProperty text(Tile tile) {
        return figures.text(tile);
    }

    /// Returns whether the value needs attention.
    public ReadOnlyBooleanProperty alarm(Tile tile) {
        return figures.alarm(tile);
    }

    /// Shows a snapshot.
    ///
    /// @param latencyOperation operation whose latency is shown
    void show(MetricsSnapshot snapshot, Operation latencyOperation) {
        double failures = snapshot.errorsPerSecond();
        figures.set(Tile.THROUGHPUT, Formats.rate(snapshot.callsPerSecond()), false);
        OperationSample sample = snapshot.operation(latencyOperation);
        figures.set(Tile.MEDIAN, latency(sample, 50, sample.p50()), false);
        figures.set(Tile.P99, latency(sample, 99, sample.p99()), false);
        var pool = snapshot.pool();
        figures.set(Tile.POOL, pool.limit() == 0 ? Formats.NONE : pool.active() + " / " + pool.limit(),
                pool.limit() > 0 && pool.active() >= pool.limit());
        figures.set(Tile.WAITING, Formats.count(pool.waiting()), pool.waiting() > 0);
        figures.set(Tile.ERRORS, Formats.rate(failures), failures > 0);
        var buffers = snapshot.buffers();
        figures.set(Tile.BUFFERED, Formats.count((long) buffers.round() + buffers.hybrid() + buffers.inFlight()),
                false);
        var resources = snapshot.resources();
        figures.set(Tile.CPU, Formats.rate(resources.cpu() * 100), false);
        figures.set(Tile.HEAP, Formats.count(resources.heapUsed() >> 20), false);
    }

    private static String latency(OperationSample sample, double percentile, long nanos) {
        return sample.throughput() > 0 ? Numbers.percentile(sample.count(), percentile, nanos / 1e6) : Formats.NONE;
    }
}
