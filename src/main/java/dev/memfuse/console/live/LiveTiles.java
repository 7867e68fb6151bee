package dev.memfuse.console.live;

import java.util.EnumMap;
import java.util.Map;

import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;

import dev.memfuse.console.fx.Formats;
import dev.memfuse.metrics.MetricsSnapshot;
import dev.memfuse.metrics.MetricsSnapshot.OperationSample;
import dev.memfuse.metrics.Operation;

/// The numbers of this moment, as text.
public final class LiveTiles {

    /// One number each.
    public enum Tile {
        THROUGHPUT,
        MEDIAN,
        P99,
        POOL,
        WAITING,
        ERRORS,
        BUFFERED,
        CPU,
        HEAP
    }

    private final Map<Tile, ReadOnlyStringWrapper> texts = new EnumMap<>(Tile.class);
    private final Map<Tile, ReadOnlyBooleanWrapper> alarms = new EnumMap<>(Tile.class);

    LiveTiles() {
        for (Tile tile : Tile.values()) {
            texts.put(tile, new ReadOnlyStringWrapper(this, tile.name(), Formats.NONE));
            alarms.put(tile, new ReadOnlyBooleanWrapper(this, tile.name(), false));
        }
    }

    /// The number; its caption names the unit.
    public ReadOnlyStringProperty text(Tile tile) {
        return of(texts, tile).getReadOnlyProperty();
    }

    /// Whether the number asks for attention.
    public ReadOnlyBooleanProperty alarm(Tile tile) {
        return of(alarms, tile).getReadOnlyProperty();
    }

    private static <T> T of(Map<Tile, T> map, Tile tile) {
        T found = map.get(tile);
        if (found == null) {
            throw new IllegalArgumentException("No tile " + tile);
        }
        return found;
    }

    /// Shows a snapshot.
    ///
    /// @param timed whose latency is shown
    void show(MetricsSnapshot snapshot, Operation timed) {
        double rate = 0;
        double failures = snapshot.pool().timeouts();
        for (var entry : snapshot.operations().entrySet()) {
            failures += entry.getValue().errors();
            rate += isOfCaller(entry.getKey()) ? entry.getValue().throughput() : 0;
        }
        set(Tile.THROUGHPUT, Formats.rate(rate), false);
        OperationSample sample = snapshot.operation(timed);
        set(Tile.MEDIAN, latency(sample, sample.p50()), false);
        set(Tile.P99, latency(sample, sample.p99()), false);
        var pool = snapshot.pool();
        set(Tile.POOL, pool.limit() == 0 ? Formats.NONE : pool.active() + " / " + pool.limit(),
                pool.limit() > 0 && pool.active() >= pool.limit());
        set(Tile.WAITING, Formats.count(pool.waiting()), pool.waiting() > 0);
        set(Tile.ERRORS, Formats.rate(failures), failures > 0);
        var buffers = snapshot.buffers();
        set(Tile.BUFFERED, Formats.count((long) buffers.round() + buffers.hybrid() + buffers.inFlight()), false);
        var resources = snapshot.resources();
        set(Tile.CPU, Formats.rate(resources.cpu() * 100), false);
        set(Tile.HEAP, Formats.count(resources.heapUsed() >> 20), false);
    }

    private static boolean isOfCaller(Operation operation) {
        return operation != Operation.FLUSH && operation != Operation.EXTRACT;
    }

    private static String latency(OperationSample sample, long nanos) {
        return sample.throughput() > 0 ? Formats.millis(nanos / 1e6) : Formats.NONE;
    }

    private void set(Tile tile, String text, boolean alarm) {
        of(texts, tile).set(text);
        of(alarms, tile).set(alarm);
    }
}
