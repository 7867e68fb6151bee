package dev.memfuse.load.run;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

import dev.memfuse.load.LoadRun.Interim;
import dev.memfuse.load.LoadRun.Phase;
import dev.memfuse.load.LoadRun.Status;
import dev.memfuse.load.OperationKind;
import dev.memfuse.load.Workload;
import dev.memfuse.load.generator.Generator;
import dev.memfuse.load.measure.Measurements;
import dev.memfuse.load.measure.Timeline;
import dev.memfuse.metrics.SteadyClock;
import dev.memfuse.metrics.stats.Numbers;
import dev.memfuse.progress.Progress;
import org.jspecify.annotations.Nullable;

/// The state of one run that its driver changes and its observers read. Thread-safe; no method blocks.
final class RunState {
    private final int number;
    private final Workload workload;
    private final Measurements measurements = new Measurements();
    private final List<LoadChange> loadChanges = new CopyOnWriteArrayList<>();
    private final Instant startedAt = SteadyClock.now();
    private volatile Phase phase = Phase.PREPARING;
    private volatile long warmupStartNanos;
    private volatile Duration elapsedAtEnd = Duration.ZERO;
    private volatile @Nullable Timeline timeline;
    private volatile Optional<Progress> after = Optional.empty();
    private volatile boolean stopped;
    private volatile boolean cancelled;
    private @Nullable Generator generator;
    private double load;
    private Workload.Mix mix;
    private final Set<OperationKind> kinds;
    private volatile long measuredFrom;
    private volatile Optional<Interim> interim = Optional.empty();

    /// A change of the offered load.
    record LoadChange(Instant at, String text) {}

    RunState(int number, Workload workload) {
        this.number = number;
        this.workload = workload;
        this.load = workload.arrival().level();
        this.mix = workload.mix();
        this.kinds = EnumSet.noneOf(OperationKind.class);
        addKinds();
    }

    int number() {
        return number;
    }

    Workload workload() {
        return workload;
    }

    Measurements measurements() {
        return measurements;
    }

    Instant startedAt() {
        return startedAt;
    }

    Phase phase() {
        return phase;
    }

    /// Attaches the generator, with the changes until now.
    synchronized void attach(Generator newGenerator) {
        generator = newGenerator;
        if (!mix.equals(workload.mix())) {
            newGenerator.mix(mix);
        }
        if (load != workload.arrival().level()) {
            newGenerator.load(load);
        }
        if (stopped) {
            newGenerator.stop();
        }
    }

    /// Starts the clock of [#elapsed]; called when the warm-up begins.
    void begin(Timeline newTimeline) {
        timeline = newTimeline;
        warmupStartNanos = System.nanoTime();
    }

    synchronized void enter(Phase next) {
        phase = next;
    }

    /// Enters the last phase and stops the clock of [#elapsed].
    void end(Phase last) {
        elapsedAtEnd = elapsed();
        phase = last;
    }

    /// Returns the time since the warm-up began; zero before it, and constant after the end.
    Duration elapsed() {
        if (phase == Phase.DONE || phase == Phase.FAILED) {
            return elapsedAtEnd;
        }
        return warmupStartNanos == 0 ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - warmupStartNanos);
    }

    /// Returns the progress of the run.
    Status status() {
        Duration now = elapsed();
        return new Status(phase, now, total(now), measurements.finishedCount(), measurements.failedCount(), load(),
                measured(), after);
    }

    /// The warm-up takes as long as it takes to settle: until then, the total is what the run takes at least.
    private Duration total(Duration now) {
        Duration warmup = measuredFrom != 0
                ? Duration.ofNanos(measuredFrom - warmupStartNanos)
                : phase.compareTo(Phase.WARMUP) <= 0 && now.compareTo(workload.warmup().minimum()) > 0
                        ? now
                        : workload.warmup().minimum();
        return warmup.plus(workload.duration());
    }

    /// Returns the time since the start of the measured part, at most its planned duration.
    private Duration measured() {
        if (measuredFrom == 0) {
            return Duration.ZERO;
        }
        Duration passed = elapsed().minusNanos(measuredFrom - warmupStartNanos);
        return passed.compareTo(workload.duration()) > 0 ? workload.duration() : passed;
    }

    /// Enters the measured part.
    ///
    /// @param from its start on the clock of [System#nanoTime]
    synchronized void startMeasuring(long from) {
        measuredFrom = from;
        phase = Phase.MEASURING;
    }

    /// Returns the figures of the measured part so far.
    Optional<Interim> interim() {
        return interim;
    }

    /// Replaces the figures of the measured part so far.
    void interim(Interim now) {
        interim = Optional.of(now);
    }

    /// The shares of the operations that start now.
    synchronized Workload.Mix mix() {
        return mix;
    }

    /// Returns the operations that the run had a share of at any time.
    synchronized Set<OperationKind> kinds() {
        return EnumSet.copyOf(kinds);
    }

    private void addKinds() {
        for (OperationKind kind : OperationKind.values()) {
            if (mix.share(kind) > 0) {
                kinds.add(kind);
            }
        }
    }

    /// Changes the shares of the operations.
    ///
    /// @return the change in words; empty when they are these already
    synchronized Optional<String> changeMix(Workload.Mix other) {
        if (other.equals(mix)) {
            return Optional.empty();
        }
        mix = other;
        addKinds();
        if (generator != null) {
            generator.mix(other);
        }
        String text = String.format(Locale.ROOT, "mix: add %s, query %s, list %s", Numbers.plain(other.add()),
                Numbers.plain(other.query()), Numbers.plain(other.list()));
        loadChanges.add(new LoadChange(SteadyClock.now(), text));
        return Optional.of(text);
    }

    /// The timeline of the run; null before the warm-up.
    @Nullable
    Timeline timeline() {
        return timeline;
    }

    /// The load offered now: operations per second of an open run, concurrency of a closed one.
    synchronized double load() {
        return load;
    }

    /// Changes the offered load.
    ///
    /// @return the change in words; empty when `value` is the load already
    synchronized Optional<String> changeLoad(double value) {
        if (value == load) {
            return Optional.empty();
        }
        String text = String.format(Locale.ROOT, "load: %s → %s", describe(load), describe(value));
        load = value;
        loadChanges.add(new LoadChange(SteadyClock.now(), text));
        if (generator != null) {
            generator.load(value);
        }
        return Optional.of(text);
    }

    /// Returns the current load with its unit.
    synchronized String describeLoad() {
        return describe(load);
    }

    private String describe(double value) {
        return switch (workload.arrival()) {
            case Workload.Arrival.Closed _ -> String.format(Locale.ROOT, "concurrency %.0f", value);
            case Workload.Arrival.Open _ -> String.format(Locale.ROOT, "%.4g operations/s", value);
        };
    }

    /// The changes so far, oldest first.
    List<LoadChange> loadChanges() {
        return List.copyOf(loadChanges);
    }

    /// Sets the progress of a phase after the drain.
    void after(Progress progress) {
        after = Optional.of(progress);
    }

    /// Ends the arrivals, also those that are attached later; after the drain, cancels what is left to do.
    synchronized void stop() {
        switch (phase) {
            case PREPARING, WARMUP, MEASURING -> {
                stopped = true;
                if (generator != null) {
                    generator.stop();
                }
            }
            case DRAINING, DONE, FAILED -> {
                // Nothing arrives any more.
            }
            case STORING, REMOVING -> cancelled = true;
        }
    }

    /// Returns whether the run was stopped before the end of its measured part.
    boolean stopped() {
        return stopped;
    }

    /// Returns whether the work after the drain was cancelled.
    boolean cancelled() {
        return cancelled;
    }
}
