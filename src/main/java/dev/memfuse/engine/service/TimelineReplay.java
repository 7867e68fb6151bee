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
import dev.memfuse.engine.buffer.BufferedRound;
import dev.memfuse.engine.exception.EngineException;
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
/// nothing here would tell. Thread-safe.
final class TimelineReplay implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TimelineReplay.class);
    private static final int PORTION = 200;
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
        long now = store.timeline();
        boolean changed = known != 0 && now != known;
        if (now != 0) {
            known = now;
        }
        if ((changed || backoff.due()) && running.compareAndSet(false, true)) {
            LOG.info("Journal: the database is on timeline {} now; rounds that it lacks are stored again", now);
            BackgroundThreads.virtual("engine-replay").start(this::run);
        }
    }

    private void run() {
        try {
            backoff.succeeded();
            Counts counts = new Counts();
            List<RecoveredRound> portion = new ArrayList<>();
            journal.forEachReleased(round -> {
                portion.add(round);
                if (portion.size() == PORTION) {
                    store(portion, counts);
                    portion.clear();
                }
            });
            store(portion, counts);
            LOG.info("Journal: {} of {} rounds that were stored before the failover are stored again, {} not: their "
                    + "users deleted something, or their sessions are lost", counts.stored, counts.rounds,
                    counts.skipped);
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

    private static final class Counts {
        private int rounds;
        private int stored;
        private int skipped;
    }

    private void store(List<RecoveredRound> rounds, Counts counts) {
        Map<UUID, List<BufferedRound>> byUser = new LinkedHashMap<>();
        for (RecoveredRound round : rounds) {
            byUser.computeIfAbsent(round.round().session().userId(), _ -> new ArrayList<>())
                    .add(BufferedJournal.buffered(round.round(), 0));
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
    private void store(UUID user, List<BufferedRound> rounds, Counts counts) {
        List<UUID> ids = rounds.stream().flatMap(round -> round.messages().stream()).map(message -> message.id())
                .toList();
        CurrentMessages current = store.readCurrent(user, ids);
        Set<UUID> present = new HashSet<>();
        current.messages().forEach(message -> present.add(message.id()));
        List<BufferedRound> lost = rounds.stream().filter(round -> round.messages().stream()
                .anyMatch(message -> !present.contains(message.id()))).toList();
        List<BufferedRound> safe = lost.stream().filter(round -> isSafe(round, current.erased())).toList();
        counts.skipped += lost.size() - safe.size();
        if (!safe.isEmpty()) {
            var missing = storage.store(user, safe, tunables.get().buffer().performance().flushTimeout());
            int stored = (int) safe.stream().filter(round -> !missing.contains(round.session())).count();
            counts.stored += stored;
            counts.skipped += safe.size() - stored;
            states.find(user).ifPresent(UserState::refresh);
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
