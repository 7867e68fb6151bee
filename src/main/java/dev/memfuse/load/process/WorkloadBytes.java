package dev.memfuse.load.process;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import dev.memfuse.load.Workload;
import dev.memfuse.load.Workload.Arrival;
import dev.memfuse.load.Workload.ArrivalProcess;
import dev.memfuse.load.Workload.Content;
import dev.memfuse.load.Workload.MessageSize;
import dev.memfuse.load.Workload.Mix;
import dev.memfuse.load.measure.Texts;
import dev.memfuse.load.shape.Shape;

/// Workloads as bytes, for a process of the same program. Thresholds stay with the program, which judges them.
final class WorkloadBytes {
    private WorkloadBytes() {}

    static void write(Workload workload, DataOutput out) throws IOException {
        out.writeInt(workload.users());
        write(workload.arrival(), out);
        write(workload.duration(), out);
        write(workload.warmup().minimum(), out);
        write(workload.warmup().maximum(), out);
        write(workload.mix(), out);
        out.writeInt(workload.batchSize());
        out.writeInt(workload.topK());
        Texts.write(workload.dataset().map(Path::toString).orElse(""), out);
        Optional<MessageSize> size = workload.content().messageSize();
        out.writeInt(size.map(MessageSize::min).orElse(0));
        out.writeInt(size.map(MessageSize::max).orElse(0));
        out.writeLong(workload.seed());
    }

    static Workload read(DataInput in) throws IOException {
        int users = in.readInt();
        Arrival arrival = readArrival(in);
        Duration duration = readTime(in);
        Workload.Warmup warmup = new Workload.Warmup(readTime(in), readTime(in));
        Mix mix = readMix(in);
        int batch = in.readInt();
        int topK = in.readInt();
        String dataset = Texts.read(in);
        MessageSize size = new MessageSize(in.readInt(), in.readInt());
        Content content = new Content(batch, topK, dataset.isEmpty() ? Optional.empty() : Optional.of(Path.of(dataset)),
                size.min() == 0 ? Optional.empty() : Optional.of(size));
        return new Workload(users, arrival, duration, warmup, mix, content, in.readLong(), List.of());
    }

    static void write(Mix mix, DataOutput out) throws IOException {
        out.writeDouble(mix.add());
        out.writeDouble(mix.query());
        out.writeDouble(mix.list());
    }

    static Mix readMix(DataInput in) throws IOException {
        return new Mix(in.readDouble(), in.readDouble(), in.readDouble());
    }

    private static void write(Duration time, DataOutput out) throws IOException {
        out.writeLong(time.toNanos());
    }

    private static Duration readTime(DataInput in) throws IOException {
        return Duration.ofNanos(in.readLong());
    }

    private static void write(Arrival arrival, DataOutput out) throws IOException {
        out.writeBoolean(arrival instanceof Arrival.Open);
        switch (arrival) {
            case Arrival.Closed(int concurrency, Duration thinkTime) -> {
                out.writeInt(concurrency);
                write(thinkTime, out);
            }
            case Arrival.Open(ArrivalProcess process, Shape shape, int maxInFlight) -> {
                out.writeByte(process.ordinal());
                out.writeInt(maxInFlight);
                Texts.write(shape.label(), out);
                write(shape, out);
            }
        }
    }

    private static Arrival readArrival(DataInput in) throws IOException {
        if (!in.readBoolean()) {
            return new Arrival.Closed(in.readInt(), readTime(in));
        }
        ArrivalProcess process = ArrivalProcess.values()[in.readByte()];
        int maxInFlight = in.readInt();
        return new Arrival.Open(process, readShape(Texts.read(in), in), maxInFlight);
    }

    private static void write(Shape shape, DataOutput out) throws IOException {
        switch (shape) {
            case Shape.Steady(double rate) -> out.writeDouble(rate);
            case Shape.Ramp(double from, double to, Duration over) -> {
                out.writeDouble(from);
                out.writeDouble(to);
                write(over, out);
            }
            case Shape.Steps(List<Double> rates, Duration every) -> {
                write(rates, out);
                write(every, out);
            }
            case Shape.Spike(double rate, double peak, Duration at, Duration length) -> {
                out.writeDouble(rate);
                out.writeDouble(peak);
                write(at, out);
                write(length, out);
            }
            case Shape.Sine(double rate, double amplitude, Duration period) -> {
                out.writeDouble(rate);
                out.writeDouble(amplitude);
                write(period, out);
            }
            case Shape.Replay(Path recording, double scale, List<Double> perSecond) -> {
                Texts.write(recording.toString(), out);
                out.writeDouble(scale);
                write(perSecond, out);
            }
        }
    }

    private static Shape readShape(String label, DataInput in) throws IOException {
        return switch (label) {
            case "steady" -> new Shape.Steady(in.readDouble());
            case "ramp" -> new Shape.Ramp(in.readDouble(), in.readDouble(), readTime(in));
            case "steps" -> new Shape.Steps(readNumbers(in), readTime(in));
            case "spike" -> new Shape.Spike(in.readDouble(), in.readDouble(), readTime(in), readTime(in));
            case "sine" -> new Shape.Sine(in.readDouble(), in.readDouble(), readTime(in));
            case "replay" -> new Shape.Replay(Path.of(Texts.read(in)), in.readDouble(), readNumbers(in));
            default -> throw new IOException("The shape " + label + " is not known.");
        };
    }

    private static void write(List<Double> numbers, DataOutput out) throws IOException {
        out.writeInt(numbers.size());
        for (double number : numbers) {
            out.writeDouble(number);
        }
    }

    private static List<Double> readNumbers(DataInput in) throws IOException {
        int count = in.readInt();
        List<Double> numbers = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            numbers.add(in.readDouble());
        }
        return numbers;
    }
}
