package dev.memfuse.load.process;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import com.sun.management.OperatingSystemMXBean;
import dev.memfuse.background.BackgroundThreads;
import dev.memfuse.load.Workload;
import dev.memfuse.load.generator.Generator.CorpusSize;
import dev.memfuse.load.generator.Generator.Part;
import dev.memfuse.load.generator.GeneratorReport;
import dev.memfuse.load.generator.LocalGenerator;
import dev.memfuse.load.measure.HistogramBytes;
import dev.memfuse.load.measure.MeasurementTransfer;
import dev.memfuse.load.measure.Measurements;
import dev.memfuse.load.measure.ProcessHealth;
import dev.memfuse.load.measure.Texts;
import org.jspecify.annotations.Nullable;

/// The load generator in its own process: carries out what the program requests, and delivers what it measures twice a
/// second. Thread-safe.
final class GeneratorServer implements Channel.Service {
    private static final long SLICE_MILLIS = 500;
    /// The JVMs of a machine count [System#nanoTime] from the same instant; a smaller difference is the start of this
    /// one.
    private static final long SAME_CLOCK_NANOS = TimeUnit.MINUTES.toNanos(2);
    private static final OperatingSystemMXBean SYSTEM = (OperatingSystemMXBean) ManagementFactory
            .getOperatingSystemMXBean();

    private final Measurements measurements = new Measurements();
    private final MeasurementTransfer transfer = new MeasurementTransfer(measurements);
    private final ProcessHealth health = new ProcessHealth();
    private final ScheduledExecutorService slices = BackgroundThreads.timer("load-slices");
    private @Nullable Channel channel;
    private @Nullable ChannelTarget target;
    private volatile @Nullable LocalGenerator opened;
    private volatile String problem = "";
    private volatile long processorNanos;

    /// Sets the channel to the program, before it starts.
    void connect(Channel toProgram) {
        channel = toProgram;
        target = new ChannelTarget(toProgram);
    }

    @Override
    public void serve(Request request, DataInput in, DataOutput answer) throws IOException, InterruptedException {
        if (request == Request.OPEN) {
            open(in);
            return;
        }
        LocalGenerator generator = opened;
        if (generator == null) {
            throw new IllegalStateException("The load generator could not be made. " + problem);
        }
        switch (request) {
            case PREPARE -> {
                CorpusSize corpus = generator.prepare(Texts.read(in), _ -> {});
                Texts.write(corpus.name(), answer);
                answer.writeInt(corpus.conversations());
                answer.writeInt(corpus.messages());
            }
            case RUN -> run(generator, Part.values()[in.readByte()], in.readLong(), in.readLong());
            case END_PART -> generator.endPart();
            case LOAD -> generator.load(in.readDouble());
            case MIX -> generator.mix(WorkloadBytes.readMix(in));
            case STOP -> {
                measurements.measureUntil(System.nanoTime());
                generator.stop();
            }
            case AWAIT_EMPTY -> {
                int left = generator.awaitEmpty(Duration.ofNanos(in.readLong()));
                deliver(true);
                answer.writeInt(left);
            }
            case FINISH -> finish(generator, answer);
            default -> throw new IllegalStateException("The program asks for " + request + ".");
        }
    }

    private void open(DataInput in) throws IOException {
        if (Math.abs(System.nanoTime() - in.readLong()) > SAME_CLOCK_NANOS) {
            problem = "The clocks of the two processes differ.";
            return;
        }
        int maxMessageBytes = in.readInt();
        Workload workload = WorkloadBytes.read(in);
        opened = new LocalGenerator(workload, Objects.requireNonNull(target, "connected first"), measurements,
                maxMessageBytes);
        health.start();
        slices.scheduleAtFixedRate(() -> deliver(false), SLICE_MILLIS, SLICE_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void run(LocalGenerator generator, Part part, long from, long until) {
        transfer.startPart(from);
        if (part == Part.MEASURED) {
            measurements.measure(from, until);
            health.startMeasuring();
            Objects.requireNonNull(target, "connected first").takeCosts();
            processorNanos = SYSTEM.getProcessCpuTime();
        }
        generator.run(part, from, until);
        deliver(true);
    }

    private void finish(LocalGenerator generator, DataOutput answer) throws IOException {
        GeneratorReport report = generator.finish();
        slices.shutdownNow();
        deliver(true);
        answer.writeLong(report.userWaits());
        answer.writeLong(Runtime.getRuntime().maxMemory());
        answer.writeLong(Math.max(0, SYSTEM.getProcessCpuTime() - processorNanos));
        answer.writeLong(health.gcMillis());
        HistogramBytes.write(health.pauses(), answer);
        HistogramBytes.write(Objects.requireNonNull(target, "connected first").takeCosts(), answer);
    }

    /// Delivers what was measured since the last time, in order.
    private synchronized void deliver(boolean all) {
        Objects.requireNonNull(channel, "connected first").post(Request.SLICE, out -> transfer.write(out, all));
    }
}
