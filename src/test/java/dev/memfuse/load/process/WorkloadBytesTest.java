package dev.memfuse.load.process;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import dev.memfuse.load.Workload;
import dev.memfuse.load.Workload.Arrival;
import dev.memfuse.load.Workload.ArrivalProcess;
import dev.memfuse.load.Workload.Content;
import dev.memfuse.load.Workload.MessageSize;
import dev.memfuse.load.Workload.Mix;
import dev.memfuse.load.Workload.Warmup;
import dev.memfuse.load.shape.Shape;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class WorkloadBytesTest {
    private static Stream<Arrival> arrivals() {
        Duration time = Duration.ofMillis(1_500);
        return Stream.concat(Stream.of(new Arrival.Closed(3, time)),
                Stream.of(new Shape.Steady(12.5), new Shape.Ramp(0, 7, time), new Shape.Steps(List.of(1.0, 2.5), time),
                        new Shape.Spike(1, 9, Duration.ZERO, time), new Shape.Sine(5, 2, time),
                        new Shape.Replay(Path.of("rècording"), 2, List.of(3.0, 0.0)))
                        .map(shape -> new Arrival.Open(ArrivalProcess.CONSTANT, shape, 77)));
    }

    @ParameterizedTest
    @MethodSource("arrivals")
    void everyArrivalArrives(Arrival arrival) throws IOException {
        for (Content content : List.of(new Content(10, 5, Optional.of(Path.of("data sèt")), Optional.empty()),
                new Content(1, 1_000, Optional.empty(), Optional.of(new MessageSize(1, 10_000))))) {
            Workload workload = new Workload(9, arrival, Duration.ofNanos(1_234_567_891), Warmup.AUTO,
                    new Mix(1, 0.25, 0), content, Long.MIN_VALUE, List.of());
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();

            WorkloadBytes.write(workload, new DataOutputStream(bytes));

            assertEquals(workload,
                    WorkloadBytes.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()))));
        }
    }
}
