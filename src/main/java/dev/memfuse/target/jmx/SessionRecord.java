package dev.memfuse.target.jmx;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

import dev.memfuse.metrics.EventMark;
import dev.memfuse.target.JvmReading;
import dev.memfuse.target.PoolReading;
import dev.memfuse.target.TargetSample;
import dev.memfuse.target.TargetSession;
import dev.memfuse.target.TargetState;

/// State, samples and marks of a session, in bounded memory. Thread-safe.
final class SessionRecord {
    private static final int MAX_MARKS = 200;
    private final Clock clock;
    private final ArrayDeque<TargetSample> samples = new ArrayDeque<>();
    private final ArrayDeque<EventMark> marks = new ArrayDeque<>();
    private long sequence;
    private int connection;
    private TargetState state = new TargetState.Connecting();

    SessionRecord(Clock clock) {
        this.clock = clock;
    }

    Clock clock() {
        return clock;
    }

    synchronized TargetState state() {
        return state;
    }

    /// Sets the state; a closed session stays closed.
    synchronized void become(TargetState next) {
        if (!(state instanceof TargetState.Closed)) {
            state = next;
            connection += next instanceof TargetState.Connected ? 1 : 0;
            notifyAll();
        }
    }

    /// Waits until the state is another one than connecting.
    synchronized TargetState awaitOutcome(Duration limit) throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        long left = limit.toMillis();
        while (state instanceof TargetState.Connecting && left > 0) {
            wait(left);
            left = (end - System.nanoTime()) / 1_000_000;
        }
        return state;
    }

    synchronized void add(List<PoolReading> pools, JvmReading jvm) {
        if (samples.size() == TargetSession.KEPT) {
            samples.removeFirst();
        }
        samples.addLast(new TargetSample(++sequence, clock.instant(), pools, jvm, connection));
    }

    /// Returns the samples with a higher number, oldest first. Costs as much as it returns.
    synchronized List<TargetSample> samplesAfter(long known) {
        List<TargetSample> newer = new ArrayList<>();
        var newestFirst = samples.descendingIterator();
        while (newestFirst.hasNext()) {
            TargetSample sample = newestFirst.next();
            if (sample.sequence() <= known) {
                break;
            }
            newer.add(sample);
        }
        return newer.reversed();
    }

    synchronized void mark(EventMark.Kind kind, String text) {
        if (marks.size() == MAX_MARKS) {
            marks.removeFirst();
        }
        marks.addLast(new EventMark(clock.instant(), kind, text));
    }

    synchronized List<EventMark> marks() {
        return List.copyOf(marks);
    }
}
