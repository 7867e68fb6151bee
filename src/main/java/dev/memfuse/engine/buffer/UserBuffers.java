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
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;

import dev.memfuse.config.section.BufferConfig;
import dev.memfuse.engine.Message;
import dev.memfuse.engine.NewMessage;
import dev.memfuse.engine.SessionKey;
import dev.memfuse.engine.exception.EngineException;
import org.jspecify.annotations.Nullable;

/// Buffers of one user behind one lock, which is held during memory operations only: never during a model call, a
/// statement, a read of the journal or a wait for the queue. A round is in exactly one of RoundBuffer, HybridBuffer and
/// in-flight set until it is stored, so a reader sees every acknowledged message at each instant. When the buffers of
/// all users hold many texts, a journaled round enters the HybridBuffer without them. Thread-safe.
public final class UserBuffers {
    /// Maximum number of messages in a batch; after a long outage a user may have more.
    private static final int MAX_BATCH_MESSAGES = 2_000;
    /// Maximum size of the texts of a batch in memory.
    static final long MAX_BATCH_BYTES = 16L << 20;

    private final UUID userId;
    private final RoundBuffer roundBuffer = new RoundBuffer();
    private final JournalReader journal;
    private final TextBudget budget;
    private final HybridBuffer hybridBuffer;
    /// One object for each session of journaled rounds.
    private final Map<SessionKey, SessionKey> sessions = new HashMap<>();
    private final Set<FlushBatch> inFlight = new LinkedHashSet<>();
    /// Rounds whose writers wait until they are stored, each with its refusal.
    private final Map<UUID, Optional<EngineException>> awaited = new HashMap<>();
    private long lastWriteNanos = System.nanoTime();

    /// @param journal reads rounds back that entered the HybridBuffer without their texts
    /// @param budget memory for the texts of journaled rounds, shared by all users
    public UserBuffers(UUID userId, JournalReader journal, TextBudget budget) {
        this.userId = userId;
        this.journal = journal;
        this.budget = budget;
        this.hybridBuffer = new HybridBuffer(budget);
    }

    /// Adds a round and moves the rounds that the RoundBuffer transfers to the HybridBuffer.
    synchronized RoundBuffer.Transfer add(BufferedRound round, BufferConfig.RoundBufferConfig limits) {
        lastWriteNanos = System.nanoTime();
        RoundBuffer.Transfer transfer = roundBuffer.add(round, limits);
        transfer(transfer.rounds(), lastWriteNanos);
        return transfer;
    }

    private void transfer(List<BufferedRound> rounds, long nowNanos) {
        for (BufferedRound round : rounds) {
            hybridBuffer.add(List.of(round.lsn() > 0 && budget.isSpent()
                    ? JournaledRound.of(shared(round.session()), round.lsn(), round.messages())
                    : round), nowNanos);
        }
    }

    private SessionKey shared(SessionKey session) {
        return sessions.computeIfAbsent(session, key -> key);
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

    /// Restores a round of an earlier process, the oldest first, before any round is added.
    ///
    /// @param lsn its log sequence number in the journal
    public synchronized void recover(SessionKey session, long lsn, List<NewMessage> messages) {
        hybridBuffer.add(List.of(JournaledRound.of(shared(session), lsn, messages)), System.nanoTime());
    }

    /// Takes a batch of the oldest rounds of both buffers. Callers repeat it until it returns empty.
    synchronized Optional<FlushBatch> takeEverything(FlushBatch.Priority priority) {
        transfer(roundBuffer.takeAll(), System.nanoTime());
        return take(priority);
    }

    private Optional<FlushBatch> take(FlushBatch.Priority priority) {
        List<PendingRound> taken = hybridBuffer.take(MAX_BATCH_MESSAGES, MAX_BATCH_BYTES);
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
            hybridBuffer.forget(batch.rounds());
            if (hybridBuffer.rounds().isEmpty() && inFlight.isEmpty()) {
                sessions.clear();
            }
        }
        batch.done().complete(null);
    }

    /// Returns the rounds of a batch that could not be stored to the buffer, before all others.
    public void restore(FlushBatch batch, Throwable cause) {
        synchronized (this) {
            inFlight.remove(batch);
            hybridBuffer.forget(batch.rounds());
            hybridBuffer.restore(batch.rounds(), System.nanoTime());
        }
        batch.done().completeExceptionally(cause);
    }

    /// Returns the completion of each batch in flight.
    synchronized List<CompletableFuture<Void>> pending() {
        return inFlight.stream().map(FlushBatch::done).toList();
    }

    /// Returns buffered messages that match, oldest first. Reads journaled rounds back: a message that is stored
    /// meanwhile is left out, so callers that also read the database read it afterwards.
    public List<Message> messages(Predicate<Message> filter) {
        return messages(_ -> true, filter);
    }

    /// Returns the buffered messages of a session, oldest first; see [#messages(Predicate)].
    public List<Message> messages(SessionKey session) {
        return messages(round -> round.session().equals(session), message -> message.session().equals(session));
    }

    /// Returns the buffered messages with these ids, oldest first; see [#messages(Predicate)].
    public List<Message> messages(Set<UUID> ids) {
        Set<Long> halves = JournaledRound.halves(ids);
        return messages(round -> round.mayHold(halves), message -> ids.contains(message.id()));
    }

    /// Returns the buffered messages whose texts are in memory, oldest first. Never blocks.
    public List<Message> messagesInMemory() {
        return messages(_ -> false, _ -> true);
    }

    /// @param candidates selects the journaled rounds that are read back
    private List<Message> messages(Predicate<JournaledRound> candidates, Predicate<Message> filter) {
        List<Found> found = new ArrayList<>();
        synchronized (this) {
            inFlight.forEach(batch -> collect(batch.rounds(), Message.Origin.IN_FLIGHT, candidates, filter, found));
            collect(hybridBuffer.rounds(), Message.Origin.HYBRID_BUFFER, candidates, filter, found);
            collect(roundBuffer.rounds(), Message.Origin.ROUND_BUFFER, candidates, filter, found);
        }
        if (found.isEmpty()) {
            // Most often, at each query.
            return List.of();
        }
        Map<Long, BufferedRound> read = new HashMap<>();
        long[] lsns = found.stream().mapToLong(Found::lsn).filter(lsn -> lsn > 0).sorted().toArray();
        if (lsns.length > 0) {
            journal.read(LongStream.of(lsns), round -> read.put(round.lsn(), round));
        }
        return found.stream().flatMap(one -> one.messages(read, filter)).toList();
    }

    private static void collect(List<? extends PendingRound> rounds, Message.Origin origin,
            Predicate<JournaledRound> candidates, Predicate<Message> filter, List<Found> found) {
        for (PendingRound round : rounds) {
            switch (round) {
                case BufferedRound buffered -> buffered.read(origin).filter(filter)
                        .forEach(message -> found.add(new Found(0, origin, message)));
                case JournaledRound journaled -> {
                    if (candidates.test(journaled)) {
                        found.add(new Found(journaled.lsn(), origin, null));
                    }
                }
            }
        }
    }

    /// A message, or the number of a journaled round.
    private record Found(long lsn, Message.Origin origin, @Nullable Message message) {
        Stream<Message> messages(Map<Long, BufferedRound> read, Predicate<Message> filter) {
            BufferedRound round = read.get(lsn);
            return round == null ? Stream.ofNullable(message) : round.read(origin).filter(filter);
        }
    }

    /// Returns the sessions of the buffered messages.
    public synchronized Set<SessionKey> sessions() {
        return Stream.of(inFlight.stream().flatMap(batch -> batch.rounds().stream()), hybridBuffer.rounds().stream(),
                roundBuffer.rounds().stream()).flatMap(rounds -> rounds).map(PendingRound::session)
                .collect(Collectors.toCollection(HashSet::new));
    }

    /// Removes messages of a session from both buffers. Messages in flight are not removed: they are stored, then
    /// deleted from storage. The caller erased the messages in the journal before, and no batch is taken meanwhile.
    Removal remove(SessionKey session, Collection<UUID> messageIds) {
        Set<Long> halves = JournaledRound.halves(messageIds);
        List<JournaledRound> candidates = new ArrayList<>();
        synchronized (this) {
            for (PendingRound round : hybridBuffer.rounds()) {
                if (round instanceof JournaledRound journaled && journaled.session().equals(session)
                        && journaled.mayHold(halves)) {
                    candidates.add(journaled);
                }
            }
        }
        Map<Long, JournaledRound> remaining = new HashMap<>();
        if (!candidates.isEmpty()) {
            journal.read(candidates.stream().mapToLong(JournaledRound::lsn),
                    round -> remaining.put(round.lsn(), JournaledRound.of(session, round.lsn(), round.messages())));
        }
        Set<Long> read = candidates.stream().map(JournaledRound::lsn).collect(Collectors.toSet());
        return edit(round -> switch (round) {
            case BufferedRound buffered -> buffered.session().equals(session)
                    ? nonEmpty(buffered.without(messageIds))
                    : Optional.of(buffered);
            case JournaledRound journaled -> read.contains(journaled.lsn())
                    ? Optional.ofNullable(remaining.get(journaled.lsn()))
                    : Optional.of(journaled);
        });
    }

    private static Optional<PendingRound> nonEmpty(BufferedRound round) {
        return round.messages().isEmpty() ? Optional.empty() : Optional.of(round);
    }

    /// Removes a session from both buffers.
    Removal removeSession(SessionKey session) {
        return edit(round -> round.session().equals(session) ? Optional.empty() : Optional.of(round));
    }

    private synchronized Removal edit(Function<PendingRound, Optional<PendingRound>> change) {
        Set<Long> emptied = lsns();
        int messages = messageCount(roundBuffer.rounds()) + hybridBuffer.messages();
        roundBuffer.replace(roundBuffer.rounds().stream().map(change).flatMap(Optional::stream)
                .map(BufferedRound.class::cast).toList());
        hybridBuffer.replace(hybridBuffer.rounds().stream().map(change).flatMap(Optional::stream).toList());
        emptied.removeAll(lsns());
        return new Removal(messages - messageCount(roundBuffer.rounds()) - hybridBuffer.messages(),
                List.copyOf(emptied));
    }

    /// Returns the journal's sequence numbers of the buffered rounds.
    private Set<Long> lsns() {
        return Stream.concat(roundBuffer.rounds().stream(), hybridBuffer.rounds().stream()).map(PendingRound::lsn)
                .filter(lsn -> lsn > 0).collect(Collectors.toCollection(HashSet::new));
    }

    /// Result of a removal from the buffers.
    ///
    /// @param messages number of removed messages
    /// @param emptied journal's sequence numbers of rounds without remaining messages
    public record Removal(int messages, List<Long> emptied) {}

    private static int messageCount(List<? extends PendingRound> rounds) {
        // A loop without streams, since the gauges call this for every user ten times a second.
        int count = 0;
        for (PendingRound round : rounds) {
            count += round.messageCount();
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
        return new Depth(messageCount(roundBuffer.rounds()), hybridBuffer.messages(), inFlightMessages);
    }

    /// Numbers of buffered messages.
    public record Depth(int round, int hybrid, int inFlight) {
        /// Returns the number of messages that no flush has taken yet.
        int unflushed() {
            return round + hybrid;
        }
    }
}
