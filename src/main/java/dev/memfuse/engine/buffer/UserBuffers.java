package dev.memfuse.engine.buffer;

import java.util.ArrayList;
import java.util.Collection;
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
import dev.memfuse.engine.SessionKey;

/// The buffers of one user behind one lock that is held for memory operations only: never across a model call, a
/// statement, or a wait for the queue. A round is in exactly one of RoundBuffer, HybridBuffer and in-flight set until
/// it is stored, so a reader sees every acknowledged message at each instant.
public final class UserBuffers {
    /// What one transaction may hold: after a long outage a user may have much more.
    private static final int MAX_BATCH_MESSAGES = 2_000;

    private final UUID userId;
    private final RoundBuffer roundBuffer = new RoundBuffer();
    private final HybridBuffer hybridBuffer = new HybridBuffer();
    private final Set<FlushBatch> inFlight = new LinkedHashSet<>();
    private long lastWriteNanos = System.nanoTime();

    public UserBuffers(UUID userId) {
        this.userId = userId;
    }

    /// Adds a round; what the RoundBuffer hands on is in the HybridBuffer when this returns.
    synchronized RoundBuffer.Transfer add(BufferedRound round, BufferConfig.RoundBuffer limits) {
        lastWriteNanos = System.nanoTime();
        RoundBuffer.Transfer transfer = roundBuffer.add(round, limits);
        hybridBuffer.add(transfer.rounds(), lastWriteNanos);
        return transfer;
    }

    synchronized void attach(Map<UUID, BufferedRound> embedded) {
        hybridBuffer.attach(embedded);
    }

    /// Takes the HybridBuffer's rounds for a flush when there are at least so many.
    synchronized Optional<FlushBatch> takeIfFull(int maxSize) {
        return hybridBuffer.rounds().size() >= maxSize ? take(FlushBatch.Priority.NORMAL) : Optional.empty();
    }

    /// Takes what the timers make due: the HybridBuffer by its age, everything by the time without a write.
    synchronized Optional<FlushBatch> takeIfDue(BufferConfig.Performance limits, long nowNanos) {
        if (!roundBuffer.rounds().isEmpty() && nowNanos - lastWriteNanos >= limits.forceFlushTimeout().toNanos()) {
            return takeEverything(FlushBatch.Priority.HIGH);
        }
        return !hybridBuffer.rounds().isEmpty() && hybridBuffer.ageNanos(nowNanos) >= limits.flushInterval().toNanos()
                ? take(FlushBatch.Priority.LOW)
                : Optional.empty();
    }

    /// Puts rounds of an earlier process back, oldest first, before anything is added.
    public synchronized void recover(List<BufferedRound> rounds) {
        hybridBuffer.add(rounds, System.nanoTime());
    }

    /// Takes the oldest of both buffers, RoundBuffer included; call it again until nothing is left.
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

    /// The batch is stored.
    public void stored(FlushBatch batch) {
        synchronized (this) {
            inFlight.remove(batch);
        }
        batch.done().complete(null);
    }

    /// The batch could not be stored: its rounds are buffered again, before all others.
    public void restore(FlushBatch batch, Throwable cause) {
        synchronized (this) {
            inFlight.remove(batch);
            hybridBuffer.restore(batch.rounds(), System.nanoTime());
        }
        batch.done().completeExceptionally(cause);
    }

    /// Completion of every batch that is in flight now.
    synchronized List<CompletableFuture<Void>> pending() {
        return inFlight.stream().map(FlushBatch::done).toList();
    }

    /// Buffered messages, oldest first.
    public synchronized List<Message> messages(Predicate<Message> wanted) {
        Stream<Message> flying = inFlight.stream().flatMap(batch -> batch.rounds().stream())
                .flatMap(round -> round.read(Message.Origin.IN_FLIGHT));
        Stream<Message> hybrid = hybridBuffer.rounds().stream()
                .flatMap(round -> round.read(Message.Origin.HYBRID_BUFFER));
        Stream<Message> rounds = roundBuffer.rounds().stream()
                .flatMap(round -> round.read(Message.Origin.ROUND_BUFFER));
        return Stream.concat(Stream.concat(flying, hybrid), rounds).filter(wanted).toList();
    }

    /// Removes messages of a session from both buffers; those in flight are stored first and deleted there.
    synchronized Removal remove(SessionKey session, Collection<UUID> messageIds) {
        return edit(round -> round.session().equals(session) ? round.without(messageIds) : round);
    }

    /// Removes a whole session from both buffers.
    synchronized Removal removeSession(SessionKey session) {
        return edit(round -> round.session().equals(session)
                ? round.without(round.messages().stream().map(message -> message.id()).toList())
                : round);
    }

    private Removal edit(UnaryOperator<BufferedRound> change) {
        Set<Long> before = places();
        int messages = messageCount(roundBuffer.rounds()) + messageCount(hybridBuffer.rounds());
        roundBuffer.replace(edited(roundBuffer.rounds(), change));
        hybridBuffer.replace(edited(hybridBuffer.rounds(), change));
        before.removeAll(places());
        return new Removal(messages - messageCount(roundBuffer.rounds()) - messageCount(hybridBuffer.rounds()),
                List.copyOf(before));
    }

    /// The places of the buffered rounds in the journal.
    private Set<Long> places() {
        return Stream.concat(roundBuffer.rounds().stream(), hybridBuffer.rounds().stream()).map(BufferedRound::lsn)
                .filter(lsn -> lsn > 0).collect(Collectors.toCollection(HashSet::new));
    }

    /// What was removed before it was stored.
    ///
    /// @param messages how many
    /// @param emptied places in the journal of rounds of which nothing is left
    public record Removal(int messages, List<Long> emptied) {}

    private static List<BufferedRound> edited(List<BufferedRound> rounds, UnaryOperator<BufferedRound> change) {
        return new ArrayList<>(
                rounds.stream().map(change).filter(round -> !round.messages().isEmpty()).toList());
    }

    private static int messageCount(List<BufferedRound> rounds) {
        // Plain, since the gauges ask this of every user ten times a second.
        int count = 0;
        for (BufferedRound round : rounds) {
            count += round.messages().size();
        }
        return count;
    }

    /// Whether nothing is buffered or in flight.
    public synchronized boolean isEmpty() {
        return roundBuffer.rounds().isEmpty() && hybridBuffer.rounds().isEmpty() && inFlight.isEmpty();
    }

    /// Messages in RoundBuffer, HybridBuffer and in flight.
    public synchronized Depth depth() {
        int flying = 0;
        for (FlushBatch batch : inFlight) {
            flying += messageCount(batch.rounds());
        }
        return new Depth(messageCount(roundBuffer.rounds()), messageCount(hybridBuffer.rounds()), flying);
    }

    /// Numbers of buffered messages.
    public record Depth(int round, int hybrid, int inFlight) {
        /// Messages that no flush has taken yet.
        int waiting() {
            return round + hybrid;
        }
    }
}
