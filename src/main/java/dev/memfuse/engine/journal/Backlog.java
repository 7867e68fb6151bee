package dev.memfuse.engine.journal;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// Which entries are not released: a ring of their sizes and ages from the low-water mark on, twelve bytes for each.
/// Also gives appends room within the limits. Thread-safe.
final class Backlog {
    private static final int SMALLEST_RING = 1024;
    private static final long LOOK_AGAIN = TimeUnit.MILLISECONDS.toNanos(100);

    private final Supplier<JournalLimits> limits;
    private final LongSupplier nanos;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition room = lock.newCondition();
    private int[] sizes = new int[SMALLEST_RING];
    private long[] since = new long[SMALLEST_RING];
    private long mark;
    private long next;
    private long entries;
    private long bytes;
    private long reserved;
    private long appended;
    private long released;
    private int waiting;

    /// @param age of the oldest entry
    record Totals(long entries, long bytes, Duration age, long appended, long released) {}

    /// @param first log sequence number
    Backlog(long first, Supplier<JournalLimits> limits, LongSupplier nanos) {
        this.mark = first;
        this.next = first;
        this.limits = limits;
        this.nanos = nanos;
    }

    /// Takes room for an entry, or waits for it.
    ///
    /// @throws JournalException when there is none for as long as the limits' patience
    void reserve(String folder, long size) {
        lock.lock();
        waiting++;
        try {
            long start = nanos.getAsLong();
            for (Refusal refusal = refusal(size); refusal != Refusal.NONE; refusal = refusal(size)) {
                long left = limits.get().patience().toNanos() - (nanos.getAsLong() - start);
                if (left <= 0 || refusal == Refusal.TOO_LARGE) {
                    throw new JournalException(sentence(folder, refusal, size));
                }
                long _ = room.awaitNanos(Math.min(left, LOOK_AGAIN));
            }
            reserved += size;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new JournalException("The wait for room in the journal was interrupted; nothing was acknowledged.",
                    "", e);
        } finally {
            waiting--;
            lock.unlock();
        }
    }

    private enum Refusal {
        NONE,
        TOO_LARGE,
        BYTES,
        AGE
    }

    private Refusal refusal(long size) {
        JournalLimits now = limits.get();
        if (size > now.maxBytes()) {
            return Refusal.TOO_LARGE;
        }
        if (bytes + reserved + size > now.maxBytes()) {
            return Refusal.BYTES;
        }
        return age() > now.maxAge().toNanos() ? Refusal.AGE : Refusal.NONE;
    }

    private String sentence(String folder, Refusal refusal, long size) {
        JournalLimits now = limits.get();
        String bound = refusal == Refusal.AGE
                ? "buffer.journal.max_age allows " + now.maxAge().toSeconds() + " s"
                : "buffer.journal.max_bytes allows " + now.maxBytes() + " bytes";
        if (refusal == Refusal.TOO_LARGE) {
            return "A round of %d bytes is too large for the journal in %s: %s. Add fewer messages at a time or raise the bound."
                    .formatted(size, folder, bound);
        }
        return ("The journal in %s is full: %d rounds of %d bytes wait for the database, the oldest for %d s, and %s. "
                + "The message was not acknowledged; try again when the database has caught up, or raise the bound.")
                .formatted(folder, entries, bytes, TimeUnit.NANOSECONDS.toSeconds(age()), bound);
    }

    /// Gives back room that was reserved.
    void forget(long size) {
        lock.lock();
        try {
            reserved -= size;
            signal();
        } finally {
            lock.unlock();
        }
    }

    /// The group is on the disk; what was reserved for its rounds is now their backlog.
    void add(Iterable<Append> group) {
        lock.lock();
        try {
            for (Append append : group) {
                put(append.lsn(), append.isRound() ? append.bytes() : 0, append.since());
                reserved -= append.reserved();
                appended++;
            }
        } finally {
            lock.unlock();
        }
    }

    /// An entry of the last process.
    ///
    /// @param at when it was appended, on the clock of [System#nanoTime]
    void restore(long lsn, int size, long at) {
        lock.lock();
        try {
            put(lsn, size, at);
        } finally {
            lock.unlock();
        }
    }

    /// Numbers below this one are given out, or lost.
    void skipTo(long first) {
        lock.lock();
        try {
            if (first > next) {
                put(first - 1, 0, 0);
            }
        } finally {
            lock.unlock();
        }
    }

    /// Entries of size 0 hold nothing back; nor do numbers that are left out, which are lost.
    private void put(long lsn, int size, long at) {
        while (next <= lsn) {
            if (next - mark == sizes.length) {
                grow();
            }
            sizes[slot(next)] = 0;
            next++;
        }
        sizes[slot(lsn)] = size;
        since[slot(lsn)] = at;
        if (size > 0) {
            entries++;
            bytes += size;
        }
        advance();
    }

    private int slot(long lsn) {
        return (int) (lsn & sizes.length - 1);
    }

    private void grow() {
        int[] oldSizes = sizes;
        long[] oldSince = since;
        sizes = new int[oldSizes.length * 2];
        since = new long[oldSizes.length * 2];
        for (long lsn = mark; lsn < next; lsn++) {
            int old = (int) (lsn & oldSizes.length - 1);
            sizes[slot(lsn)] = oldSizes[old];
            since[slot(lsn)] = oldSince[old];
        }
    }

    private void advance() {
        while (mark < next && sizes[slot(mark)] == 0) {
            mark++;
        }
    }

    void release(long lsn) {
        lock.lock();
        try {
            if (lsn < mark || lsn >= next || sizes[slot(lsn)] == 0) {
                return;
            }
            entries--;
            bytes -= sizes[slot(lsn)];
            released++;
            sizes[slot(lsn)] = 0;
            advance();
            signal();
        } finally {
            lock.unlock();
        }
    }

    private void signal() {
        if (waiting > 0) {
            room.signalAll();
        }
    }

    /// Every entry below it is released.
    long mark() {
        lock.lock();
        try {
            return mark;
        } finally {
            lock.unlock();
        }
    }

    Totals totals() {
        lock.lock();
        try {
            return new Totals(entries, bytes, Duration.ofNanos(age()), appended, released);
        } finally {
            lock.unlock();
        }
    }

    private long age() {
        return entries == 0 ? 0 : Math.max(0, nanos.getAsLong() - since[slot(mark)]);
    }
}
