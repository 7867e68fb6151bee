package dev.memfuse.engine.journal;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/// Appends entries of another journal in batches: the disk is forced once for each batch and each segment, and memory
/// holds one batch. Needs no room, since the entries were acknowledged before. Used by one thread.
final class Adoption {
    private static final long BATCH_BYTES = 4L << 20;
    private static final int BATCH_ENTRIES = 4096;

    private final Consumer<Request> writer;
    private final List<Pending> batch = new ArrayList<>();
    private long bytes;

    private record Pending(Append append, LongConsumer onDurable) {}

    /// @param writer receives each batch as one request
    Adoption(Consumer<Request> writer) {
        this.writer = writer;
    }

    /// Adds an entry to the batch. Blocks for the disk when the batch is full.
    ///
    /// @param submittedNanos time of its append to the other journal, on the clock of [System#nanoTime]
    /// @param onDurable receives its log sequence number in this journal, before this method or [#finish] returns
    /// @throws JournalException when an entry of the batch could not be appended
    void add(JournalEntry entry, long submittedNanos, LongConsumer onDurable) {
        var append = new Append(JournalEntryCodec.type(entry), JournalEntryCodec.encode(entry), 0, submittedNanos);
        batch.add(new Pending(append, onDurable));
        bytes += append.bytes();
        if (bytes >= BATCH_BYTES || batch.size() == BATCH_ENTRIES) {
            finish();
        }
    }

    /// Appends the rest. Blocks for the disk.
    ///
    /// @throws JournalException when an entry could not be appended
    void finish() {
        if (batch.isEmpty()) {
            return;
        }
        writer.accept(new Request.Batch(batch.stream().map(Pending::append).toList()));
        for (Pending pending : batch) {
            pending.onDurable().accept(Journal.await(pending.append().done()));
        }
        batch.clear();
        bytes = 0;
    }
}
