package dev.memfuse.engine.buffer;

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

import dev.memfuse.config.BufferConfig;
import dev.memfuse.engine.Chunk;
import dev.memfuse.engine.EngineException;
import dev.memfuse.engine.SessionKey;
import dev.memfuse.engine.memory.ChunkMaker;
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

    /// Adds a round. The writer whose round triggers a transfer pays for its embedding, and waits when the flush queue
    /// is full; readers and other writers do not.
    ///
    /// @return whether rounds were handed on
    public boolean add(BufferedRound round, BufferConfig config, Function<List<ChunkMaker.Text>, List<Chunk>> embed) {
        RoundBuffer.Transfer transfer = buffers.add(round, config.roundBuffer());
        if (!transfer.rounds().isEmpty()) {
            embedTransferred(transfer.rounds(), embed);
            submit(() -> buffers.takeIfFull(config.hybridBuffer().maxSize()));
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
            LOG.warn("HybridBuffer: rounds stay without vectors: {}", e.getMessage());
        }
    }

    /// Queues what the timers make due.
    public void submitDue(BufferConfig.Performance limits) {
        submit(() -> buffers.takeIfDue(limits, System.nanoTime()));
    }

    private void submit(Supplier<Optional<FlushBatch>> take) {
        flushOrder.lock();
        try {
            take.get().ifPresent(flush::submit);
        } finally {
            flushOrder.unlock();
        }
    }

    /// Queues everything without waiting for it.
    public void submitAll(FlushBatch.Priority priority) {
        submit(() -> buffers.takeEverything(priority));
    }

    /// Stores everything buffered and waits for it.
    ///
    /// @throws EngineException when a batch failed for good; then it is buffered again
    public void drain(FlushBatch.Priority priority) {
        submitAll(priority);
        awaitInFlight();
    }

    /// Waits for what is in flight now.
    public void awaitInFlight() {
        try {
            CompletableFuture.allOf(buffers.pending().toArray(CompletableFuture[]::new)).join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof EngineException cause
                    ? cause
                    : new EngineException("Buffered messages could not be stored; they stay buffered.", "", e);
        }
    }

    /// Removes messages of a session and waits until no copy of them is on its way.
    ///
    /// @return how many were removed before they were stored
    public int removeAndAwait(SessionKey session, Collection<UUID> messageIds) {
        int removed = buffers.remove(session, messageIds);
        awaitInFlight();
        return removed;
    }

    /// The same for a whole session.
    public int removeSessionAndAwait(SessionKey session) {
        int removed = buffers.removeSession(session);
        awaitInFlight();
        return removed;
    }

    /// Whether nothing is buffered or in flight.
    public boolean isEmpty() {
        return buffers.isEmpty();
    }
}
