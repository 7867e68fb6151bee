package dev.memfuse.engine.service;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.LongStream;

import dev.memfuse.background.LogLimiter;
import dev.memfuse.engine.SessionKey;
import dev.memfuse.engine.buffer.BufferedRound;
import dev.memfuse.engine.buffer.FlushBatch;
import dev.memfuse.engine.buffer.FlushManager;
import dev.memfuse.engine.buffer.JournalReader;
import dev.memfuse.engine.buffer.JournaledRound;
import dev.memfuse.engine.buffer.PendingRound;
import dev.memfuse.engine.exception.EngineException;
import dev.memfuse.engine.journal.DeadLetterFolder;
import dev.memfuse.engine.journal.Journal;
import dev.memfuse.engine.journal.JournalEntry;
import dev.memfuse.engine.spi.RefusedRound;
import dev.memfuse.engine.spi.RefusedRoundStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Target of the [FlushManager]: stores batches in the memory service, then releases their rounds in the buffers and in
/// the journal. Moves rounds that storage refuses to the dead letters before they are released. [EngineRuntime] creates
/// it; the flush manager holds it.
final class FlushTarget implements FlushManager.Target {
    private static final Logger LOG = LoggerFactory.getLogger(FlushTarget.class);
    private static final Duration LOG_INTERVAL = Duration.ofSeconds(10);

    private final UserStates states;
    private final RoundStorage storage;
    private final Journal journal;
    private final JournalReader journaled;
    private final DeadLetterFolder deadLetters;
    private final RefusedRoundStore store;
    private final LogLimiter refusals = new LogLimiter(LOG_INTERVAL, System::nanoTime, FlushTarget::log);

    FlushTarget(UserStates states, RoundStorage storage, Journal journal, DeadLetterFolder deadLetters,
            RefusedRoundStore store) {
        this.states = states;
        this.storage = storage;
        this.journal = journal;
        this.journaled = new BufferedJournal(journal);
        this.deadLetters = deadLetters;
        this.store = store;
    }

    private static void log(int rounds, boolean summary, String reason) {
        if (summary) {
            LOG.error("Flush: storage refused {} more rounds in {} s, which are now dead letters. The last one: {}",
                    rounds, LOG_INTERVAL.toSeconds(), reason);
        } else {
            LOG.error("Flush: storage refuses a round, which is now a dead letter: {}", reason);
        }
    }

    /// Logs refusals that were held back. Called from time to time.
    void tick() {
        refusals.tick();
    }

    @Override
    public void store(FlushBatch batch, Duration timeout) {
        Set<SessionKey> missing = storage.store(batch.userId(), loaded(batch), timeout);
        if (!missing.isEmpty()) {
            LOG.warn("Flush: skipped the rounds of {} sessions that were deleted elsewhere", missing.size());
        }
    }

    /// Returns the rounds of a batch with their texts. Rounds whose messages were erased are missing.
    private List<BufferedRound> loaded(FlushBatch batch) {
        long[] lsns = batch.rounds().stream().filter(JournaledRound.class::isInstance).mapToLong(PendingRound::lsn)
                .toArray();
        Map<Long, BufferedRound> read = new HashMap<>();
        if (lsns.length > 0) {
            journaled.read(LongStream.of(lsns), round -> read.put(round.lsn(), round));
        }
        List<BufferedRound> rounds = new ArrayList<>();
        for (PendingRound round : batch.rounds()) {
            switch (round) {
                case BufferedRound buffered -> rounds.add(buffered);
                case JournaledRound journaledRound ->
                    Optional.ofNullable(read.get(journaledRound.lsn())).ifPresent(rounds::add);
            }
        }
        return rounds;
    }

    @Override
    public void refused(FlushBatch batch, PendingRound refused, EngineException cause) {
        loaded(new FlushBatch(batch.userId(), batch.priority(), List.of(refused), new CompletableFuture<>()))
                .forEach(round -> refused(batch.userId(), round, cause));
    }

    private void refused(UUID userId, BufferedRound round, EngineException cause) {
        Optional<UserState> state = states.find(userId);
        boolean awaited = state.isPresent() && state.get().buffers().refuse(round.id(), cause);
        if (!awaited) {
            deadLetters.add(new JournalEntry.Round(round.id(), round.session(), round.createdAt(), round.messages(),
                    round.tokens()), Instant.now(), String.valueOf(cause.getMessage()));
            note(new RefusedRound(round.session().userId(), round.id()));
            refusals.event(String.valueOf(cause.getMessage()));
        }
        state.ifPresent(present -> {
            present.index().markStale();
            present.queries().invalidate();
        });
    }

    private void note(RefusedRound refused) {
        try {
            store.note(List.of(refused));
        } catch (EngineException e) {
            // The sweep of deletions notes it while the session exists.
            LOG.debug("Flush: refused round {} was not noted in the database", refused.roundId(), e);
        }
    }

    @Override
    public void stored(FlushBatch batch) {
        batch.rounds().stream().mapToLong(PendingRound::lsn).filter(lsn -> lsn > 0).forEach(journal::release);
        with(batch, state -> state.buffers().stored(batch));
    }

    @Override
    public void failed(FlushBatch batch, EngineException cause) {
        with(batch, state -> state.buffers().restore(batch, cause));
    }

    private void with(FlushBatch batch, Consumer<UserState> action) {
        states.find(batch.userId()).ifPresentOrElse(action, () -> batch.done().complete(null));
    }
}
