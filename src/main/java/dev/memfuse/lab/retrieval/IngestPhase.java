package dev.memfuse.lab.retrieval;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.memfuse.engine.Agent;
import dev.memfuse.engine.MemoryEngine;
import dev.memfuse.engine.NewMessage;
import dev.memfuse.engine.SessionKey;
import dev.memfuse.engine.User;
import dev.memfuse.load.corpus.CorpusSession;
import dev.memfuse.load.corpus.CorpusSession.Turn;
import dev.memfuse.load.corpus.Haystack;
import dev.memfuse.progress.Progress;

/// Stores haystacks in an engine, each as a new user, and records the messages that are evidence. One thread.
final class IngestPhase {
    private static final Duration POLL_INTERVAL = Duration.ofMillis(500);

    private final MemoryEngine engine;
    private final int batchSize;
    private final BooleanSupplier stopped;
    private long turns;
    private long textBytes;
    private long addNanos;

    /// A haystack that is stored as a user.
    ///
    /// @param evidence ids of the messages that questions name, by their position in the haystack
    record Stored(Haystack haystack, UUID userId, Map<Integer, UUID> evidence) {
        /// Returns the same user with the same evidence, without the turns.
        Stored withoutSessions() {
            return new Stored(haystack.withoutSessions(), userId, evidence);
        }
    }

    /// @param batchSize messages per add, 1..1000
    /// @param stopped read before each add
    IngestPhase(MemoryEngine engine, int batchSize, BooleanSupplier stopped) {
        this.engine = engine;
        this.batchSize = batchSize;
        this.stopped = stopped;
    }

    /// Creates the user of a haystack.
    Stored begin(Haystack haystack) {
        User user = engine.createUser("retrieval-" + haystack.id() + "-" + UuidCreator.getTimeOrderedEpochPlus1());
        return new Stored(haystack, user.id(), new HashMap<>());
    }

    /// Adds all turns of a haystack, until the measurement is stopped. Blocks.
    ///
    /// @param total turns of all haystacks, for the progress
    void fill(Stored stored, Consumer<Progress> progress, long total) {
        Agent agent = engine.createAgent(stored.userId(), "retrieval");
        Set<Integer> evidence = new HashSet<>();
        stored.haystack().questions().forEach(question -> evidence.addAll(question.evidence()));
        int position = 0;
        for (CorpusSession session : stored.haystack().sessions()) {
            SessionKey key = engine.createSession(stored.userId(), agent.id(), session.name()).key();
            for (int from = 0; from < session.turns().size(); from += batchSize) {
                if (stopped.getAsBoolean()) {
                    return;
                }
                List<NewMessage> batch = batch(session.turns(), from);
                for (NewMessage message : batch) {
                    position++;
                    if (evidence.contains(position)) {
                        stored.evidence().put(position, message.id());
                    }
                }
                add(key, batch);
                progress.accept(Progress.of("Adding", turns, total));
            }
        }
    }

    private List<NewMessage> batch(List<Turn> turnsOfSession, int from) {
        List<NewMessage> batch = new ArrayList<>();
        for (Turn turn : turnsOfSession.subList(from, Math.min(from + batchSize, turnsOfSession.size()))) {
            batch.add(new NewMessage(UuidCreator.getTimeOrderedEpochPlus1(), turn.role(), turn.text(), turn.at()));
            textBytes += turn.text().getBytes(StandardCharsets.UTF_8).length;
        }
        return batch;
    }

    private void add(SessionKey session, List<NewMessage> batch) {
        long started = System.nanoTime();
        engine.addBatch(session, batch);
        addNanos += System.nanoTime() - started;
        turns += batch.size();
    }

    /// Flushes the buffers and waits until every turn has its vector. Blocks.
    ///
    /// @param backlog returns the number of rounds with pending extraction
    void finish(Consumer<Progress> progress, LongSupplier backlog) {
        engine.flush();
        long rounds = backlog.getAsLong();
        while (!stopped.getAsBoolean() && !engine.awaitExtraction(POLL_INTERVAL)) {
            progress.accept(Progress.of("Embedding", Math.max(0, rounds - backlog.getAsLong()), rounds));
        }
    }

    /// Returns the number of added turns.
    long turns() {
        return turns;
    }

    /// Returns the mean size of a turn's text in UTF-8 bytes; 0 without turns.
    double textBytesPerTurn() {
        return turns == 0 ? 0 : (double) textBytes / turns;
    }

    /// Returns the added turns per second of add calls; 0 without turns.
    double turnsPerSecond() {
        return addNanos == 0 ? 0 : turns / (addNanos / 1e9);
    }
}
