package dev.memfuse.lab.compare;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.Locale;

import dev.memfuse.load.RunMeasurement;
import dev.memfuse.load.recording.LatencyLog;

/// The distributions of the latencies of each block, kept as they are written: a distribution takes some kilobytes
/// then, and a hundred times as much in memory. For one thread.
public final class BlockLatencies {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final LatencyLog.Writer log;

    BlockLatencies(Instant start) {
        log = new LatencyLog.Writer(bytes, start);
    }

    /// Adds a block under names such as `A.1.add` for arm, pair and operation.
    void add(int pair, boolean candidate, RunMeasurement block) {
        Instant from = block.result().startedAt();
        Instant to = from.plusNanos(Math.round(block.result().seconds() * 1e9));
        block.latencies().forEach((operation, latency) -> log.add(String.format(Locale.ROOT, "%s.%d.%s",
                candidate ? "B" : "A", pair, operation.label()), from, to, latency));
    }

    /// Writes them as a log of HdrHistogram's format.
    public void writeTo(OutputStream out) throws IOException {
        log.flush();
        bytes.writeTo(out);
    }
}
