package dev.memfuse.engine.buffer;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

import dev.memfuse.engine.exception.EngineException;
import dev.memfuse.engine.exception.StorageUnavailableException;

/// Target whose attempts end when the test opens the gate, and fail as often as the test sets.
final class GatedTarget implements FlushManager.Target {
    final Semaphore gate = new Semaphore(0);
    final List<String> entered = new CopyOnWriteArrayList<>();
    final List<String> stored = new CopyOnWriteArrayList<>();
    final List<String> failed = new CopyOnWriteArrayList<>();
    final List<Duration> timeouts = new CopyOnWriteArrayList<>();
    final AtomicInteger inside = new AtomicInteger();
    /// Highest number of simultaneous attempts.
    final AtomicInteger most = new AtomicInteger();
    final List<Integer> sizes = new CopyOnWriteArrayList<>();
    private volatile boolean unavailable;
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
        for (BufferedRound round : batch.rounds()) {
            AtomicInteger left = failures.get(round.messages().getFirst().content());
            if (left != null && left.getAndDecrement() > 0) {
                throw new EngineException("The database is down.");
            }
        }
    }

    @Override
    public void stored(FlushBatch batch) {
        stored.add(Rounds.name(batch));
    }

    @Override
    public void failed(FlushBatch batch, EngineException cause) {
        failed.add(Rounds.name(batch));
    }
}
