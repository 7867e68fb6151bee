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

/// Shutdown of the engine after the user closes the window: current step, remaining work and time limit.
/// FX thread only.
public final class StoppingViewModel {

    /// Response to a request to close the window.
    public enum Response {
        /// The window stays open until the engine has stopped.
        WAIT,
        /// The window closes now.
        CLOSE
    }

    private final Runnable stop;
    private final LongSupplier nanoTime;
    private final ReadOnlyBooleanWrapper stopping = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper closeable = new ReadOnlyBooleanWrapper();
    private final ReadOnlyStringWrapper step = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper remaining = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper outcome = new ReadOnlyStringWrapper("");
    private final ReadOnlyDoubleWrapper progress = new ReadOnlyDoubleWrapper();
    private EngineState.@Nullable Stopping now;
    private long since;
    private boolean stopRequested;
    private boolean stopped;

    /// @param stop stops the engine in the background and returns immediately
    /// @param nanoTime a clock such as [System#nanoTime]
    public StoppingViewModel(Runnable stop, LongSupplier nanoTime) {
        this.stop = stop;
        this.nanoTime = nanoTime;
    }

    /// Handles a request to close the window: the first one stops the engine, the second closes the window immediately.
    public Response closeRequested() {
        if (stopRequested || stopped) {
            return Response.CLOSE;
        }
        stopRequested = true;
        stop.run();
        return Response.WAIT;
    }

    /// Applies a state of the engine.
    public void engineState(EngineState state) {
        stopped = state instanceof EngineState.Stopped;
        closeable.set(stopRequested && stopped);
        if (state instanceof EngineState.Stopping next && !next.equals(now)) {
            now = next;
            since = nanoTime.getAsLong();
            step.set(next.description());
            progress.set(0);
        }
        stopping.set(state instanceof EngineState.Stopping);
    }

    /// Updates the remaining work and the used time.
    ///
    /// @param latest the newest snapshot; null before the first
    public void tick(@Nullable MetricsSnapshot latest) {
        EngineState.Stopping running = now;
        if (running == null || !stopping.get()) {
            return;
        }
        Duration used = Duration.ofNanos(nanoTime.getAsLong() - since);
        double limit = Math.max(1, running.limit().toMillis());
        progress.set(Math.clamp(used.toMillis() / limit, 0, 1));
        if (latest != null) {
            showRemaining(latest);
        }
    }

    private void showRemaining(MetricsSnapshot latest) {
        BufferSample buffers = latest.buffers();
        long messages = (long) buffers.round() + buffers.hybrid() + buffers.inFlight();
        long rounds = latest.journal().rounds();
        if (messages == 0 && rounds == 0) {
            remaining.set("Everything is stored. Closing the database.");
            outcome.set("");
            return;
        }
        remaining.set(messages == 0
                ? Formats.count(rounds) + " journaled rounds remain."
                : Formats.count(messages) + " messages remain.");
        outcome.set(rounds > 0
                ? "Rounds that are not stored in time stay in the journal and are stored at the next start."
                : "Messages that are not stored in time are lost: they are only in memory.");
    }

    /// Returns whether the engine is stopping.
    public ReadOnlyBooleanProperty stoppingProperty() {
        return stopping.getReadOnlyProperty();
    }

    /// Returns whether the engine has stopped after a request to close the window.
    public ReadOnlyBooleanProperty closeableProperty() {
        return closeable.getReadOnlyProperty();
    }

    /// Returns the current step and its time limit.
    public ReadOnlyStringProperty stepProperty() {
        return step.getReadOnlyProperty();
    }

    /// Returns the amount of remaining work.
    public ReadOnlyStringProperty remainingProperty() {
        return remaining.getReadOnlyProperty();
    }

    /// Returns the outcome for data that is not stored in time; empty when nothing remains.
    public ReadOnlyStringProperty outcomeProperty() {
        return outcome.getReadOnlyProperty();
    }

    /// Returns the used share of the time limit, 0..1.
    public ReadOnlyDoubleProperty progressProperty() {
        return progress.getReadOnlyProperty();
    }
}
