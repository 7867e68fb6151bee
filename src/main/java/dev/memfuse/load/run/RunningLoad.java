package dev.memfuse.load.run;

import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;

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

/// A run as its callers control and observe it. Thread-safe.
final class RunningLoad implements LoadRun {
    private final RunState state;
    private final MetricsHub hub;
    private final CompletableFuture<LoadResult> result = new CompletableFuture<>();
    private volatile @Nullable LoadRecording recording;

    RunningLoad(int number, Workload workload, MetricsHub hub) {
        this.state = new RunState(number, workload);
        this.hub = hub;
    }

    /// Runs the load on the calling thread until it ends or fails.
    ///
    /// @param onEnd called just before [#result] completes: another load may start
    void execute(RunContext context, Runnable onEnd) {
        hub.mark(EventMark.Kind.LOAD, String.format(Locale.ROOT, "Load %d starts: %s", number(), state.describeLoad()));
        try {
            LoadOutcome outcome = new LoadExecution(state, context).run();
            recording = outcome.recording();
            end(Phase.DONE, "ends");
            onEnd.run();
            result.complete(outcome.result());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            fail("was interrupted", onEnd, new IllegalStateException("The load was interrupted.", e));
        } catch (Throwable e) {
            fail("failed", onEnd, e);
        }
    }

    private void fail(String verb, Runnable onEnd, Throwable cause) {
        end(Phase.FAILED, verb);
        onEnd.run();
        result.completeExceptionally(cause);
    }

    private void end(Phase last, String verb) {
        state.end(last);
        hub.mark(EventMark.Kind.LOAD, String.format(Locale.ROOT, "Load %d %s", number(), verb));
    }

    @Override
    public int number() {
        return state.number();
    }

    @Override
    public Workload workload() {
        return state.workload();
    }

    @Override
    public Status progress() {
        Duration total = workload().warmup().plus(workload().duration());
        Measurements measurements = state.measurements();
        return new Status(state.phase(), state.elapsed(), total, measurements.finishedCount(),
                measurements.failedCount());
    }

    @Override
    public void changeLoad(double value) {
        WorkloadCheck.checkLoad(workload().arrival(), value);
        if (!result.isDone()) {
            state.changeLoad(value)
                    .ifPresent(text -> hub.mark(EventMark.Kind.LOAD,
                            String.format(Locale.ROOT, "Load %d, %s", number(), text)));
        }
    }

    @Override
    public void stop() {
        state.stop();
    }

    @Override
    public CompletableFuture<LoadResult> result() {
        return result.copy();
    }

    @Override
    public LoadRecording recording() {
        LoadRecording complete = recording;
        if (complete != null) {
            return complete;
        }
        Timeline timeline = state.timeline();
        return timeline == null
                ? LoadRecording.EMPTY
                : new LoadRecording(timeline.points(), LoadRecording.EMPTY.spectrum(), LoadRecording.EMPTY.stagesMs(),
                        hub.marks().stream().filter(mark -> !mark.at().isBefore(state.startedAt())).toList());
    }
}
