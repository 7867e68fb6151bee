package dev.memfuse.load.run;

import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import dev.memfuse.background.BackgroundHealth;
import dev.memfuse.load.LoadRecording;
import dev.memfuse.load.LoadResult;
import dev.memfuse.load.LoadRun;
import dev.memfuse.load.OperationKind;
import dev.memfuse.load.RunMeasurement;
import dev.memfuse.load.RunSink;
import dev.memfuse.load.Workload;
import dev.memfuse.load.WorkloadCheck;
import dev.memfuse.load.measure.Timeline;
import dev.memfuse.metrics.EventMark;
import dev.memfuse.metrics.MetricsHub;
import dev.memfuse.metrics.Operation;

/// A run as its callers control and observe it. After its end it holds figures only, neither texts nor histograms,
/// since the window lists many runs. Thread-safe.
final class RunningLoad implements LoadRun {
    private final int number;
    private final Workload workload;
    private final Optional<String> experiment;
    private final MetricsHub hub;
    private final CompletableFuture<LoadResult> result = new CompletableFuture<>();
    private volatile View view;

    /// The observable part of a run.
    private sealed interface View {
        Status progress();

        LoadRecording recording();
    }

    /// A run before its end.
    private record Active(RunState state, MetricsHub hub) implements View {
        @Override
        public Status progress() {
            return state.status();
        }

        @Override
        public LoadRecording recording() {
            Timeline timeline = state.timeline();
            return timeline == null
                    ? LoadRecording.EMPTY
                    : new LoadRecording(timeline.points(), LoadRecording.EMPTY.spectrum(),
                            LoadRecording.EMPTY.stagesMs(),
                            hub.marks().stream().filter(mark -> !mark.at().isBefore(state.startedAt())).toList());
        }
    }

    /// A run after its end.
    private record Ended(Status progress, LoadRecording recording) implements View {}

    /// @param experiment the experiment that it is a part of, with its number in it; empty for a load of its own
    RunningLoad(int number, Workload workload, Optional<String> experiment, MetricsHub hub) {
        this.number = number;
        this.workload = workload;
        this.experiment = experiment;
        this.hub = hub;
        RunState state = new RunState(number, workload);
        state.measurements().onScheduled(
                (kind, nanos, count) -> hub.scheduledLatency(operation(kind), nanos, count));
        this.view = new Active(state, hub);
    }

    private static Operation operation(OperationKind kind) {
        return switch (kind) {
            case ADD -> Operation.ADD;
            case QUERY -> Operation.QUERY;
            case LIST -> Operation.LIST;
        };
    }

    /// Runs the load on the calling thread until it ends or fails. Call once.
    ///
    /// @param sink takes what was measured
    /// @param onEnd called just before [#result] completes: another load may start
    void execute(RunContext context, RunSink sink, Runnable onEnd) {
        if (!(view instanceof Active active)) {
            throw new IllegalStateException("The load has ended.");
        }
        RunState state = active.state();
        hub.mark(EventMark.Kind.LOAD, title() + " starts: " + state.describeLoad());
        try {
            LoadOutcome outcome = new LoadExecution(state, title(), context).run();
            state.end(Phase.DONE);
            deliver(outcome.measurement(), sink);
            end(new Ended(state.status(), outcome.recording()), "ends", onEnd);
            result.complete(outcome.result());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            fail(active, "was interrupted", onEnd, new IllegalStateException("The load was interrupted.", e));
        } catch (Throwable e) {
            fail(active, "failed", onEnd, e);
        }
    }

    private static void deliver(RunMeasurement measurement, RunSink sink) {
        try {
            sink.measured(measurement);
        } catch (RuntimeException | Error e) {
            BackgroundHealth.report("load sink", e);
        }
    }

    private void fail(Active active, String verb, Runnable onEnd, Throwable cause) {
        active.state().end(Phase.FAILED);
        end(new Ended(active.progress(), active.recording()), verb, onEnd);
        result.completeExceptionally(cause);
    }

    private void end(Ended ended, String verb, Runnable onEnd) {
        view = ended;
        hub.mark(EventMark.Kind.LOAD, title() + " " + verb);
        onEnd.run();
    }

    @Override
    public int number() {
        return number;
    }

    @Override
    public Optional<String> experiment() {
        return experiment;
    }

    /// Returns the load as the beginning of a sentence.
    private String title() {
        return experiment.map(part -> part.substring(0, 1).toUpperCase(Locale.ROOT) + part.substring(1))
                .orElse("Load " + number);
    }

    @Override
    public Workload workload() {
        return workload;
    }

    @Override
    public Status progress() {
        return view.progress();
    }

    @Override
    public void changeLoad(double value) {
        WorkloadCheck.checkLoad(workload.arrival(), value);
        if (view instanceof Active active) {
            active.state().changeLoad(value)
                    .ifPresent(text -> hub.mark(EventMark.Kind.LOAD,
                            title() + ", " + text, title() + " rate"));
        }
    }

    @Override
    public Workload.Mix mix() {
        return view instanceof Active active ? active.state().mix() : workload.mix();
    }

    @Override
    public void changeMix(Workload.Mix mix) {
        WorkloadCheck.checkMix(mix);
        if (view instanceof Active active) {
            active.state().changeMix(mix)
                    .ifPresent(text -> hub.mark(EventMark.Kind.LOAD,
                            title() + ", " + text, title() + " mix"));
        }
    }

    @Override
    public Optional<Interim> interim() {
        return view instanceof Active active ? active.state().interim() : Optional.empty();
    }

    @Override
    public void stop() {
        if (view instanceof Active active) {
            active.state().stop();
        }
    }

    @Override
    public boolean ended() {
        return result.isDone();
    }

    @Override
    public CompletableFuture<LoadResult> result() {
        return result.copy();
    }

    @Override
    public LoadRecording recording() {
        return view.recording();
    }
}
