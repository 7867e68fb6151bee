package dev.memfuse.fault;

import java.util.PriorityQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

import dev.memfuse.background.BackgroundLoop;
import org.jspecify.annotations.Nullable;

/// The schedule of arrivals, and the thread that delivers them at their time. The thread parks until shortly before
/// the next arrival and spins for the rest; without an arrival it parks. Thread-safe.
final class Deliveries implements AutoCloseable {
    private static final long IDLE_NANOS = 1_000_000_000;

    private final BooleanSupplier held;
    private final ReentrantLock lock = new ReentrantLock();
    private final PriorityQueue<Arrival> arrivals = new PriorityQueue<>();
    private final WakeUp wakeUp = new WakeUp();
    private final BackgroundLoop loop = new BackgroundLoop("network-delivery", this::turn);

    /// The first arrival of a line.
    private record Arrival(long at, DelayLine line) implements Comparable<Arrival> {
        @Override
        public int compareTo(Arrival other) {
            // Of the clock of nanoTime only differences have a meaning.
            return Long.compare(at - other.at, 0);
        }
    }

    /// @param held returns whether nothing is delivered now; [#changed] announces a change
    Deliveries(BooleanSupplier held) {
        this.held = held;
    }

    void start() {
        loop.start();
    }

    /// Schedules the first arrival of a line, which [DelayLine#deliver] then delivers.
    void add(DelayLine line, long at) {
        Arrival added = new Arrival(at, line);
        boolean first;
        lock.lock();
        try {
            Arrival before = arrivals.peek();
            first = before == null || added.compareTo(before) < 0;
            arrivals.add(added);
        } finally {
            lock.unlock();
        }
        if (first) {
            loop.unpark();
        }
    }

    /// Called after a change of whether deliveries are held.
    void changed() {
        loop.unpark();
    }

    private boolean turn() {
        Arrival next = held.getAsBoolean() ? null : peek();
        long now = System.nanoTime();
        if (next == null) {
            loop.parkNanos(IDLE_NANOS);
        } else if (!wakeUp.isNear(next.at() - now)) {
            long until = wakeUp.before(next.at());
            loop.parkNanos(until - now);
            wakeUp.woke(until, System.nanoTime());
        } else {
            while (System.nanoTime() - next.at() < 0) {
                Thread.onSpinWait();
            }
            deliver();
        }
        return true;
    }

    private @Nullable Arrival peek() {
        lock.lock();
        try {
            return arrivals.peek();
        } finally {
            lock.unlock();
        }
    }

    /// Delivers all that is due.
    private void deliver() {
        long now = System.nanoTime();
        for (Arrival due = poll(now); due != null; due = poll(now)) {
            due.line().deliver(now);
        }
    }

    private @Nullable Arrival poll(long now) {
        lock.lock();
        try {
            Arrival first = arrivals.peek();
            return first != null && now - first.at() >= 0 ? arrivals.poll() : null;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        loop.close();
        loop.join();
    }
}
