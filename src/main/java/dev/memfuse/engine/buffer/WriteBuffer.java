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

import dev.memfuse.config.section.BufferConfig;
import dev.memfuse.config.section.Durability;
import dev.memfuse.config.section.EmbedAt;
import dev.memfuse.engine.SessionKey;
import dev.memfuse.engine.exception.EngineException;
import dev.memfuse.engine.memory.episodic.ChunkMaker;
import dev.memfuse.engine.spi.Chunk;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The way of a message through the buffers: RoundBuffer, HybridBuffer with embedding at the transfer, FlushManager.
/// Thread-safe.
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

    /// Adds a round. With `buffer.hybrid_buffer.embedding: transfer` the writer whose round triggers a transfer pays for
    /// its embedding. When the flush queue is full, the writer of a round that is in no journal waits; a journaled round stays in the HybridBuffer, and the journal's own
    /// bound is the one that makes writers wait. Readers and other writers never wait.
    ///
    /// @return whether rounds were handed on
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

    /// Vectors are a help for queries and M1; without them the rounds are as safe as before.
    private void embedTransferred(List<BufferedRound> rounds, Function<List<ChunkMaker.Text>, List<Chunk>> embed) {
        try {
            Map<UUID, BufferedRound> embedded = new HashMap<>();
            for (BufferedRound round : rounds) {
                embedded.put(round.id(),
                        round.withChunks(embed.apply(round.messages().stream().map(ChunkMaker.Text::of).toList())));
            }
            buffers.attach(embedded);
        } catch (EngineException e) {
            LOG.warn("Buffer: rounds stay without vectors: {}", e.getMessage());
        }
    }

    /// Queues the HybridBuffer's rounds when they are many and the queue has room; never waits.
    public void offerIfFull(int maxSize) {
        offer(() -> buffers.takeIfFull(maxSize));
    }

    /// Queues what the timers make due, if the queue has room; never waits.
    public void offerDue(BufferConfig.Performance limits) {
        offer(() -> buffers.takeIfDue(limits, System.nanoTime()));
    }

    /// Queues the oldest of everything, if the queue has room; never waits.
    public void offerAll(FlushBatch.Priority priority) {
        offer(() -> buffers.takeEverything(priority));
    }

    /// While somebody else queues this user's batches they would overtake each other; the next tick asks again.
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

    /// Stores everything buffered and waits for it. What is added meanwhile may be left.
    ///
    /// @throws EngineException when a batch failed for good; then it is buffered again
    public void drain(FlushBatch.Priority priority) {
        List<CompletableFuture<Void>> waiting = new ArrayList<>(buffers.pending());
        int left = buffers.depth().waiting();
        while (left > 0 && waiting.stream().noneMatch(CompletableFuture::isCompletedExceptionally)) {
            Optional<FlushBatch> taken = submit(() -> buffers.takeEverything(priority));
            taken.ifPresent(batch -> waiting.add(batch.done()));
            left = taken.isPresent() ? left - taken.get().messageCount() : 0;
        }
        await(waiting);
    }

    /// Waits for what is in flight now.
    public void awaitInFlight() {
        await(buffers.pending());
    }

    private static void await(List<CompletableFuture<Void>> pending) {
        try {
            CompletableFuture.allOf(pending.toArray(CompletableFuture[]::new)).join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof EngineException cause
                    ? cause
                    : new EngineException("Buffered messages could not be stored; they stay buffered.", "", e);
        }
    }

    /// Removes messages of a session and waits until no copy of them is on its way.
    public UserBuffers.Removal removeAndAwait(SessionKey session, Collection<UUID> messageIds) {
        UserBuffers.Removal removed = buffers.remove(session, messageIds);
        awaitInFlight();
        return removed;
    }

    /// The same for a whole session.
    public UserBuffers.Removal removeSessionAndAwait(SessionKey session) {
        UserBuffers.Removal removed = buffers.removeSession(session);
        awaitInFlight();
        return removed;
    }

    /// Whether nothing is buffered or in flight.
    public boolean isEmpty() {
        return buffers.isEmpty();
    }
}
