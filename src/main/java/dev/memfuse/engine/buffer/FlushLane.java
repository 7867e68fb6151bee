package dev.memfuse.engine.buffer;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

import org.jspecify.annotations.Nullable;

/// Queued batches of one user, in order. Guarded by the lock of its [FlushManager].
final class FlushLane {
    /// Longest time that a user waits while batches of higher priority are stored.
    static final Duration MAX_WAIT = Duration.ofSeconds(2);
    /// Maximum number of messages in one transaction of several batches.
    private static final int MAX_MESSAGES = 2_000;

    private final Deque<FlushBatch> batches = new ArrayDeque<>();
    /// When the lane last became ready; meaningless while it is not.
    private long readySince;
    /// Set from the start of an attempt until its batches are stored or returned, also while it waits for a retry.
    private boolean busy;
    /// A retry that is due and waits for a worker; null when there is none.
    private @Nullable FlushAttempt due;

    /// Appends a batch.
    void add(FlushBatch batch, long now) {
        if (!ready()) {
            readySince = now;
        }
        batches.addLast(batch);
    }

    /// Returns batches of an attempt that has ended to the front.
    void putBack(List<FlushBatch> returned) {
        returned.reversed().forEach(batches::addFirst);
    }

    /// Sets a retry of this lane, which waits for a worker.
    void retry(FlushAttempt attempt, long now) {
        due = attempt;
        readySince = now;
    }

    /// Ends the attempt of this lane.
    void free(long now) {
        busy = false;
        readySince = now;
    }

    /// Returns the number of batches that wait for their first attempt.
    int queued() {
        return batches.size();
    }

    /// Returns the retry that is due, or a first attempt for the oldest batches.
    FlushAttempt start() {
        FlushAttempt retry = due;
        if (retry != null) {
            due = null;
            return retry;
        }
        busy = true;
        return new FlushAttempt(this, take(), 0);
    }

    boolean ready() {
        return due != null || (!busy && !batches.isEmpty());
    }

    /// Returns whether this ready lane is to be served before another one.
    boolean goesBefore(FlushLane other, long now) {
        boolean overdue = isOverdue(now);
        if (overdue != other.isOverdue(now)) {
            return overdue;
        }
        int byPriority = overdue ? 0 : priority().compareTo(other.priority());
        return byPriority == 0 ? readySince - other.readySince < 0 : byPriority > 0;
    }

    private boolean isOverdue(long now) {
        return now - readySince >= MAX_WAIT.toNanos();
    }

    private FlushBatch.Priority priority() {
        FlushBatch.Priority highest = due == null ? FlushBatch.Priority.LOW : due.priority();
        for (FlushBatch batch : batches) {
            highest = batch.priority().compareTo(highest) > 0 ? batch.priority() : highest;
        }
        return highest;
    }

    /// Removes and returns the oldest batch with those after it that fit into the same transaction.
    private List<FlushBatch> take() {
        List<FlushBatch> taken = new ArrayList<>(List.of(batches.removeFirst()));
        int messages = taken.getFirst().messageCount();
        long bytes = taken.getFirst().textBytes();
        for (FlushBatch next = batches.peekFirst(); next != null && messages + next.messageCount() <= MAX_MESSAGES
                && bytes + next.textBytes() <= UserBuffers.MAX_BATCH_BYTES; next = batches.peekFirst()) {
            taken.add(batches.removeFirst());
            messages += next.messageCount();
            bytes += next.textBytes();
        }
        return taken;
    }
}
