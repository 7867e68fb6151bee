package dev.memfuse.bootstrap.bench;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.memfuse.engine.MemoryEngine;
import dev.memfuse.engine.SessionKey;
import dev.memfuse.engine.StoredRound;
import dev.memfuse.store.BareCopy;
import dev.memfuse.store.BareInsert;
import dev.memfuse.store.DatabaseTarget;

/// Callers that store batches of new messages, each in a session of its own: through the engine, or by a bare statement
/// on a connection of its own. Closes the connections.
final class BareCalls implements AutoCloseable {
    private final MemoryEngine engine;
    private final DatabaseTarget target;
    private final int batchSize;
    private final List<Runnable> connections = new ArrayList<>();

    BareCalls(MemoryEngine engine, DatabaseTarget target, int batchSize) {
        this.engine = engine;
        this.target = target;
        this.batchSize = batchSize;
    }

    /// Calls of the engine.
    static List<Contender.Call> engine(MemoryEngine engine, List<SessionKey> sessions, int batchSize) {
        AtomicInteger place = new AtomicInteger();
        return sessions.stream().map(session -> (Contender.Call) () -> {
            engine.addBatch(session, Turns.batch(place.getAndAdd(batchSize) & Integer.MAX_VALUE, batchSize));
            return batchSize;
        }).toList();
    }

    /// The statement in which the engine's add path ends.
    List<Contender.Call> inserts(int number) {
        return calls(number, () -> {
            BareInsert insert = BareInsert.open(target);
            connections.add(insert::close);
            return insert::store;
        });
    }

    /// The fastest statement there is for new rows.
    List<Contender.Call> copies(int number) {
        return calls(number, () -> {
            BareCopy copy = BareCopy.open(target);
            connections.add(copy::close);
            return copy::store;
        });
    }

    private interface Opening {
        Consumer<StoredRound> open();
    }

    private List<Contender.Call> calls(int number, Opening opening) {
        List<Contender.Call> calls = new ArrayList<>();
        for (SessionKey session : Sessions.many(engine, number)) {
            Consumer<StoredRound> statement = opening.open();
            AtomicInteger place = new AtomicInteger();
            calls.add(() -> {
                statement.accept(new StoredRound(UuidCreator.getTimeOrderedEpochPlus1(), session, Instant.now(),
                        Turns.batch(place.getAndAdd(batchSize) & Integer.MAX_VALUE, batchSize), List.of(), List.of(),
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
