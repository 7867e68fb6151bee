package dev.memfuse.engine.journal;

import java.util.concurrent.CompletableFuture;

/// An entry on its way to the disk. The writer assigns its log sequence number and completes [#done].
final class Append implements Request {
    private final int type;
    private final byte[] payload;
    private final long reserved;
    private final long submittedNanos;
    private final CompletableFuture<Long> done = new CompletableFuture<>();
    private long lsn;
    private int offset;

    /// @param reserved bytes reserved for it in the journal
    /// @param submittedNanos time of the append, on the clock of [System#nanoTime]
    Append(int type, byte[] payload, long reserved, long submittedNanos) {
        this.type = type;
        this.payload = payload;
        this.reserved = reserved;
        this.submittedNanos = submittedNanos;
    }

    int type() {
        return type;
    }

    /// Returns whether the entry waits for the database until it is released. An erasure does not.
    boolean waitsForRelease() {
        return type != JournalEntryCodec.ERASURE;
    }

    byte[] payload() {
        return payload;
    }

    /// Returns the bytes of its record.
    int bytes() {
        return RecordFormat.HEADER + payload.length;
    }

    long reserved() {
        return reserved;
    }

    long submittedNanos() {
        return submittedNanos;
    }

    long lsn() {
        return lsn;
    }

    /// Returns the offset of its record in its segment.
    int offset() {
        return offset;
    }

    void assign(long number, int offsetInSegment) {
        lsn = number;
        offset = offsetInSegment;
    }

    void acknowledge() {
        done.complete(lsn);
    }

    @Override
    public void fail(JournalException failure) {
        done.completeExceptionally(failure);
    }

    CompletableFuture<Long> done() {
        return done;
    }
}
