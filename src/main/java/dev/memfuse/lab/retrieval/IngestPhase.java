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

import com.github.f4b6a3.uuid.UuidCreator;
import dev.memfuse.engine.Agent;
import dev.memfuse.engine.MemoryEngine;
import dev.memfuse.engine.NewMessage;
import dev.memfuse.engine.SessionKey;
import dev.memfuse.engine.User;
import dev.memfuse.load.corpus.CorpusSession;
import dev.memfuse.load.corpus.CorpusSession.Turn;
import dev.memfuse.load.corpus.Haystack;

/// Puts haystacks into an engine, each as a new user, and remembers which message is which evidence.
final class IngestPhase {
    private static final Duration LOOK = Duration.ofMillis(500);

    private final MemoryEngine engine;
    private final int batchSize;
    private final BooleanSupplier stopped;
    private long turns;
    private long textBytes;
    private long addNanos;

    /// A haystack in the engine.
    ///
    /// @param evidence the messages that questions name, by their position in the haystack
    record Stored(Haystack haystack, UUID userId, Map<Integer, UUID> evidence) {}

    /// @param batchSize messages of one addition
    /// @param stopped asked between additions
    IngestPhase(MemoryEngine engine, int batchSize, BooleanSupplier stopped) {
        this.engine = engine;
        this.batchSize = batchSize;
        this.stopped = stopped;
    }

    /// A user for a haystack.
    Stored begin(Haystack haystack) {
        User user = engine.createUser("retrieval-" + haystack.id() + "-" + UuidCreator.getTimeOrderedEpochPlus1());
        return new Stored(haystack, user.id(), new HashMap<>());
    }

    /// Adds every turn, or as many as there is time for.
    void fill(Stored stored, Progress progress, long total) {
        Agent agent = engine.createAgent(stored.userId(), "retrieval");
        Set<Integer> wanted = new HashSet<>();
        stored.haystack().questions().forEach(question -> wanted.addAll(question.evidence()));
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
                    if (wanted.contains(position)) {
                        stored.evidence().put(position, message.id());
                    }
                }
                add(key, batch);
                progress.at("Adding", turns, total);
            }
        }
    }

    private List<NewMessage> batch(List<Turn> said, int from) {
        List<NewMessage> batch = new ArrayList<>();
        for (Turn turn : said.subList(from, Math.min(from + batchSize, said.size()))) {
            batch.add(new NewMessage(UuidCreator.getTimeOrderedEpochPlus1(), turn.role(), turn.text(), turn.at()));
            textBytes += turn.text().getBytes(StandardCharsets.UTF_8).length;
        }
        return batch;
    }

    private void add(SessionKey session, List<NewMessage> batch) {
        long begun = System.nanoTime();
        engine.addBatch(session, batch);
        addNanos += System.nanoTime() - begun;
        turns += batch.size();
    }

    /// Stores what is buffered and waits until every turn has its vector.
    void finish(Progress progress, Backlog backlog) {
        engine.flush();
        long rounds = backlog.rounds();
        while (!stopped.getAsBoolean() && !engine.awaitExtraction(LOOK)) {
            progress.at("Embedding", Math.max(0, rounds - backlog.rounds()), rounds);
        }
    }

    /// How much extraction is left to do.
    @FunctionalInterface
    interface Backlog {
        long rounds();
    }

    long turns() {
        return turns;
    }

    double textBytesPerTurn() {
        return turns == 0 ? 0 : (double) textBytes / turns;
    }

    double turnsPerSecond() {
        return addNanos == 0 ? 0 : turns / (addNanos / 1e9);
    }
}
