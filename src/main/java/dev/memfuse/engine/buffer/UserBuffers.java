package dev.memfuse.engine.buffer;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.memfuse.config.section.BufferConfig;
import dev.memfuse.engine.Message;
import dev.memfuse.engine.NewMessage;
import dev.memfuse.engine.SessionKey;
import dev.memfuse.engine.exception.EngineException;

/// Buffers of one user behind one lock, which is held during memory operations only: never during a model call, a
/// statement or a wait for the queue. A round is in exactly one of RoundBuffer, HybridBuffer and in-flight set until it
/// is stored, so a reader sees every acknowledged message at each instant. Thread-safe.
public final class UserBuffers {
    /// Maximum number of messages in a batch; after a long outage a user may have more.
    private static final int MAX_BATCH_MESSAGES = 2_000;

    private final UUID userId;
    private final RoundBuffer roundBuffer = new RoundBuffer();
    private final HybridBuffer hybridBuffer = new HybridBuffer();
    private final Set<FlushBatch> inFlight = new LinkedHashSet<>();
    /// Rounds whose writers wait until they are stored, each with its refusal.
    private final Map<UUID, Optional<EngineException>> awaited = new HashMap<>();
    private long lastWriteNanos = System.nanoTime();

    public UserBuffers(UUID userId) {
        this.userId = userId;
    }

    /// Adds a round and moves the rounds that the RoundBuffer transfers to the HybridBuffer.
    synchronized RoundBuffer.Transfer add(BufferedRound round, BufferConfig.RoundBufferConfig limits) {
        lastWriteNanos = System.nanoTime();
        RoundBuffer.Transfer transfer = roundBuffer.add(round, limits);
        hybridBuffer.add(transfer.rounds(), lastWriteNanos);
        return transfer;
    }

    /// Records that the writer of a round waits until it is stored, so that it is not acknowledged before.
    public synchronized void await(UUID roundId) {
        awaited.put(roundId, Optional.empty());
    }

    /// Records that storage refused a round.
    ///
    /// @return whether its writer waits and receives the refusal; otherwise the round is acknowledged and must be kept
    public synchronized boolean refuse(UUID roundId, EngineException cause) {
        return awaited.replace(roundId, Optional.of(cause)) != null;
    }

    /// Ends [#await] and returns the refusal of the round, if any.
    public synchronized Optional<EngineException> endAwait(UUID roundId) {
        return Optional.ofNullable(awaited.remove(roundId)).flatMap(refusal -> refusal);
    }

    /// Replaces rounds in the HybridBuffer by their embedded versions.
    synchronized void attach(Map<UUID, BufferedRound> embedded) {
        hybridBuffer.attach(embedded);
    }

    /// Takes a batch from the HybridBuffer when it holds at least `maxSize` rounds.
    synchronized Optional<FlushBatch> takeIfFull(int maxSize) {
        return hybridBuffer.rounds().size() >= maxSize ? take(FlushBatch.Priority.NORMAL) : Optional.empty();
    }

    /// Takes a batch that is due: of both buffers after a time without a write, or of the HybridBuffer by its age.
    ///
    /// @param nowNanos on the clock of [System#nanoTime]
    synchronized Optional<FlushBatch> takeIfDue(BufferConfig.PerformanceConfig limits, long nowNanos) {
        if (!roundBuffer.rounds().isEmpty() && nowNanos - lastWriteNanos >= limits.forceFlushTimeout().toNanos()) {
            return takeEverything(FlushBatch.Priority.HIGH);
        }
        return !hybridBuffer.rounds().isEmpty() && hybridBuffer.ageNanos(nowNanos) >= limits.flushInterval().toNanos()
                ? take(FlushBatch.Priority.LOW)
                : Optional.empty();
    }

    /// Restores rounds of an earlier process, oldest first, before any round is added.
    public synchronized void recover(List<BufferedRound> rounds) {
        hybridBuffer.add(rounds, System.nanoTime());
    }

    /// Takes a batch of the oldest rounds of both buffers. Callers repeat it until it returns empty.
    synchronized Optional<FlushBatch> takeEverything(FlushBatch.Priority priority) {
        hybridBuffer.add(roundBuffer.takeAll(), System.nanoTime());
        return take(priority);
    }

    private Optional<FlushBatch> take(FlushBatch.Priority priority) {
        List<BufferedRound> taken = hybridBuffer.take(MAX_BATCH_MESSAGES);
        if (taken.isEmpty()) {
            return Optional.empty();
        }
        FlushBatch batch = new FlushBatch(userId, priority, taken, new CompletableFuture<>());
        inFlight.add(batch);
        return Optional.of(batch);
    }

    /// Removes a batch from the in-flight set after it was stored.
    public void stored(FlushBatch batch) {
        synchronized (this) {
            inFlight.remove(batch);
        }
        batch.done().complete(null);
    }

    /// Returns the rounds of a batch that could not be stored to the buffer, before all others.
    public void restore(FlushBatch batch, Throwable cause) {
        synchronized (this) {
            inFlight.remove(batch);
            hybridBuffer.restore(batch.rounds(), System.nanoTime());
        }
        batch.done().completeExceptionally(cause);
    }

    /// Returns the completion of each batch in flight.
    synchronized List<CompletableFuture<Void>> pending() {
        return inFlight.stream().map(FlushBatch::done).toList();
    }

    /// Returns buffered messages that match, oldest first.
    public synchronized List<Message> messages(Predicate<Message> filter) {
        Stream<Message> flights = inFlight.stream().flatMap(batch -> batch.rounds().stream())
                .flatMap(round -> round.read(Message.Origin.IN_FLIGHT));
        Stream<Message> hybrid = hybridBuffer.rounds().stream()
                .flatMap(round -> round.read(Message.Origin.HYBRID_BUFFER));
        Stream<Message> rounds = roundBuffer.rounds().stream()
                .flatMap(round -> round.read(Message.Origin.ROUND_BUFFER));
        return Stream.concat(Stream.concat(flights, hybrid), rounds).filter(filter).toList();
    }

    /// Removes messages of a session from both buffers. Messages in flight are not removed: they are stored, then
    /// deleted from storage.
    synchronized Removal remove(SessionKey session, Collection<UUID> messageIds) {
        return edit(round -> round.session().equals(session) ? round.without(messageIds) : round);
    }

    /// Removes a session from both buffers.
    synchronized Removal removeSession(SessionKey session) {
        return edit(round -> round.session().equals(session)
                ? round.without(round.messages().stream().map(NewMessage::id).toList())
                : round);
    }

    private Removal edit(UnaryOperator<BufferedRound> change) {
        Set<Long> emptied = lsns();
        int messages = messageCount(roundBuffer.rounds()) + messageCount(hybridBuffer.rounds());
        roundBuffer.replace(edited(roundBuffer.rounds(), change));
        hybridBuffer.replace(edited(hybridBuffer.rounds(), change));
        emptied.removeAll(lsns());
        return new Removal(messages - messageCount(roundBuffer.rounds()) - messageCount(hybridBuffer.rounds()),
                List.copyOf(emptied));
    }

    /// Returns the journal's sequence numbers of the buffered rounds.
    private Set<Long> lsns() {
        return Stream.concat(roundBuffer.rounds().stream(), hybridBuffer.rounds().stream()).map(BufferedRound::lsn)
                .filter(lsn -> lsn > 0).collect(Collectors.toCollection(HashSet::new));
    }

    /// Result of a removal from the buffers.
    ///
    /// @param messages number of removed messages
    /// @param emptied journal's sequence numbers of rounds without remaining messages
    public record Removal(int messages, List<Long> emptied) {}

    private static List<BufferedRound> edited(List<BufferedRound> rounds, UnaryOperator<BufferedRound> change) {
        return new ArrayList<>(
                rounds.stream().map(change).filter(round -> !round.messages().isEmpty()).toList());
    }

    private static int messageCount(List<BufferedRound> rounds) {
        // A loop without streams, since the gauges call this for every user ten times a second.
        int count = 0;
        for (BufferedRound round : rounds) {
            count += round.messages().size();
        }
        return count;
    }

    /// Returns whether no message is buffered or in flight.
    public synchronized boolean isEmpty() {
        return roundBuffer.rounds().isEmpty() && hybridBuffer.rounds().isEmpty() && inFlight.isEmpty();
    }

    /// Returns the numbers of messages in RoundBuffer, HybridBuffer and in flight.
    public synchronized Depth depth() {
        int inFlightMessages = 0;
        for (FlushBatch batch : inFlight) {
            inFlightMessages += messageCount(batch.rounds());
        }
        return new Depth(messageCount(roundBuffer.rounds()), messageCount(hybridBuffer.rounds()), inFlightMessages);
    }

    /// Numbers of buffered messages.
    public record Depth(int round, int hybrid, int inFlight) {
        /// Returns the number of messages that no flush has taken yet.
        int unflushed() {
            return round + hybrid;
        }
    }
}
