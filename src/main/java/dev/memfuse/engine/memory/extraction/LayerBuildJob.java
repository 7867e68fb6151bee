package dev.memfuse.engine.memory.extraction;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.LongToDoubleFunction;

import dev.memfuse.background.BackgroundHealth;
import dev.memfuse.background.BackgroundThreads;
import dev.memfuse.engine.DerivedLayer;
import dev.memfuse.engine.ExtractionStatus;
import dev.memfuse.engine.ExtractionStatus.DeadLetter;
import dev.memfuse.engine.LayerBuild;
import dev.memfuse.engine.LayerResult;
import dev.memfuse.engine.exception.EngineException;
import dev.memfuse.engine.spi.LayerStore;
import dev.memfuse.engine.spi.LayerStore.Unbuilt;

/// Queues the rounds of the past for [Extraction], user by user and the oldest first, a few at a time, so that new
/// rounds do not wait long behind them. Rounds whose extraction failed are queued once a run. The progress is in the
/// rows: rounds that were not queued yet stay without the layer, and queued ones are in the work list, which survives a
/// kill.
public final class LayerBuildJob implements LayerBuild, AutoCloseable {
    private static final int PORTION = 32;
    private static final Duration POLL = Duration.ofSeconds(1);

    private final LayerStore store;
    private final Extraction extraction;
    private final LongToDoubleFunction estimate;
    private final BooleanSupplier languageModel;
    private State state = State.IDLE;
    private boolean cancelled;
    private long done;
    private long total;
    private long startedNanos;
    private long runNanos;
    private long failed;
    private String problem = "";

    /// @param estimate returns the estimated seconds that a number of messages takes
    /// @param languageModel returns whether a language model builds the layers
    public LayerBuildJob(LayerStore store, Extraction extraction, LongToDoubleFunction estimate,
            BooleanSupplier languageModel) {
        this.store = store;
        this.extraction = extraction;
        this.estimate = estimate;
        this.languageModel = languageModel;
    }

    @Override
    public Cost cost(DerivedLayer layer) {
        Map<UUID, Unbuilt> unbuilt = store.unbuilt(layer);
        long rounds = rounds(unbuilt);
        long messages = unbuilt.values().stream().mapToLong(Unbuilt::messages).sum();
        return new Cost(rounds, messages, messages == 0 ? 0 : estimate.applyAsDouble(messages),
                languageModel.getAsBoolean() ? rounds : 0);
    }

    private static long rounds(Map<UUID, Unbuilt> unbuilt) {
        return unbuilt.values().stream().mapToLong(Unbuilt::rounds).sum();
    }

    @Override
    public synchronized void start(DerivedLayer layer) {
        if (state == State.RUNNING) {
            return;
        }
        state = State.RUNNING;
        cancelled = false;
        done = 0;
        total = 0;
        failed = 0;
        problem = "";
        startedNanos = System.nanoTime();
        BackgroundThreads.virtual("engine-layer-build").start(() -> run(layer));
    }

    @Override
    public synchronized void cancel() {
        cancelled = true;
    }

    private synchronized boolean isCancelled() {
        return cancelled;
    }

    private void run(DerivedLayer layer) {
        try {
            store.resetFailed(layer);
            Map<UUID, Unbuilt> unbuilt = store.unbuilt(layer);
            counted(rounds(unbuilt));
            for (UUID user : unbuilt.keySet()) {
                build(user, layer);
            }
            if (isCancelled()) {
                end(State.CANCELLED, 0, "");
            } else {
                endDone(layer);
            }
        } catch (EngineException e) {
            end(State.FAILED, 0, String.valueOf(e.getMessage()));
        } catch (Throwable e) {
            BackgroundHealth.report("engine-layer-build", e);
            end(State.FAILED, 0, "Building the layer stopped unexpectedly: " + e);
        }
    }

    private void build(UUID user, DerivedLayer layer) {
        int queued = PORTION;
        while (queued > 0 && !isCancelled()) {
            queued = store.queueUnbuilt(user, layer, PORTION);
            if (queued > 0) {
                extraction.recover(List.of(user));
                awaitExtraction();
                worked(queued);
            }
        }
    }

    /// Lets the work list become empty before the next portion.
    private void awaitExtraction() {
        boolean idle = extraction.awaitIdle(POLL);
        while (!idle && !isCancelled()) {
            idle = extraction.awaitIdle(POLL);
        }
    }

    private synchronized void counted(long rounds) {
        total = rounds;
    }

    private synchronized void worked(int rounds) {
        done += rounds;
    }

    private void endDone(DerivedLayer layer) {
        ExtractionStatus status = store.extractionStatus();
        String reason = status.deadLetters().stream().map(DeadLetter::result)
                .filter(result -> result.layer() == layer).map(LayerResult::note).findFirst().orElse("");
        end(State.DONE, status.of(layer).dead(), reason);
    }

    private synchronized void end(State end, long failedRounds, String reason) {
        state = end;
        failed = failedRounds;
        problem = reason;
        runNanos = System.nanoTime() - startedNanos;
    }

    @Override
    public synchronized Status status() {
        long elapsed = state == State.RUNNING ? System.nanoTime() - startedNanos : runNanos;
        double left = done == 0 ? Double.POSITIVE_INFINITY : elapsed / 1e9 / done * Math.max(0, total - done);
        return new Status(state, done, total, left, failed, problem);
    }

    @Override
    public void close() {
        cancel();
    }
}
