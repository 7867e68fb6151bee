package dev.memfuse.engine.buffer;

import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// An attempt to store batches of one user in one transaction.
///
/// @param retry number of rejected attempts before
record FlushAttempt(FlushLane lane, List<FlushBatch> batches, int retry) {
    FlushBatch merged() {
        return batches.size() == 1
                ? batches.getFirst()
                : new FlushBatch(batches.getFirst().userId(), batches.getFirst().priority(),
                        batches.stream().flatMap(batch -> batch.rounds().stream()).toList(),
                        new CompletableFuture<>());
    }

    FlushAttempt next() {
        return new FlushAttempt(lane, batches, retry + 1);
    }

    FlushBatch.Priority priority() {
        return Collections.max(batches.stream().map(FlushBatch::priority).toList());
    }
}
