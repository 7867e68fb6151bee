package dev.memfuse.load.run;

import java.util.List;
import java.util.Map;

import dev.memfuse.load.LoadResult.OperationResult;
import dev.memfuse.load.LoadRun.Interim;
import dev.memfuse.load.Threshold;
import dev.memfuse.load.measure.ResultBuilder;

/// Computes the figures of the measured part before its end.
record InterimFigures(RunState state, MeasuredSpan span) {
    /// Returns the figures until now.
    Interim now() {
        double seconds = Math.min(span.plannedSeconds(), (System.nanoTime() - span.startNanos()) / 1e9);
        Map<String, OperationResult> operations = new ResultBuilder(state.kinds(), state.measurements(), seconds)
                .operations();
        List<Threshold.Outcome> outcomes = state.workload().thresholds().stream()
                .map(threshold -> threshold.check(operations)).toList();
        return new Interim(seconds, operations, outcomes);
    }
}
