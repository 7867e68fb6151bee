package dev.memfuse.console.live;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.value.ObservableValue;

import dev.memfuse.config.section.BufferConfig;
import dev.memfuse.engine.MemoryEngine;
import dev.memfuse.load.recording.Manifest;
import dev.memfuse.load.recording.RecordingException;
import dev.memfuse.load.recording.Recordings;
import dev.memfuse.metrics.ExtractionStats;
import dev.memfuse.metrics.MetricsHub;
import dev.memfuse.metrics.MetricsSnapshot;
import dev.memfuse.metrics.alert.MetricLimit;
import dev.memfuse.metrics.span.TimeSpan;
import org.jspecify.annotations.Nullable;

/// Data sources of the Live page.
///
/// @param buffers the buffer settings in force
/// @param engine the engine; empty while it is not running
/// @param cost returns the cost of the language model for 1,000 turns, in cents
/// @param shown snapshot that the status bar shows; the tiles show the same
/// @param limits returns the limits of alert rules and objectives, which the charts show
/// @param recordings recorded loads and observations, of which one can lie beneath the charts
/// @param observe records what was measured in a span; blocks, and throws a [RecordingException] with the reason
public record LiveSources(MetricsHub hub, Supplier<BufferConfig> buffers, Supplier<Optional<MemoryEngine>> engine,
        Clock clock, ToDoubleFunction<ExtractionStats.Counts> cost, ObservableValue<@Nullable MetricsSnapshot> shown,
        Supplier<List<MetricLimit>> limits, Recordings recordings, Function<TimeSpan, Manifest> observe) {

    /// Creates sources without a status bar, whose tiles show the newest snapshot, that record nothing.
    public LiveSources(MetricsHub hub, Supplier<BufferConfig> buffers, Supplier<Optional<MemoryEngine>> engine,
            Clock clock, Recordings recordings) {
        this(hub, buffers, engine, clock, _ -> 0, new SimpleObjectProperty<>(), List::of, recordings, _ -> {
            throw new RecordingException("Nothing is recorded here.");
        });
    }
}
