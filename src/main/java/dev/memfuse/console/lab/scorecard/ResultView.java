package dev.memfuse.console.lab.scorecard;

import java.util.ArrayList;
import java.util.List;

import dev.memfuse.console.fx.Formats;
import dev.memfuse.lab.scorecard.PromiseResult.Outcome;
import dev.memfuse.lab.scorecard.ScorecardResult;
import dev.memfuse.metrics.stats.Numbers;

/// The result of a scorecard as text for the page.
///
/// @param sentence how many promises were kept
/// @param when rounds and time
/// @param allKept whether every promise was kept
/// @param someNotKept whether a promise was not kept
/// @param warnings sentences about what limits the result
/// @param source the result itself
record ResultView(String sentence, String when, boolean allKept, boolean someNotKept, List<String> warnings,
        ScorecardResult source) {

    static ResultView of(ScorecardResult result) {
        List<String> warnings = new ArrayList<>();
        if (result.cancelled()) {
            warnings.add(result.rounds() == 0
                    ? "The scorecard was cancelled before its first round ended, so nothing was measured."
                    : "The scorecard was cancelled; this covers its rounds until then.");
        }
        if (!result.promises().isEmpty() && result.count(Outcome.UNDECIDED) == result.promises().size()) {
            warnings.add("So few rounds have no interval, so no promise is decided.");
        }
        return new ResultView(result.sentence() + ".",
                Numbers.count(result.rounds(), "round") + " in " + Numbers.seconds(result.seconds()) + ", at "
                        + Formats.moment(result.startedAt()),
                !result.promises().isEmpty() && result.count(Outcome.KEPT) == result.promises().size(),
                result.count(Outcome.NOT_KEPT) > 0, warnings, result);
    }
}
