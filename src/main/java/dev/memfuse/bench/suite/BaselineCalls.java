package dev.memfuse.bench.suite;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.memfuse.bench.harness.Candidate;
import dev.memfuse.engine.MemoryEngine;
import dev.memfuse.engine.SessionKey;
import dev.memfuse.engine.spi.StoredRound;
import dev.memfuse.store.baseline.CopyBaseline;
import dev.memfuse.store.baseline.InsertBaseline;
import dev.memfuse.store.pool.DatabaseTarget;

/// Callers that store batches of new messages, each in a session of its own: through the engine, or by a bare statement
/// on a connection of its own. Closes the connections.
final class BaselineCalls implements AutoCloseable {
    private final MemoryEngine engine;
    private final DatabaseTarget target;
    private final int batchSize;
    private final List<Runnable> connections = new ArrayList<>();

    BaselineCalls(MemoryEngine engine, DatabaseTarget target, int batchSize) {
        this.engine = engine;
        this.target = target;
        this.batchSize = batchSize;
    }

    /// Calls of the engine.
    static List<Candidate.Call> engine(MemoryEngine engine, List<SessionKey> sessions, int batchSize) {
        AtomicInteger place = new AtomicInteger();
        return sessions.stream().map(session -> (Candidate.Call) () -> {
            engine.addBatch(session, SampleTexts.batch(place.getAndAdd(batchSize) & Integer.MAX_VALUE, batchSize));
            return batchSize;
        }).toList();
    }

    /// The statement in which the engine's add path ends.
    List<Candidate.Call> inserts(int number) {
        return calls(number, () -> {
            InsertBaseline insert = InsertBaseline.open(target);
            connections.add(insert::close);
            return insert::store;
        });
    }

    /// The fastest statement there is for new rows.
    List<Candidate.Call> copies(int number) {
        return calls(number, () -> {
            CopyBaseline copy = CopyBaseline.open(target);
            connections.add(copy::close);
            return copy::store;
        });
    }

    private interface Opening {
        Consumer<StoredRound> open();
    }

    private List<Candidate.Call> calls(int number, Opening opening) {
        List<Candidate.Call> calls = new ArrayList<>();
        for (SessionKey session : NewSessions.many(engine, number)) {
            Consumer<StoredRound> statement = opening.open();
            AtomicInteger place = new AtomicInteger();
            calls.add(() -> {
                statement.accept(new StoredRound(UuidCreator.getTimeOrderedEpochPlus1(), session, Instant.now(),
                        SampleTexts.batch(place.getAndAdd(batchSize) & Integer.MAX_VALUE, batchSize), List.of(),
                        List.of(),
                        Set.of()));
                return batchSize;
            });
        }
        return calls;
    }

    @Override
    public void close() {
        connections.forEach(Runnable::run);
    }
}
