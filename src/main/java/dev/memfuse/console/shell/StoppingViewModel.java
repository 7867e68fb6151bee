package dev.memfuse.console.shell;

import java.time.Duration;
import java.util.function.LongSupplier;

import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyDoubleProperty;
import javafx.beans.property.ReadOnlyDoubleWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;

import dev.memfuse.console.fx.Formats;
import dev.memfuse.engine.host.EngineState;
import dev.memfuse.metrics.MetricsSnapshot;
import dev.memfuse.metrics.MetricsSnapshot.BufferSample;
import org.jspecify.annotations.Nullable;

/// How the engine ends after the window was asked to close: what happens, how much is left, how long it may take. Used
/// on the FX thread.
public final class StoppingViewModel {

    /// What becomes of a window that was asked to close.
    public enum Answer {
        /// It stays until the engine has stopped.
        STAY,
        /// It goes now.
        GO
    }

    private final Runnable stop;
    private final LongSupplier nanoTime;
    private final ReadOnlyBooleanWrapper stopping = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper over = new ReadOnlyBooleanWrapper();
    private final ReadOnlyStringWrapper step = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper left = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper fate = new ReadOnlyStringWrapper("");
    private final ReadOnlyDoubleWrapper progress = new ReadOnlyDoubleWrapper();
    private EngineState.@Nullable Stopping now;
    private long since;
    private boolean asked;
    private boolean stopped;

    /// @param stop begins to end the engine in the background and returns at once
    /// @param nanoTime a clock such as [System#nanoTime]
    public StoppingViewModel(Runnable stop, LongSupplier nanoTime) {
        this.stop = stop;
        this.nanoTime = nanoTime;
    }

    /// The user closes the window: the first time the engine is asked to end; who asks again does not wait for it.
    public Answer closeRequested() {
        if (asked || stopped) {
            return Answer.GO;
        }
        asked = true;
        stop.run();
        return Answer.STAY;
    }

    /// Shows a state of the engine.
    public void engineState(EngineState state) {
        stopped = state instanceof EngineState.Stopped;
        over.set(asked && stopped);
        if (state instanceof EngineState.Stopping next && !next.equals(now)) {
            now = next;
            since = nanoTime.getAsLong();
            step.set(next.description());
            progress.set(0);
        }
        stopping.set(state instanceof EngineState.Stopping);
    }

    /// Shows how much is left and how much time is used.
    ///
    /// @param latest what was measured last; null when nothing was
    public void tick(@Nullable MetricsSnapshot latest) {
        EngineState.Stopping running = now;
        if (running == null || !stopping.get()) {
            return;
        }
        Duration used = Duration.ofNanos(nanoTime.getAsLong() - since);
        double limit = Math.max(1, running.limit().toMillis());
        progress.set(Math.clamp(used.toMillis() / limit, 0, 1));
        if (latest != null) {
            showLeft(latest);
        }
    }

    private void showLeft(MetricsSnapshot latest) {
        BufferSample buffers = latest.buffers();
        long messages = (long) buffers.round() + buffers.hybrid() + buffers.inFlight();
        long rounds = latest.journal().rounds();
        if (messages == 0 && rounds == 0) {
            left.set("Everything is stored; the database is being closed.");
            fate.set("");
            return;
        }
        left.set(messages == 0
                ? Formats.count(rounds) + " journaled rounds are left."
                : Formats.count(messages) + " messages are left.");
        fate.set(rounds > 0
                ? "What is not stored by then stays in the journal and is stored at the next start."
                : "What is not stored by then is lost: it is in memory alone.");
    }

    /// Whether the engine is on its way down.
    public ReadOnlyBooleanProperty stoppingProperty() {
        return stopping.getReadOnlyProperty();
    }

    /// Whether the engine has stopped because the window was asked to close: it may go now.
    public ReadOnlyBooleanProperty overProperty() {
        return over.getReadOnlyProperty();
    }

    /// What happens now and how long it may take.
    public ReadOnlyStringProperty stepProperty() {
        return step.getReadOnlyProperty();
    }

    /// How much is left.
    public ReadOnlyStringProperty leftProperty() {
        return left.getReadOnlyProperty();
    }

    /// What becomes of what is not stored in time; empty when nothing is left.
    public ReadOnlyStringProperty fateProperty() {
        return fate.getReadOnlyProperty();
    }

    /// The share of the limit that is used, 0..1.
    public ReadOnlyDoubleProperty progressProperty() {
        return progress.getReadOnlyProperty();
    }
}
