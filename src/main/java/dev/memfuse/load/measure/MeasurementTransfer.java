package dev.memfuse.load.measure;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

import dev.memfuse.load.OperationKind;
import dev.memfuse.load.measure.SecondBins.Bin;
import org.HdrHistogram.Histogram;

/// Moves what was measured from the process that measures to the one that reports, slice by slice, without any loss:
/// counts are added and distributions are merged. [#write] empties its side. For one thread on each side.
///
/// @param measurements the measurements of this side
public record MeasurementTransfer(Measurements measurements) {
    /// Prepares the side that reports: until the first slice nothing is counted.
    public void expect() {
        measurements.deliveredUntil(System.nanoTime());
    }

    /// Prepares the side that measures for a part of the run.
    ///
    /// @param from start of the part on the clock of [System#nanoTime]
    public void startPart(long from) {
        measurements.startSeconds(from);
    }

    /// Writes what was measured since the last call.
    ///
    /// @param all whether the current second is written too, since nothing more is expected in it
    public void write(DataOutput out, boolean all) throws IOException {
        for (LongAdder counter : measurements.counters()) {
            out.writeLong(counter.sumThenReset());
        }
        for (TotalRecorder recorder : measurements.recorders()) {
            HistogramBytes.write(recorder.take(), out);
        }
        for (OperationMeasurement kind : measurements.kinds()) {
            out.writeLong(kind.lowerBoundFrom());
        }
        out.writeLong(measurements.lastEnd());
        Map<String, Long> failures = measurements.failures().take();
        out.writeInt(failures.size());
        for (Map.Entry<String, Long> failure : failures.entrySet()) {
            Texts.write(failure.getKey(), out);
            out.writeLong(failure.getValue());
        }
        writeSeconds(out, all);
    }

    private void writeSeconds(DataOutput out, boolean all) throws IOException {
        SecondBins bins = measurements.seconds();
        long complete = bins.secondOf(measurements.countedUntil());
        long end = all ? Long.MAX_VALUE : complete;
        for (long second = bins.firstCounted(end); second < end; second = bins.firstCounted(end)) {
            Bin bin = bins.take(second);
            out.writeBoolean(true);
            out.writeLong(bins.startOf(second));
            out.writeLong(bin.failed.sum());
            out.writeLong(bin.dropped.sum());
            HistogramBytes.write(bin.latencies(), out);
            for (OperationKind kind : OperationKind.values()) {
                HistogramBytes.write(bin.kind(kind).calls, out);
                HistogramBytes.write(bin.kind(kind).scheduled, out);
            }
        }
        out.writeBoolean(false);
        out.writeLong(all ? System.nanoTime() : bins.startOf(complete));
    }

    /// Adds a slice of the other side.
    public void read(DataInput in) throws IOException {
        for (LongAdder counter : measurements.counters()) {
            counter.add(in.readLong());
        }
        IdentityHashMap<TotalRecorder, Histogram> taken = new IdentityHashMap<>();
        for (TotalRecorder recorder : measurements.recorders()) {
            Histogram delivered = HistogramBytes.read(in);
            recorder.add(delivered);
            taken.put(recorder, delivered);
        }
        // Only an open run has lags.
        if (Objects.requireNonNull(taken.get(measurements.recorders().getFirst())).getTotalCount() > 0) {
            measurements.byKind().forEach((kind, measured) -> measurements.deliverScheduled(kind,
                    Objects.requireNonNull(taken.get(measured.recorders().getFirst()))));
        }
        for (OperationMeasurement kind : measurements.kinds()) {
            kind.lowerBoundFrom(in.readLong());
        }
        measurements.lastEnd(in.readLong());
        for (int left = in.readInt(); left > 0; left--) {
            measurements.failures().add(Texts.read(in), in.readLong());
        }
        while (in.readBoolean()) {
            // Both sides begin their seconds with the part, but not in the same microsecond.
            long middle = in.readLong() + SecondBins.SECOND / 2;
            Bin bin = measurements.seconds().of(middle);
            bin.add(in.readLong(), in.readLong(), HistogramBytes.read(in));
            for (OperationKind kind : OperationKind.values()) {
                bin.kind(kind).calls.add(HistogramBytes.read(in));
                bin.kind(kind).scheduled.add(HistogramBytes.read(in));
            }
        }
        measurements.deliveredUntil(in.readLong());
    }
}
