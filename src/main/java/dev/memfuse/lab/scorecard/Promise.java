package dev.memfuse.lab.scorecard;

import java.util.Optional;

/// A promise of the plan: a figure falls by a share from one phase to another.
///
/// @param name short name
/// @param text words of the plan
/// @param figure figure that falls
/// @param from phase before
/// @param to phase after
/// @param reduction promised reduction, 0..1
/// @param step step of the load test whose largest stage explains the figure
/// @param note what to know about the figure; empty when nothing
public record Promise(String name, String text, Figure figure, Phase from, Phase to, double reduction,
        Optional<PlanStep> step, String note) {

    Promise(String name, String text, Figure figure, Phase from, Phase to, double reduction, PlanStep step) {
        this(name, text, figure, from, to, reduction, Optional.of(step), "");
    }

    Promise(String name, String text, Figure figure, Phase from, Phase to, double reduction, PlanStep step,
            String note) {
        this(name, text, figure, from, to, reduction, Optional.of(step), note);
    }

    Promise(String name, String text, Figure figure, Phase from, Phase to, double reduction, String note) {
        this(name, text, figure, from, to, reduction, Optional.empty(), note);
    }
}
