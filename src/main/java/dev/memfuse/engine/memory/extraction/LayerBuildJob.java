package dev.memfuse.engine.memory.extraction;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.IntSupplier;
import java.util.function.LongToDoubleFunction;
import java.util.function.Supplier;

import dev.memfuse.background.BackgroundHealth;
import dev.memfuse.background.BackgroundThreads;
import dev.memfuse.config.section.LlmConfig;
import dev.memfuse.config.section.LlmProvider;
import dev.memfuse.engine.DerivedLayer;
import dev.memfuse.engine.ExtractionStatus;
import dev.memfuse.engine.ExtractionStatus.DeadLetter;
import dev.memfuse.engine.LayerBuild;
import dev.memfuse.engine.LayerResult;
import dev.memfuse.engine.exception.EngineException;
import dev.memfuse.engine.spi.LayerBuildStore;
import dev.memfuse.engine.spi.LayerBuildStore.MadeByRules;
import dev.memfuse.engine.spi.LayerBuildStore.Unbuilt;
import dev.memfuse.engine.spi.WorkStore;

/// Queues the rounds of the past for [Extraction], user by user and the oldest first, a few at a time, so that new
/// rounds do not wait long behind them. Rounds whose extraction failed are queued once a run. The progress is in the
/// rows: rounds that were not queued yet stay without the layer, and queued ones are in the work list, which survives a
/// kill.
public final class LayerBuildJob implements LayerBuild, AutoCloseable {
    private static final int PORTION = 32;
    /// Facts of queued rounds are removed until they are extracted again: few at a time.
    private static final int PORTION_AGAIN = 8;
    /// Estimates of a call: tokens of its task and of its answer, and characters of a token.
    private static final int TASK_TOKENS = 250;
    private static final int ANSWER_TOKENS = 150;
    private static final double CHARACTERS_PER_TOKEN = 4;
    private static final Duration POLL = Duration.ofSeconds(1);

    private final LayerBuildStore store;
    private final WorkStore work;
    private final Extraction extraction;
    private final LongToDoubleFunction estimate;
    private final Supplier<LlmConfig> llm;
    private State state = State.IDLE;
    private boolean cancelled;
    private long done;
    private long total;
    private long startedNanos;
    private long runNanos;
    private long failed;
    private String problem = "";

    /// @param estimate returns the estimated seconds that a number of messages takes
    /// @param llm the settings of the language model in force
    public LayerBuildJob(LayerBuildStore store, WorkStore work, Extraction extraction, LongToDoubleFunction estimate,
            Supplier<LlmConfig> llm) {
        this.store = store;
        this.work = work;
        this.extraction = extraction;
        this.estimate = estimate;
        this.llm = llm;
    }

    @Override
    public Cost cost(DerivedLayer layer, Scope scope) {
        Map<UUID, Unbuilt> unbuilt = selection(layer, scope).users();
        long rounds = rounds(unbuilt);
        long messages = unbuilt.values().stream().mapToLong(Unbuilt::messages).sum();
        long characters = unbuilt.values().stream().mapToLong(Unbuilt::characters).sum();
        LlmConfig now = llm.get();
        boolean model = now.provider() != LlmProvider.LOCAL;
        double prompts = rounds * (double) TASK_TOKENS + characters / CHARACTERS_PER_TOKEN;
        double cents = (prompts * now.promptPrice() + rounds * (double) ANSWER_TOKENS * now.answerPrice()) / 1e6;
        return new Cost(rounds, messages, messages == 0 ? 0 : estimate.applyAsDouble(messages), model ? rounds : 0,
                model ? cents : 0);
    }

    /// Returns the rounds of a scope; those that are built later do not belong to it.
    private MadeByRules selection(DerivedLayer layer, Scope scope) {
        return switch (scope) {
            case MISSING -> new MadeByRules(store.unbuilt(layer), Instant.EPOCH);
            case MADE_BY_RULES -> store.madeByRules(layer);
        };
    }

    private static long rounds(Map<UUID, Unbuilt> unbuilt) {
        return unbuilt.values().stream().mapToLong(Unbuilt::rounds).sum();
    }

    @Override
    public synchronized void start(DerivedLayer layer, Scope scope) {
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
        BackgroundThreads.virtual("engine-layer-build").start(() -> run(layer, scope));
    }

    @Override
    public synchronized void cancel() {
        cancelled = true;
    }

    private synchronized boolean isCancelled() {
        return cancelled;
    }

    private void run(DerivedLayer layer, Scope scope) {
        try {
            if (scope == Scope.MISSING) {
                store.resetFailed(layer);
            }
            MadeByRules selection = selection(layer, scope);
            counted(rounds(selection.users()));
            for (UUID user : selection.users().keySet()) {
                build(user, () -> switch (scope) {
                    case MISSING -> store.queueUnbuilt(user, layer, PORTION);
                    case MADE_BY_RULES -> store.queueMadeByRules(user, layer, selection.at(), PORTION_AGAIN);
                });
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

    private void build(UUID user, IntSupplier queue) {
        int queued = 1;
        while (queued > 0 && !isCancelled()) {
            queued = queue.getAsInt();
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
        ExtractionStatus status = work.status();
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
