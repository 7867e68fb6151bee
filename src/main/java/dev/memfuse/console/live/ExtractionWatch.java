package dev.memfuse.console.live;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

import dev.memfuse.console.fx.FxThread;
import dev.memfuse.console.fx.FxTicker;
import dev.memfuse.console.fx.TaskRunner;
import dev.memfuse.engine.ExtractionStatus;
import dev.memfuse.engine.ExtractionStatus.LayerBacklog;
import dev.memfuse.engine.MemoryEngine;
import dev.memfuse.metrics.ExtractionStats;
import dev.memfuse.metrics.MetricsHub;
import org.jspecify.annotations.Nullable;

/// Polls the work list of extraction from the engine while the page is visible; unlike the other figures it is stored
/// in the database only. FX thread only; the query runs off the FX thread.
final class ExtractionWatch {
    /// Long, because each query takes one of the measured connections.
    private static final Duration PERIOD = Duration.ofSeconds(5);

    private final Supplier<Optional<MemoryEngine>> engine;
    private final TaskRunner tasks;
    private final MetricsHub hub;
    private final Clock clock;
    private final ToDoubleFunction<ExtractionStats.Counts> cost;
    private final Consumer<LiveExtraction> shown;
    private ExtractionStats.Counts before = ExtractionStats.Counts.NONE;
    private long beforeNanos;
    private @Nullable FxTicker ticker;
    private boolean querying;

    /// @param clock the clock of the ages
    /// @param cost returns the cost of the language model for 1,000 turns, in cents
    /// @param shown receives each state
    ExtractionWatch(Supplier<Optional<MemoryEngine>> engine, TaskRunner tasks, MetricsHub hub, Clock clock,
            ToDoubleFunction<ExtractionStats.Counts> cost, Consumer<LiveExtraction> shown) {
        this.engine = engine;
        this.tasks = tasks;
        this.hub = hub;
        this.clock = clock;
        this.cost = cost;
        this.shown = shown;
    }

    void start() {
        stop();
        ticker = new FxTicker(PERIOD, FxThread.EXECUTOR, this::poll);
    }

    void stop() {
        if (ticker != null) {
            ticker.close();
            ticker = null;
        }
    }

    /// Starts a query, unless the previous one is still running: the database may be unreachable.
    void poll() {
        if (querying) {
            return;
        }
        querying = true;
        tasks.call("read the work list", () -> engine.get().map(MemoryEngine::extractionStatus))
                .onSuccess(status -> {
                    querying = false;
                    status.ifPresent(this::show);
                }).onFailure(_ -> querying = false).start();
    }

    private void show(ExtractionStatus status) {
        ExtractionStats.Counts now = hub.extraction().counts();
        long nanos = System.nanoTime();
        double perSecond = beforeNanos == 0
                ? 0
                : now.since(before).total().built() * 1e9 / Math.max(1, nanos - beforeNanos);
        before = now;
        beforeNanos = nanos;
        int failed = status.layers().values().stream().mapToInt(LayerBacklog::dead).sum();
        Optional<Instant> oldest = status.layers().values().stream().flatMap(layer -> layer.oldest().stream())
                .min(Instant::compareTo);
        double age = oldest.map(at -> Math.max(0, Duration.between(at, clock.instant()).toMillis() / 1e3)).orElse(0.0);
        double cents = cost.applyAsDouble(now);
        shown.accept(new LiveExtraction(failed, age, perSecond, now, Double.isNaN(cents) ? 0 : cents));
    }
}
