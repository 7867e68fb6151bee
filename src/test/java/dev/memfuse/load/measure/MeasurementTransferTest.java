package dev.memfuse.load.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

import dev.memfuse.engine.AddResult.Acknowledgement;
import dev.memfuse.load.LoadResult.OperationResult;
import dev.memfuse.load.OperationKind;
import org.junit.jupiter.api.Test;

final class MeasurementTransferTest {
    private static final int SLICES = 3;

    /// One operation of each end: succeeded, failed, dropped and unfinished.
    private static void measure(Measurements measurements, long now) {
        DueOperation add = measurements.scheduled(OperationKind.ADD, now);
        add.start();
        add.succeed(stage -> stage.ordinal() * 1_000L);
        add.acknowledged(Acknowledgement.JOURNALED);
        DueOperation query = measurements.scheduled(OperationKind.QUERY, now);
        query.start();
        query.fail(new IllegalStateException("no answer"));
        measurements.dropped(now);
        measurements.scheduled(OperationKind.LIST, now).start();
    }

    @Test
    void slicesAddUpToWhatWasMeasured() throws IOException {
        Measurements sliced = new Measurements();
        Measurements merged = new Measurements();
        long start = System.nanoTime();
        List.of(sliced, merged).forEach(each -> each.measure(start, start + 10 * SecondBins.SECOND));
        MeasurementTransfer sender = new MeasurementTransfer(sliced);
        MeasurementTransfer receiver = new MeasurementTransfer(merged);
        AtomicInteger scheduled = new AtomicInteger();
        merged.onScheduled((kind, nanos, count) -> scheduled.addAndGet(kind == OperationKind.ADD && nanos > 0
                ? (int) count
                : 100));
        receiver.expect();
        sender.startPart(start);
        SecondBins seconds = merged.startSeconds(start);

        for (int i = 0; i < SLICES; i++) {
            measure(sliced, System.nanoTime());
            if (i == SLICES - 1) {
                sliced.close();
            }
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            sender.write(new DataOutputStream(bytes), i > 0);
            receiver.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
        }

        ResultBuilder builder = new ResultBuilder(EnumSet.allOf(OperationKind.class), merged, 10);
        assertEquals(4L * SLICES, builder.arrival(true, 1, 1).scheduled());
        assertEquals(SLICES, builder.acknowledged().get("journaled"));
        assertEquals(SLICES, operation(builder, "add").count());
        assertEquals(SLICES, Objects.requireNonNull(builder.latencies().get(OperationKind.ADD)).getTotalCount());
        assertEquals(SLICES, operation(builder, "query").errors());
        assertEquals(SLICES, operation(builder, "list").unfinished());
        assertEquals(List.of("Failed 3 times: query: no answer"), merged.failures().mostFrequent(5));
        List<SecondBins.Bin> bins = List.of(seconds.take(0), seconds.take(1));
        assertEquals(SLICES, bins.stream().mapToLong(bin -> bin.failed.sum()).sum());
        assertEquals(SLICES, bins.stream().mapToLong(bin -> bin.kind(OperationKind.ADD).calls.getTotalCount()).sum());
        assertEquals(SLICES,
                bins.stream().mapToLong(bin -> bin.kind(OperationKind.ADD).scheduled.getTotalCount()).sum());
        assertEquals(0, bins.stream().mapToLong(bin -> bin.kind(OperationKind.QUERY).calls.getTotalCount()).sum());
        assertEquals(SLICES, scheduled.get() % 100, "the latencies from the schedule reach the charts");
        assertEquals(0, sliced.finishedCount(), "the sender keeps nothing");
    }

    private static OperationResult operation(ResultBuilder builder, String name) {
        return Objects.requireNonNull(builder.operations().get(name), name);
    }
}
