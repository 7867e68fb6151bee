package dev.memfuse.console.live;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntConsumer;
import java.util.function.Supplier;

import dev.memfuse.console.fx.FxThread;
import dev.memfuse.console.fx.FxTicker;
import dev.memfuse.console.fx.TaskRunner;
import dev.memfuse.engine.ExtractionStatus.LayerBacklog;
import dev.memfuse.engine.MemoryEngine;
import org.jspecify.annotations.Nullable;

/// Polls the number of failed extraction items from the engine while the page is visible; unlike the other figures it
/// is stored in the database only. FX thread only; the query runs off the FX thread.
final class ExtractionWatch {
    /// Long, because each query takes one of the measured connections.
    private static final Duration PERIOD = Duration.ofSeconds(5);

    private final Supplier<Optional<MemoryEngine>> engine;
    private final TaskRunner tasks;
    private final IntConsumer failedItems;
    private @Nullable FxTicker ticker;
    private boolean querying;

    /// @param failedItems receives the number of items that failed after all retries
    ExtractionWatch(Supplier<Optional<MemoryEngine>> engine, TaskRunner tasks, IntConsumer failedItems) {
        this.engine = engine;
        this.tasks = tasks;
        this.failedItems = failedItems;
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
        tasks.call("read the work list", this::countFailed).onSuccess(items -> {
            querying = false;
            items.ifPresent(failedItems);
        }).onFailure(_ -> querying = false).start();
    }

    private OptionalInt countFailed() {
        return engine.get().map(MemoryEngine::extractionStatus)
                .map(status -> OptionalInt.of(status.layers().values().stream().mapToInt(LayerBacklog::dead).sum()))
                .orElseGet(OptionalInt::empty);
    }
}
