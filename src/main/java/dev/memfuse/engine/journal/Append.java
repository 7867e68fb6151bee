package dev.memfuse.engine.journal;

import java.util.concurrent.CompletableFuture;

/// An entry on its way to the disk. The writer fills in its number; whoever appends waits for [#done].
final class Append implements Request {
    private final int type;
    private final byte[] payload;
    private final long reserved;
    private final long since;
    private final CompletableFuture<Long> done = new CompletableFuture<>();
    private long lsn;

    /// @param reserved bytes of room taken for it
    /// @param since when it was handed over, on the clock of [System#nanoTime]
    Append(int type, byte[] payload, long reserved, long since) {
        this.type = type;
        this.payload = payload;
        this.reserved = reserved;
        this.since = since;
    }

    int type() {
        return type;
    }

    boolean isRound() {
        return type == JournalEntryCodec.ROUND;
    }

    byte[] payload() {
        return payload;
    }

    int bytes() {
        return RecordFormat.HEADER + payload.length;
    }

    long reserved() {
        return reserved;
    }

    long since() {
        return since;
    }

    long lsn() {
        return lsn;
    }

    void number(long assigned) {
        lsn = assigned;
    }

    void acknowledge() {
        done.complete(lsn);
    }

    @Override
    public void refuse(JournalException why) {
        done.completeExceptionally(why);
    }

    CompletableFuture<Long> done() {
        return done;
    }
}
