package dev.memfuse.load.run;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

import dev.memfuse.load.LoadRecording;
import dev.memfuse.load.LoadResult;
import dev.memfuse.load.LoadRun;
import dev.memfuse.load.Workload;
import dev.memfuse.load.WorkloadCheck;
import dev.memfuse.load.measure.Measurements;
import dev.memfuse.load.measure.Timeline;
import dev.memfuse.metrics.EventMark;
import dev.memfuse.metrics.MetricsHub;
import org.jspecify.annotations.Nullable;

/// A run as its watchers see it. Thread-safe.
final class RunningLoad implements LoadRun {
    private final int number;
    private final Workload workload;
    private final MetricsHub hub;
    private final Measurements measurements = new Measurements();
    private final CompletableFuture<LoadResult> result = new CompletableFuture<>();
    private final List<LoadChange> loadChanges = new CopyOnWriteArrayList<>();
    private final Instant startedAt = Instant.now();
    private volatile Phase phase = Phase.PREPARING;
    private volatile long beganNanos;
    private volatile Duration elapsedAtEnd = Duration.ZERO;
    private volatile @Nullable Timeline timeline;
    private volatile @Nullable LoadRecording recording;
    private @Nullable Arrivals arrivals;
    private double load;
    private volatile boolean stopped;

    RunningLoad(int number, Workload workload, MetricsHub hub) {
        this.number = number;
        this.workload = workload;
        this.hub = hub;
        this.load = switch (workload.arrival()) {
            case Workload.Arrival.Closed closed -> closed.concurrency();
            case Workload.Arrival.Open open -> open.ratePerSecond();
        };
    }

    /// Runs on the calling thread until the result is there, or the reason why there is none.
    ///
    /// @param released called just before the result completes: another load may start
    void execute(RunContext surroundings, Runnable released) {
        hub.mark(EventMark.Kind.LOAD, "Load %d starts: %s".formatted(number, describe(load)));
        try {
            LoadOutcome outcome = new LoadExecution(this, surroundings).run();
            recording = outcome.recording();
            end(Phase.DONE, "ends");
            released.run();
            result.complete(outcome.result());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            end(Phase.FAILED, "was interrupted");
            released.run();
            result.completeExceptionally(new IllegalStateException("The load was interrupted.", e));
        } catch (RuntimeException | Error e) {
            end(Phase.FAILED, "failed");
            released.run();
            result.completeExceptionally(e);
        }
    }

    private void end(Phase last, String word) {
        elapsedAtEnd = elapsed();
        phase = last;
        hub.mark(EventMark.Kind.LOAD, "Load %d %s".formatted(number, word));
    }

    private String describe(double value) {
        return switch (workload.arrival()) {
            case Workload.Arrival.Closed _ -> "concurrency %.0f".formatted(value);
            case Workload.Arrival.Open _ -> "%.4g operations/s".formatted(value);
        };
    }

    /// The warm-up begins with these.
    synchronized void begin(Arrivals next, Timeline line) {
        arrivals = next;
        timeline = line;
        next.load(load);
        if (stopped) {
            next.stop();
        }
        beganNanos = System.nanoTime();
    }

    void enter(Phase next) {
        phase = next;
    }

    boolean stopped() {
        return stopped;
    }

    Measurements measurements() {
        return measurements;
    }

    Instant startedAt() {
        return startedAt;
    }

    /// The load offered now.
    synchronized double load() {
        return load;
    }

    List<LoadChange> loadChanges() {
        return loadChanges;
    }

    @Override
    public int number() {
        return number;
    }

    @Override
    public Workload workload() {
        return workload;
    }

    @Override
    public Progress progress() {
        Phase now = phase;
        boolean over = now == Phase.DONE || now == Phase.FAILED;
        return new Progress(now, over ? elapsedAtEnd : elapsed(), workload.warmup().plus(workload.duration()),
                measurements.finishedCount(), measurements.failedCount());
    }

    private Duration elapsed() {
        return beganNanos == 0 ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - beganNanos);
    }

    @Override
    public synchronized void changeLoad(double value) {
        WorkloadCheck.checkLoad(workload.arrival(), value);
        if (value == load || result.isDone()) {
            return;
        }
        String text = "load: %s → %s".formatted(describe(load), describe(value));
        load = value;
        loadChanges.add(new LoadChange(Instant.now(), text));
        if (arrivals != null) {
            arrivals.load(value);
        }
        hub.mark(EventMark.Kind.LOAD, "Load %d, %s".formatted(number, text));
    }

    @Override
    public synchronized void stop() {
        stopped = true;
        if (arrivals != null) {
            arrivals.stop();
        }
    }

    @Override
    public CompletableFuture<LoadResult> result() {
        return result.copy();
    }

    @Override
    public LoadRecording recording() {
        LoadRecording complete = recording;
        Timeline line = timeline;
        if (complete != null) {
            return complete;
        }
        return line == null
                ? LoadRecording.EMPTY
                : new LoadRecording(line.points(), LoadRecording.EMPTY.spectrum(), LoadRecording.EMPTY.stagesMs(),
                        hub.marks().stream().filter(mark -> !mark.at().isBefore(startedAt)).toList());
    }

    /// A change of the offered load.
    record LoadChange(Instant at, String text) {}
}
