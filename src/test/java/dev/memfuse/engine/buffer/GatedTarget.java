package dev.memfuse.engine.buffer;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import dev.memfuse.engine.exception.EngineException;
import dev.memfuse.engine.exception.StatementFailedException;
import dev.memfuse.engine.exception.StorageUnavailableException;

/// Target whose attempts end when the test opens the gate, and fail as often as the test sets.
final class GatedTarget implements FlushManager.Target {
    final Semaphore gate = new Semaphore(0);
    final List<String> entered = new CopyOnWriteArrayList<>();
    final List<String> stored = new CopyOnWriteArrayList<>();
    final List<String> refused = new CopyOnWriteArrayList<>();
    /// Names of the rounds that were stored, in the order of the statements.
    final List<String> rounds = new CopyOnWriteArrayList<>();
    final List<String> failed = new CopyOnWriteArrayList<>();
    final List<Duration> timeouts = new CopyOnWriteArrayList<>();
    final AtomicInteger inside = new AtomicInteger();
    /// Highest number of simultaneous attempts.
    final AtomicInteger most = new AtomicInteger();
    final List<Integer> sizes = new CopyOnWriteArrayList<>();
    private final Set<String> refusing = ConcurrentHashMap.newKeySet();
    private volatile boolean unavailable;
    private final AtomicBoolean failedOnce = new AtomicBoolean();
    private final Map<String, AtomicInteger> failures = new ConcurrentHashMap<>();

    void failNext(String name, int times) {
        failures.put(name, new AtomicInteger(times));
    }

    /// Sets whether every attempt fails because storage is unavailable.
    void unavailable(boolean now) {
        unavailable = now;
    }

    void open() {
        gate.release(1_000_000);
    }

    void close() {
        gate.drainPermits();
    }

    @Override
    public void store(FlushBatch batch, Duration timeout) {
        entered.add(Rounds.name(batch));
        timeouts.add(timeout);
        most.accumulateAndGet(inside.incrementAndGet(), Math::max);
        gate.acquireUninterruptibly();
        inside.decrementAndGet();
        sizes.add(batch.rounds().size());
        if (unavailable) {
            throw new StorageUnavailableException("No database.", "", null);
        }
        if (Rounds.name(batch).equals("error in store") && !failedOnce.getAndSet(true)) {
            throw new OutOfMemoryError("in the store");
        }
        for (PendingRound round : batch.rounds()) {
            if (refusing.contains(Rounds.name(round))) {
                throw new StatementFailedException("Refused.", "", null, true);
            }
        }
        for (PendingRound round : batch.rounds()) {
            AtomicInteger left = failures.get(Rounds.name(round));
            if (left != null && left.getAndDecrement() > 0) {
                throw new EngineException("The database is down.");
            }
        }
        batch.rounds().forEach(round -> rounds.add(Rounds.name(round)));
    }

    /// Makes storage refuse rounds whose first message has this content.
    void refuse(String name) {
        refusing.add(name);
    }

    @Override
    public void refused(FlushBatch batch, PendingRound round, EngineException cause) {
        refused.add(Rounds.name(round));
    }

    @Override
    public void stored(FlushBatch batch) {
        stored.add(Rounds.name(batch));
        if (Rounds.name(batch).startsWith("error")) {
            throw new StackOverflowError();
        }
    }

    @Override
    public void failed(FlushBatch batch, EngineException cause) {
        failed.add(Rounds.name(batch));
    }
}
