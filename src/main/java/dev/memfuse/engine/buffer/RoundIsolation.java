package dev.memfuse.engine.buffer;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

import dev.memfuse.engine.exception.EngineException;
import dev.memfuse.engine.exception.StatementFailedException;
import org.jspecify.annotations.Nullable;

/// Stores the rounds of a batch although storage refuses some of them for their content: halves the batch until each
/// refused round is alone, and passes it on. The others are stored in their order. An attempt may store rounds that an
/// earlier one stored, which has no effect.
final class RoundIsolation {
    private final Function<FlushBatch, @Nullable EngineException> store;
    private final FlushManager.Target target;

    /// @param store stores a batch and returns the failure, if any
    RoundIsolation(Function<FlushBatch, @Nullable EngineException> store, FlushManager.Target target) {
        this.store = store;
        this.target = target;
    }

    /// Returns whether storage refuses the content and would refuse it again.
    static boolean isOfContent(EngineException failure) {
        return failure instanceof StatementFailedException statement && statement.isOfContent();
    }

    /// Stores all rounds that storage accepts and passes on the others.
    ///
    /// @return the failure that ended the attempt for another reason; null when every round is stored or passed on
    @Nullable
    EngineException store(FlushBatch batch) {
        EngineException failure = store.apply(batch);
        return failure == null || !isOfContent(failure) ? failure : isolate(batch, failure);
    }

    /// Isolates the refused rounds of a batch that storage refused as a whole.
    @Nullable
    EngineException isolate(FlushBatch batch, EngineException refusal) {
        if (batch.rounds().size() == 1) {
            return isolate(batch, batch.rounds().getFirst(), refusal);
        }
        int half = batch.rounds().size() / 2;
        EngineException failure = store(part(batch, batch.rounds().subList(0, half)));
        return failure != null ? failure : store(part(batch, batch.rounds().subList(half, batch.rounds().size())));
    }

    private @Nullable EngineException isolate(FlushBatch batch, PendingRound round, EngineException refusal) {
        if (round instanceof BufferedRound buffered && !buffered.chunks().isEmpty()) {
            // M1 is built again from the messages.
            return store(part(batch, List.of(buffered.withChunks(List.of()))));
        }
        try {
            target.refused(batch, round, refusal);
            return null;
        } catch (EngineException e) {
            return e;
        }
    }

    private static FlushBatch part(FlushBatch batch, List<PendingRound> rounds) {
        return new FlushBatch(batch.userId(), batch.priority(), rounds, new CompletableFuture<>());
    }
}
