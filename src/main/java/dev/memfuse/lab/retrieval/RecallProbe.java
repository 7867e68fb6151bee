package dev.memfuse.lab.retrieval;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.memfuse.engine.MemoryEngine;
import dev.memfuse.engine.NewMessage;
import dev.memfuse.engine.QueryResult;
import dev.memfuse.engine.Role;
import dev.memfuse.engine.SessionKey;
import dev.memfuse.lab.retrieval.IngestPhase.Stored;
import dev.memfuse.load.corpus.Haystack;
import dev.memfuse.load.corpus.Question;

/// Measures under the configuration in force how much of the evidence of planted questions is found, and how soon an
/// added message is. Uses a user of its own, which it deletes. One thread.
///
/// @param engine the engine that is measured
/// @param stopped read before each call; true ends the measurement
public record RecallProbe(MemoryEngine engine, BooleanSupplier stopped) {
    private static final int LENGTH = 10;
    private static final int BATCH = 20;
    private static final int FRESH_MESSAGES = 5;
    private static final Duration FRESH_LIMIT = Duration.ofSeconds(5);
    private static final long POLL_NANOS = 1_000_000;

    /// What was found.
    ///
    /// @param recalls Recall@10 of each question with evidence, 0..1, in the order of the conversation's questions;
    ///        incomplete when stopped
    /// @param freshMs median time from the acknowledgement of a message until a query finds it, in milliseconds; empty
    ///        when one was not found within 5 s, or when stopped
    public record Answers(List<Double> recalls, OptionalDouble freshMs) {
        public Answers {
            recalls = List.copyOf(recalls);
        }
    }

    /// Stores a conversation, asks its questions, and deletes it. Blocks.
    public Answers ask(Haystack haystack) {
        IngestPhase ingest = new IngestPhase(engine, BATCH, stopped);
        Stored stored = ingest.begin(haystack);
        try {
            ingest.fill(stored, _ -> {}, haystack.turns());
            ingest.finish(_ -> {}, () -> 0);
            List<Double> recalls = new ArrayList<>();
            for (Question question : haystack.questions()) {
                if (!question.evidence().isEmpty() && !stopped.getAsBoolean()) {
                    recalls.add(recall(stored, question));
                }
            }
            return new Answers(recalls, fresh(stored.userId()));
        } finally {
            engine.deleteUser(stored.userId());
        }
    }

    private double recall(Stored stored, Question question) {
        Set<UUID> evidence = question.evidence().stream()
                .map(position -> Objects.requireNonNull(stored.evidence().get(position), "evidence is stored"))
                .collect(Collectors.toSet());
        List<UUID> ranked = hits(stored.userId(), question.text());
        return RankedAnswer.of(question.category(), ranked, evidence).recall(LENGTH);
    }

    private List<UUID> hits(UUID user, String text) {
        QueryResult result = engine.query(user, text, LENGTH);
        return result.hits().stream().map(hit -> hit.message().id()).toList();
    }

    private OptionalDouble fresh(UUID user) {
        SessionKey session = engine.createSession(user, engine.createAgent(user, "freshness").id(), "freshness").key();
        List<Double> times = new ArrayList<>();
        for (int i = 0; i < FRESH_MESSAGES && !stopped.getAsBoolean(); i++) {
            String word = String.format(Locale.ROOT, "quillon%d", i);
            UUID id = UuidCreator.getTimeOrderedEpochPlus1();
            Instant at = Instant.ofEpochSecond(1_700_000_000L + i);
            engine.addBatch(session, List.of(new NewMessage(id, Role.USER, "The password is " + word + ".", at)));
            long from = System.nanoTime();
            while (!hits(user, "Is the password " + word + "?").contains(id)) {
                if (System.nanoTime() - from > FRESH_LIMIT.toNanos() || stopped.getAsBoolean()) {
                    return OptionalDouble.empty();
                }
                LockSupport.parkNanos(POLL_NANOS);
            }
            times.add((System.nanoTime() - from) / 1e6);
        }
        return times.size() < FRESH_MESSAGES
                ? OptionalDouble.empty()
                : OptionalDouble.of(times.stream().sorted().toList().get(FRESH_MESSAGES / 2));
    }
}
