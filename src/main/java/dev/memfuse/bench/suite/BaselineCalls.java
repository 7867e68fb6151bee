package dev.memfuse.bench.suite;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import dev.memfuse.bench.BenchTarget;
import dev.memfuse.bench.BenchTarget.RoundWriter;
import dev.memfuse.bench.harness.Candidate;
import dev.memfuse.engine.MemoryEngine;
import dev.memfuse.engine.SessionKey;

/// Callers that store batches of new messages, each in its own session: through the engine, or with a bare statement on
/// its own connection. Closes the connections.
final class BaselineCalls implements AutoCloseable {
    private final BenchTarget target;
    private final int batchSize;
    private final List<RoundWriter> writers = new ArrayList<>();

    /// @param batchSize messages per call, at least 1
    BaselineCalls(BenchTarget target, int batchSize) {
        this.target = target;
        this.batchSize = batchSize;
    }

    /// Returns one caller of the engine for each session.
    static List<Candidate.Call> engine(MemoryEngine engine, List<SessionKey> sessions, int batchSize) {
        AtomicInteger position = new AtomicInteger();
        return sessions.stream().map(session -> (Candidate.Call) () -> {
            engine.addBatch(session, SampleTexts.batch(position.getAndAdd(batchSize) & Integer.MAX_VALUE, batchSize));
            return batchSize;
        }).toList();
    }

    /// Returns callers of the statement in which the engine's add path ends.
    List<Candidate.Call> inserts(int callers) {
        return calls(callers, target::openInsert);
    }

    /// Returns callers of `COPY`, the fastest statement for new rows.
    List<Candidate.Call> copies(int callers) {
        return calls(callers, target::openCopy);
    }

    private List<Candidate.Call> calls(int callers, Supplier<RoundWriter> opener) {
        List<Candidate.Call> calls = new ArrayList<>();
        for (SessionKey session : NewSessions.many(target.engine(), callers)) {
            RoundWriter writer = opener.get();
            writers.add(writer);
            AtomicInteger position = new AtomicInteger();
            calls.add(() -> {
                writer.store(session,
                        SampleTexts.batch(position.getAndAdd(batchSize) & Integer.MAX_VALUE, batchSize));
                return batchSize;
            });
        }
        return calls;
    }

    @Override
    public void close() {
        writers.forEach(RoundWriter::close);
    }
}
