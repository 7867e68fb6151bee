package dev.memfuse.load.process;

import java.io.DataInput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

import dev.memfuse.background.BackgroundThreads;
import dev.memfuse.load.Workload;
import dev.memfuse.load.generator.Generator;
import dev.memfuse.load.generator.GeneratorReport;
import dev.memfuse.load.generator.GeneratorReport.OwnProcess;
import dev.memfuse.load.generator.LoadTarget;
import dev.memfuse.load.generator.SentMessages;
import dev.memfuse.load.measure.HistogramBytes;
import dev.memfuse.load.measure.MeasurementTransfer;
import dev.memfuse.load.measure.Measurements;
import dev.memfuse.load.measure.Texts;
import dev.memfuse.load.process.Channel.Body;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A load generator in a second JVM: generator and engine share neither heap nor collector. The engine stays in this
/// process and serves the calls of the generator.
public final class ProcessGenerator implements Generator {
    private static final Logger LOG = LoggerFactory.getLogger(ProcessGenerator.class);
    private static final long POLL_MILLIS = 100;
    /// Polls without a sign of life after which the process is given up, 20 s. They are counted, since this process may
    /// have been stopped meanwhile.
    private static final int MAX_SILENT_POLLS = 200;
    private static final long STOP_MILLIS = 2_000;

    private final Workload workload;
    private final Measurements measurements;
    private final EngineServer server;
    private final GeneratorProcess process;
    private final ExecutorService calls = BackgroundThreads.virtualPerTask("load-operation");
    private final Channel channel;
    /// Sends what must not block its caller, in order.
    private final ExecutorService commands = BackgroundThreads.boundedPool("load-generator-commands", 1);
    private volatile @Nullable Loss loss;
    private final CountDownLatch stopped = new CountDownLatch(1);

    /// Starts the process.
    ///
    /// @param target serves the operations
    /// @param measurements receives what the process measures
    /// @param maxMessageBytes maximum length of a message in bytes of UTF-8
    /// @throws IllegalStateException when the process cannot be started; the message is for the user
    public ProcessGenerator(Workload workload, LoadTarget target, Measurements measurements, int maxMessageBytes) {
        this.workload = workload;
        this.measurements = measurements;
        MeasurementTransfer transfer = new MeasurementTransfer(measurements);
        transfer.expect();
        this.server = new EngineServer(target, transfer);
        this.process = GeneratorProcess.start();
        this.channel = new Channel(process.process().getInputStream(), process.process().getOutputStream(),
                calls, server);
        channel.start();
        post(Request.OPEN, out -> {
            out.writeLong(System.nanoTime());
            out.writeInt(maxMessageBytes);
            WorkloadBytes.write(workload, out);
        });
    }

    private void post(Request request, Body body) {
        try {
            commands.execute(() -> channel.post(request, body));
        } catch (RejectedExecutionException e) {
            // The run has ended, and its generator with it.
            LOG.debug("Load: {} came after the end of the generator", request);
        }
    }

    @Override
    public CorpusSize prepare(String runId, Consumer<UUID> made) throws InterruptedException {
        server.onUser(made);
        CompletableFuture<DataInput> prepared = new CompletableFuture<>();
        // Behind the first command, which makes the generator.
        commands.execute(() -> channel.send(Request.PREPARE, out -> Texts.write(runId, out))
                .whenComplete((answer, failure) -> complete(prepared, answer, failure)));
        DataInput answer = await(prepared);
        if (answer == null) {
            if (stopped.getCount() == 0) {
                return new CorpusSize("not read", 0, 0);
            }
            throw new IllegalStateException(loss().orElseThrow().sentence());
        }
        try {
            return new CorpusSize(Texts.read(answer), answer.readInt(), answer.readInt());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void complete(CompletableFuture<DataInput> future, @Nullable DataInput answer,
            @Nullable Throwable failure) {
        if (failure == null) {
            future.complete(answer);
        } else {
            future.completeExceptionally(failure);
        }
    }

    @Override
    public void run(Part part, long from, long until) throws InterruptedException {
        if (loss == null) {
            await(channel.send(Request.RUN, out -> {
                out.writeByte(part.ordinal());
                out.writeLong(from);
                out.writeLong(until);
            }));
        }
    }

    /// Waits for an answer.
    ///
    /// @return null when the process was lost
    private @Nullable DataInput await(CompletableFuture<DataInput> answer) throws InterruptedException {
        long slices = server.slices();
        int silent = 0;
        while (true) {
            try {
                return answer.get(POLL_MILLIS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                silent = server.slices() == slices ? silent + 1 : 0;
                slices = server.slices();
                if (silent > MAX_SILENT_POLLS) {
                    lose(String.format(Locale.ROOT, "stood still for %d s and was ended",
                            MAX_SILENT_POLLS * POLL_MILLIS / 1_000), false);
                    process.process().destroyForcibly();
                    channel.close();
                    return null;
                }
            } catch (ExecutionException e) {
                if (e.getCause() instanceof ChannelClosedException) {
                    lose(process.describeEnd(), process.endedByRequest() && isStoppedSoon());
                    return null;
                }
                throw e.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(e);
            }
        }
    }

    /// Returns whether the run is stopped, or will be in a moment. Until the process has left the group of a terminal,
    /// Ctrl+C ends it before this program has told the run.
    private boolean isStoppedSoon() throws InterruptedException {
        return stopped.await(STOP_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void lose(String how, boolean byStop) {
        if (loss == null) {
            loss = new Loss(String.format(Locale.ROOT, "The process of the load generator (%d) %s.",
                    process.process().pid(), how), measurements.countedUntil(), byStop);
            if (byStop) {
                LOG.info("Load: the generator's process {} ended with the program", process.process().pid());
            } else {
                LOG.warn("Load: the generator's process {} {}", process.process().pid(), how);
            }
        }
    }

    @Override
    public Optional<Loss> loss() {
        return Optional.ofNullable(loss);
    }

    @Override
    public void endPart() {
        post(Request.END_PART, _ -> {});
    }

    @Override
    public int awaitEmpty(Duration limit) throws InterruptedException {
        if (loss != null) {
            server.awaitIdle(limit);
            return 0;
        }
        DataInput answer = await(channel.send(Request.AWAIT_EMPTY, out -> out.writeLong(limit.toNanos())));
        try {
            return answer == null ? 0 : answer.readInt();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public boolean hasBacklog() {
        return workload.arrival() instanceof Workload.Arrival.Open;
    }

    @Override
    public void load(double value) {
        post(Request.LOAD, out -> out.writeDouble(value));
    }

    @Override
    public void mix(Workload.Mix shares) {
        post(Request.MIX, out -> WorkloadBytes.write(shares, out));
    }

    @Override
    public void stop() {
        stopped.countDown();
        post(Request.STOP, _ -> {});
    }

    @Override
    public GeneratorReport finish() throws InterruptedException {
        DataInput in = loss == null ? await(channel.send(Request.FINISH, _ -> {})) : null;
        measurements.close();
        if (in == null) {
            return new GeneratorReport(0, null);
        }
        try {
            return new GeneratorReport(in.readLong(), new OwnProcess(process.process().pid(), in.readLong(),
                    in.readLong(), in.readLong(), HistogramBytes.read(in), HistogramBytes.read(in)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public List<SentMessages> sent() {
        return server.sent();
    }

    @Override
    public void close() {
        commands.shutdownNow();
        channel.close();
        calls.shutdownNow();
        process.close();
    }
}
