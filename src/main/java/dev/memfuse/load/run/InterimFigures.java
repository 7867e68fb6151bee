package dev.memfuse.load.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.memfuse.config.section.LoadConfig;
import dev.memfuse.load.LoadResult.OperationResult;
import dev.memfuse.load.LoadRun.Interim;
import dev.memfuse.load.Saturation;
import dev.memfuse.load.Threshold;
import dev.memfuse.load.Workload;
import dev.memfuse.load.measure.Instruments;
import dev.memfuse.load.measure.ResultBuilder;
import dev.memfuse.load.measure.VerdictRules;

/// Computes the figures of the measured part before its end.
///
/// @param limits section `load`, whose limits decide when a start is late
record InterimFigures(RunState state, MeasuredSpan span, Instruments instruments, LoadConfig limits) {
    /// Returns the figures until now.
    Interim now() {
        double seconds = Math.min(span.plannedSeconds(), (System.nanoTime() - span.startNanos()) / 1e9);
        ResultBuilder builder = new ResultBuilder(state.kinds(), state.measurements(), seconds);
        Map<String, OperationResult> operations = builder.operations();
        List<Threshold.Outcome> outcomes = state.workload().thresholds().stream()
                .map(threshold -> threshold.check(operations)).toList();
        return new Interim(seconds, operations, outcomes, saturation(builder, seconds));
    }

    private List<Saturation> saturation(ResultBuilder builder, double seconds) {
        boolean open = state.workload().arrival() instanceof Workload.Arrival.Open;
        // The pauses of this process are those of the generator only when it is in it.
        boolean paced = open && state.workload().generator() == Workload.GeneratorPlace.SHARED;
        List<Saturation> signs = new ArrayList<>(instruments.health(seconds).saturation(paced));
        if (open) {
            new VerdictRules(limits).lag(builder.arrival(true, state.load(), 0), builder.allLatencies())
                    .ifPresent(reason -> signs.addFirst(new Saturation("operations start late", reason.sentence())));
        }
        return signs;
    }
}
