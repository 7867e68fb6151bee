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

/// Asks the engine now and then what extraction gave up, while somebody looks: unlike the other figures, only the
/// database knows it. Used on the FX thread; asks away from it.
final class ExtractionWatch {
    /// Seldom, because each question takes a connection from those that are being measured.
    private static final Duration RHYTHM = Duration.ofSeconds(5);

    private final Supplier<Optional<MemoryEngine>> engine;
    private final TaskRunner tasks;
    private final IntConsumer gaveUp;
    private @Nullable FxTicker ticker;
    private boolean asking;

    /// @param gaveUp told the number of items that were given up
    ExtractionWatch(Supplier<Optional<MemoryEngine>> engine, TaskRunner tasks, IntConsumer gaveUp) {
        this.engine = engine;
        this.tasks = tasks;
        this.gaveUp = gaveUp;
    }

    void start() {
        stop();
        ticker = new FxTicker(RHYTHM, FxThread.EXECUTOR, this::ask);
    }

    void stop() {
        if (ticker != null) {
            ticker.close();
            ticker = null;
        }
    }

    /// Asks, unless the last question is still without an answer: the database may be away.
    void ask() {
        if (asking) {
            return;
        }
        asking = true;
        tasks.call("read the work list", this::dead).onSuccess(items -> {
            asking = false;
            items.ifPresent(gaveUp);
        }).onFailure(_ -> asking = false).start();
    }

    private OptionalInt dead() {
        return engine.get().map(MemoryEngine::extractionStatus)
                .map(status -> OptionalInt.of(status.layers().values().stream().mapToInt(LayerBacklog::dead).sum()))
                .orElseGet(OptionalInt::empty);
    }
}
