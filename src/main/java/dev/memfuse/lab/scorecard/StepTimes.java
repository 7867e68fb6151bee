package dev.memfuse.lab.scorecard;

import java.util.EnumMap;
import java.util.Map;

import dev.memfuse.metrics.Stage;
import dev.memfuse.metrics.Trace;

/// Times of one operation, with its stages.
///
/// @param nanos from the call to its return, in nanoseconds
/// @param stages nanoseconds by stage; the stages of a call add up to its time within the engine
public record StepTimes(long nanos, Map<Stage, Long> stages) {

    /// Runs an operation and measures it. The operation must make one call of the engine on this thread.
    static StepTimes of(Runnable operation) {
        long began = System.nanoTime();
        operation.run();
        long nanos = System.nanoTime() - began;
        Trace trace = Trace.current();
        Map<Stage, Long> stages = new EnumMap<>(Stage.class);
        for (Stage stage : Stage.values()) {
            if (trace.stageNanos(stage) > 0) {
                stages.put(stage, trace.stageNanos(stage));
            }
        }
        return new StepTimes(nanos, stages);
    }
}
