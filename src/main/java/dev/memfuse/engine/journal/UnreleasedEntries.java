package dev.memfuse.engine.journal;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// The entries that are not released: a ring of their sizes, places and times, from the low-water mark on, with sixteen
/// bytes for each. Reserves room for appends within the limits of the journal. Thread-safe.
final class UnreleasedEntries {
    private static final int INITIAL_CAPACITY = 1024;
    /// Capacity up to which an empty ring keeps its memory.
    private static final int KEPT_CAPACITY = 1 << 16;
    private static final long RETRY_INTERVAL = TimeUnit.MILLISECONDS.toNanos(100);

    private final Supplier<JournalLimits> limits;
    private final LongSupplier nanos;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition room = lock.newCondition();
    private int[] sizes = new int[INITIAL_CAPACITY];
    private int[] offsets = new int[INITIAL_CAPACITY];
    private long[] submittedNanos = new long[INITIAL_CAPACITY];
    private long lowWaterMark;
    private long next;
    private long entries;
    private long bytes;
    private long reserved;
    private long appended;
    private long released;
    private int waiting;

    /// Counts of the entries at one instant.
    ///
    /// @param age age of the oldest entry; zero without entries
    record Totals(long entries, long bytes, Duration age, long appended, long released) {}

    /// Place of an unreleased round in its segment.
    ///
    /// @param offset offset of its record
    /// @param bytes size of its record
    /// @param submittedNanos time of its append, on the clock of [System#nanoTime]
    record Place(int offset, int bytes, long submittedNanos) {}

    /// @param first the first log sequence number
    UnreleasedEntries(long first, Supplier<JournalLimits> limits, LongSupplier nanos) {
        this.lowWaterMark = first;
        this.next = first;
        this.limits = limits;
        this.nanos = nanos;
    }

    /// Reserves room for an entry; waits until there is enough.
    ///
    /// @param folder folder of the journal, for messages
    /// @param size bytes
    /// @throws JournalException when there is not enough within [JournalLimits#appendTimeout]
    void reserve(String folder, long size) {
        lock.lock();
        waiting++;
        try {
            long start = nanos.getAsLong();
            for (Refusal refusal = refusal(size); refusal != Refusal.NONE; refusal = refusal(size)) {
                long remaining = limits.get().appendTimeout().toNanos() - (nanos.getAsLong() - start);
                if (remaining <= 0 || refusal == Refusal.TOO_LARGE) {
                    throw new JournalException(refusalMessage(folder, refusal, size));
                }
                long _ = room.awaitNanos(Math.min(remaining, RETRY_INTERVAL));
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

    private String refusalMessage(String folder, Refusal refusal, long size) {
        JournalLimits now = limits.get();
        String limit = refusal == Refusal.AGE
                ? "buffer.journal.max_age allows " + now.maxAge().toSeconds() + " s"
                : "buffer.journal.max_bytes allows " + now.maxBytes() + " bytes";
        if (refusal == Refusal.TOO_LARGE) {
            return String.format(Locale.ROOT, "A round of %d bytes is too large for the journal in %s: %s. "
                    + "Add fewer messages at a time or raise the limit.", size, folder, limit);
        }
        return String.format(Locale.ROOT,
                "The journal in %s is full: %d rounds of %d bytes wait for the database, the oldest for %d s, and %s. "
                        + "The message was not acknowledged; try again when the database has caught up, "
                        + "or raise the limit.",
                folder, entries, bytes, TimeUnit.NANOSECONDS.toSeconds(age()), limit);
    }

    /// Cancels a reservation.
    void cancel(long size) {
        lock.lock();
        try {
            reserved -= size;
            signal();
        } finally {
            lock.unlock();
        }
    }

    /// Adds entries that are on the disk and converts their reservations.
    void add(Iterable<Append> group) {
        lock.lock();
        try {
            for (Append append : group) {
                put(append.lsn(), append.waitsForRelease() ? append.bytes() : 0, append.offset(),
                        append.submittedNanos());
                reserved -= append.reserved();
                appended++;
            }
        } finally {
            lock.unlock();
        }
    }

    /// Adds an entry of an earlier process.
    ///
    /// @param at time of its append, on the clock of [System#nanoTime]
    /// @param size bytes; 0 when it needs no release
    /// @param offset offset of its record in its segment
    void restore(long lsn, int size, int offset, long at) {
        lock.lock();
        try {
            put(lsn, size, offset, at);
        } finally {
            lock.unlock();
        }
    }

    /// Marks all numbers below `first` as used, whether their entries exist or are lost.
    void skipTo(long first) {
        lock.lock();
        try {
            if (first > next) {
                put(first - 1, 0, 0, 0);
            }
        } finally {
            lock.unlock();
        }
    }

    /// Adds an entry. Entries of size 0 count as released, and so do skipped numbers, whose entries are lost.
    private void put(long lsn, int size, int offset, long at) {
        while (next <= lsn) {
            if (next - lowWaterMark == sizes.length) {
                grow();
            }
            sizes[slot(next)] = 0;
            next++;
        }
        sizes[slot(lsn)] = size;
        offsets[slot(lsn)] = offset;
        submittedNanos[slot(lsn)] = at;
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
        int[] oldOffsets = offsets;
        long[] oldTimes = submittedNanos;
        sizes = new int[oldSizes.length * 2];
        offsets = new int[oldSizes.length * 2];
        submittedNanos = new long[oldSizes.length * 2];
        for (long lsn = lowWaterMark; lsn < next; lsn++) {
            int old = (int) (lsn & oldSizes.length - 1);
            sizes[slot(lsn)] = oldSizes[old];
            offsets[slot(lsn)] = oldOffsets[old];
            submittedNanos[slot(lsn)] = oldTimes[old];
        }
    }

    private void advance() {
        while (lowWaterMark < next && sizes[slot(lowWaterMark)] == 0) {
            lowWaterMark++;
        }
        if (lowWaterMark == next && sizes.length > KEPT_CAPACITY) {
            sizes = new int[INITIAL_CAPACITY];
            offsets = new int[INITIAL_CAPACITY];
            submittedNanos = new long[INITIAL_CAPACITY];
        }
    }

    /// Releases an entry; has no effect when it is released already.
    void release(long lsn) {
        lock.lock();
        try {
            if (isUnreleased(lsn)) {
                remove(lsn);
                released++;
                signal();
            }
        } finally {
            lock.unlock();
        }
    }

    /// Removes an entry of an earlier process whose messages were erased; it does not count as released.
    void discard(long lsn) {
        lock.lock();
        try {
            if (isUnreleased(lsn)) {
                remove(lsn);
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean isUnreleased(long lsn) {
        return lsn >= lowWaterMark && lsn < next && sizes[slot(lsn)] > 0;
    }

    private void remove(long lsn) {
        entries--;
        bytes -= sizes[slot(lsn)];
        sizes[slot(lsn)] = 0;
        advance();
    }

    /// Returns the lowest number of an unreleased round from `from` on; 0 when there is none.
    long nextFrom(long from) {
        lock.lock();
        try {
            for (long lsn = Math.max(from, lowWaterMark); lsn < next; lsn++) {
                if (sizes[slot(lsn)] > 0) {
                    return lsn;
                }
            }
            return 0;
        } finally {
            lock.unlock();
        }
    }

    /// Returns the place of a round; empty when it is released.
    Optional<Place> place(long lsn) {
        lock.lock();
        try {
            return isUnreleased(lsn)
                    ? Optional.of(new Place(offsets[slot(lsn)], sizes[slot(lsn)], submittedNanos[slot(lsn)]))
                    : Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    private void signal() {
        if (waiting > 0) {
            room.signalAll();
        }
    }

    /// Returns the low-water mark: every entry below it is released.
    long lowWaterMark() {
        lock.lock();
        try {
            return lowWaterMark;
        } finally {
            lock.unlock();
        }
    }

    /// Returns the counts.
    Totals totals() {
        lock.lock();
        try {
            return new Totals(entries, bytes, Duration.ofNanos(age()), appended, released);
        } finally {
            lock.unlock();
        }
    }

    private long age() {
        return entries == 0 ? 0 : Math.max(0, nanos.getAsLong() - submittedNanos[slot(lowWaterMark)]);
    }
}
