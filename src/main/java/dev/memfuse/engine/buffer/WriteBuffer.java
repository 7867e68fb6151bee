package dev.memfuse.engine.buffer;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;

import dev.memfuse.background.BackgroundHealth;
import dev.memfuse.background.EndableCall;
import dev.memfuse.config.section.BufferConfig;
import dev.memfuse.config.section.Durability;
import dev.memfuse.config.section.EmbedAt;
import dev.memfuse.engine.SessionKey;
import dev.memfuse.engine.exception.EngineException;
import dev.memfuse.engine.memory.episodic.ChunkMaker;
import dev.memfuse.engine.spi.Chunk;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Moves the rounds of one user through the buffers: RoundBuffer, HybridBuffer with embedding at the transfer,
/// FlushManager. Thread-safe.
public final class WriteBuffer {
    private static final Logger LOG = LoggerFactory.getLogger(WriteBuffer.class);

    private final UserBuffers buffers;
    private final ReentrantLock flushOrder;
    private final FlushManager flush;

    public WriteBuffer(UserBuffers buffers, ReentrantLock flushOrder, FlushManager flush) {
        this.buffers = buffers;
        this.flushOrder = flushOrder;
        this.flush = flush;
    }

    /// Adds a round. With `buffer.hybrid_buffer.embedding: transfer` the call that triggers a transfer embeds its
    /// rounds. When the flush queue is full, a call without journal blocks; a journaled round stays in the
    /// HybridBuffer, and the size limit of the journal makes writers block. Readers and other writers never block.
    ///
    /// @param embed returns the chunks of a round's texts
    /// @return whether a limit of the RoundBuffer triggered a transfer
    public boolean add(BufferedRound round, BufferConfig config, Function<List<ChunkMaker.Text>, List<Chunk>> embed) {
        RoundBuffer.Transfer transfer = buffers.add(round, config.roundBuffer());
        if (!transfer.rounds().isEmpty()) {
            if (config.hybridBuffer().embedding() == EmbedAt.TRANSFER) {
                embedTransferred(transfer.rounds(), embed);
            }
            int full = config.hybridBuffer().maxSize();
            if (config.durability() == Durability.JOURNAL) {
                offerIfFull(full);
            } else {
                submit(() -> buffers.takeIfFull(full));
            }
        }
        return transfer.triggered();
    }

    /// Embeds transferred rounds. Rounds stay without vectors when that fails: queries and M1 can do without them.
    private void embedTransferred(List<BufferedRound> rounds, Function<List<ChunkMaker.Text>, List<Chunk>> embed) {
        try {
            Map<UUID, BufferedRound> embedded = new HashMap<>();
            for (BufferedRound round : rounds) {
                embedded.put(round.id(),
                        round.withChunks(embed.apply(round.messages().stream().map(ChunkMaker.Text::of).toList())));
            }
            buffers.attach(embedded);
        } catch (EngineException e) {
            LOG.warn("Buffer: rounds could not be embedded: {}", e.getMessage());
        } catch (Throwable e) {
            // The rounds are journaled and buffered: their add must not fail.
            BackgroundHealth.report("engine-buffer", e);
        }
    }

    /// Queues a batch when the HybridBuffer holds at least `maxSize` rounds and the queue has room; never blocks.
    public void offerIfFull(int maxSize) {
        offer(() -> buffers.takeIfFull(maxSize));
    }

    /// Queues a batch that is due, if the queue has room; never blocks.
    public void offerDue(BufferConfig.PerformanceConfig limits) {
        offer(() -> buffers.takeIfDue(limits, System.nanoTime()));
    }

    /// Queues a batch of the oldest rounds of both buffers, if the queue has room; never blocks.
    public void offerAll(FlushBatch.Priority priority) {
        offer(() -> buffers.takeEverything(priority));
    }

    /// Does nothing while another thread queues batches of this user, since they could overtake each other; the next
    /// tick tries again.
    private void offer(Supplier<Optional<FlushBatch>> take) {
        if (flushOrder.tryLock()) {
            try {
                flush.offer(take);
            } finally {
                flushOrder.unlock();
            }
        }
    }

    private Optional<FlushBatch> submit(Supplier<Optional<FlushBatch>> take) {
        flushOrder.lock();
        try {
            Optional<FlushBatch> taken = take.get();
            taken.ifPresent(flush::submit);
            return taken;
        } finally {
            flushOrder.unlock();
        }
    }

    /// Stores all messages that are buffered at the time of the call, and blocks until done.
    ///
    /// @throws EngineException when a batch could not be stored; its messages are then buffered again
    public void drain(FlushBatch.Priority priority) {
        List<CompletableFuture<Void>> pending = new ArrayList<>(buffers.pending());
        int left = buffers.depth().unflushed();
        while (left > 0 && pending.stream().noneMatch(CompletableFuture::isCompletedExceptionally)) {
            Optional<FlushBatch> taken = submit(() -> buffers.takeEverything(priority));
            taken.ifPresent(batch -> pending.add(batch.done()));
            left = taken.isPresent() ? left - taken.get().messageCount() : 0;
        }
        // Others, such as the timer, take batches too: what they took since the list was made is in flight now.
        pending.addAll(buffers.pending());
        awaitEndably(CompletableFuture.allOf(pending.toArray(CompletableFuture[]::new)));
    }

    /// A request whose client has its answer already must not wait, with its place, until a full disk is freed.
    private static void awaitEndably(CompletableFuture<Void> stored) {
        EndableCall call = EndableCall.current();
        if (call == null) {
            join(stored);
            return;
        }
        EngineException ended = new EngineException("The call ended before its messages were stored; they stay "
                + "buffered.");
        if (!call.enter(() -> stored.completeExceptionally(ended))) {
            throw ended;
        }
        try {
            join(stored);
        } finally {
            call.leave();
        }
    }

    /// Waits for the batches in flight.
    public void awaitInFlight() {
        join(CompletableFuture.allOf(buffers.pending().toArray(CompletableFuture[]::new)));
    }

    private static void join(CompletableFuture<Void> stored) {
        try {
            stored.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof EngineException cause
                    ? cause
                    : new EngineException("Buffered messages could not be stored; they stay buffered.", "", e);
        }
    }

    /// Removes messages of a session from the buffers and waits for the batches in flight, which may hold copies. The
    /// caller erased the messages in the journal before.
    public UserBuffers.Removal removeAndAwait(SessionKey session, Collection<UUID> messageIds) {
        UserBuffers.Removal removed = buffers.remove(session, messageIds);
        awaitInFlight();
        return removed;
    }

    /// Removes a session from the buffers and waits for the batches in flight.
    public UserBuffers.Removal removeSessionAndAwait(SessionKey session) {
        UserBuffers.Removal removed = buffers.removeSession(session);
        awaitInFlight();
        return removed;
    }

    /// Returns whether no message is buffered or in flight.
    public boolean isEmpty() {
        return buffers.isEmpty();
    }
}
