package dev.memfuse.engine.service;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.memfuse.background.BackgroundThreads;
import dev.memfuse.background.Backoff;
import dev.memfuse.config.Tunables;
import dev.memfuse.engine.SessionKey;
import dev.memfuse.engine.buffer.BufferedRound;
import dev.memfuse.engine.exception.EngineException;
import dev.memfuse.engine.exception.StatementFailedException;
import dev.memfuse.engine.journal.Journal;
import dev.memfuse.engine.journal.RecoveredRound;
import dev.memfuse.engine.spi.ErasureStore;
import dev.memfuse.engine.spi.ErasureStore.CurrentMessages;
import dev.memfuse.engine.spi.MemoryStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Stores rounds again after a failover. An asynchronous standby that becomes the primary server may lack the last
/// commits of the former one; the journal still holds those of the last seconds. Rounds that are there are left alone.
///
/// Leaves out the rounds of users that deleted something since: another engine may have deleted their messages, which
/// nothing here would tell. Leaves out what the database refuses, which is a dead letter. Thread-safe.
final class TimelineReplay implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TimelineReplay.class);
    private static final int PORTION = 200;
    /// Length of the texts of a portion, except for a single larger round: they are in memory together.
    private static final long PORTION_CHARACTERS = 8 << 20;
    /// A deletion within this time before a round counts as later: the clocks of client and server differ.
    private static final Duration CLOCK_DIFFERENCE = Duration.ofMinutes(1);

    private final MemoryStore store;
    private final Journal journal;
    private final UserStates states;
    private final UserLocks locks;
    private final RoundStorage storage;
    private final Tunables tunables;
    private final Backoff backoff = new Backoff();
    private final AtomicBoolean running = new AtomicBoolean();
    private volatile boolean closed;
    private long known;
    /// Whether the timeline changed since the last replay began.
    private boolean changed;

    TimelineReplay(MemoryStore store, Journal journal, UserStates states, UserLocks locks, RoundStorage storage,
            Tunables tunables) {
        this.store = store;
        this.journal = journal;
        this.states = states;
        this.locks = locks;
        this.storage = storage;
        this.tunables = tunables;
    }

    /// Starts a replay in the background when the timeline changed, or when the last replay failed and the wait after
    /// it is over. Called regularly by one thread.
    void startWhenDue() {
        long now = store.availability().timeline();
        if (now != 0) {
            changed |= known != 0 && now != known;
            known = now;
        }
        if ((changed || backoff.due()) && running.compareAndSet(false, true)) {
            changed = false;
            LOG.info("Journal: the database is on timeline {} now; rounds that it lacks are stored again", now);
            BackgroundThreads.virtual("engine-replay").start(this::run);
        }
    }

    private void run() {
        try (Journal.Keeping _ = journal.keepReleased()) {
            backoff.succeeded();
            Counts counts = new Counts();
            Portion portion = new Portion();
            journal.forEachReleased(round -> {
                if (!portion.add(round)) {
                    store(portion.take(), counts);
                    portion.add(round);
                }
            });
            store(portion.take(), counts);
            LOG.info("Journal: {} of {} rounds that were stored before the failover are stored again, {} not: their "
                    + "users deleted something, their sessions are lost, or the database refuses them", counts.stored,
                    counts.rounds, counts.skipped);
        } catch (EngineException e) {
            LOG.warn("Journal: rounds from before the failover could not be stored again yet: {}", e.getMessage());
            backoff.failed();
        } catch (Throwable e) {
            backoff.failed();
            throw e;
        } finally {
            running.set(false);
        }
    }

    /// Rounds that are stored together.
    private static final class Portion {
        private List<RecoveredRound> rounds = new ArrayList<>();
        private long characters;

        /// Adds a round, unless the portion is full.
        boolean add(RecoveredRound round) {
            long ofRound = round.round().messages().stream().mapToLong(message -> message.content().length()).sum();
            if (!rounds.isEmpty()
                    && (rounds.size() == PORTION || characters + ofRound > PORTION_CHARACTERS)) {
                return false;
            }
            rounds.add(round);
            characters += ofRound;
            return true;
        }

        List<RecoveredRound> take() {
            List<RecoveredRound> taken = rounds;
            rounds = new ArrayList<>();
            characters = 0;
            return taken;
        }
    }

    private static final class Counts {
        private int rounds;
        private int stored;
        private int skipped;
    }

    private void store(List<RecoveredRound> rounds, Counts counts) {
        Map<UUID, List<RecoveredRound>> byUser = new LinkedHashMap<>();
        for (RecoveredRound round : rounds) {
            byUser.computeIfAbsent(storage.target(round.round().session()).userId(), _ -> new ArrayList<>()).add(round);
        }
        counts.rounds += rounds.size();
        if (closed) {
            return;
        }
        byUser.forEach((user, ofUser) -> locks.shared(user, () -> {
            store(user, ofUser, counts);
            return true;
        }));
    }

    /// No deletion of this engine runs meanwhile, since the caller holds the user's lock.
    private void store(UUID user, List<RecoveredRound> recovered, Counts counts) {
        // A deletion of this engine since the round was read may have found nothing in the database.
        List<BufferedRound> rounds = recovered.stream().flatMap(round -> journal.withoutErased(round).stream())
                .map(round -> BufferedJournal.buffered(round.round(), 0)).toList();
        if (rounds.isEmpty()) {
            return;
        }
        List<UUID> ids = rounds.stream().flatMap(round -> round.messages().stream()).map(message -> message.id())
                .toList();
        CurrentMessages current = store.erasures().readCurrent(user, ids);
        Set<UUID> present = new HashSet<>();
        current.messages().forEach(message -> present.add(message.id()));
        List<BufferedRound> lost = rounds.stream().filter(round -> round.messages().stream()
                .anyMatch(message -> !present.contains(message.id()))).toList();
        List<BufferedRound> safe = lost.stream().filter(round -> isSafe(round, current.erased())).toList();
        counts.skipped += lost.size() - safe.size();
        if (!safe.isEmpty()) {
            int stored = stored(user, safe);
            counts.stored += stored;
            counts.skipped += safe.size() - stored;
            states.find(user).ifPresent(UserState::refresh);
        }
    }

    /// Stores rounds and returns their number. One that the database refuses was refused before, and is a dead letter
    /// already: it holds up no other.
    private int stored(UUID user, List<BufferedRound> rounds) {
        try {
            Set<SessionKey> missing = storage.store(user, rounds,
                    tunables.get().buffer().performance().flushTimeout());
            return (int) rounds.stream().filter(round -> !missing.contains(storage.target(round.session()))).count();
        } catch (StatementFailedException e) {
            if (!e.isOfContent()) {
                throw e;
            }
            if (rounds.size() == 1) {
                LOG.debug("Journal: the database refuses a round again: {}", e.getMessage());
                return 0;
            }
            int half = rounds.size() / 2;
            return stored(user, rounds.subList(0, half)) + stored(user, rounds.subList(half, rounds.size()));
        }
    }

    /// Ends a running replay after its portion; does not block.
    @Override
    public void close() {
        closed = true;
    }

    private static boolean isSafe(BufferedRound round, long erased) {
        return erased == ErasureStore.NEVER || (erased != ErasureStore.NO_USER && Instant.EPOCH
                .plus(erased, ChronoUnit.MICROS).plus(CLOCK_DIFFERENCE).isBefore(round.createdAt()));
    }
}
