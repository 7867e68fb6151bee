package dev.memfuse.console.lab.scorecard;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;

import dev.memfuse.console.context.Lab;
import dev.memfuse.console.fx.Formats;
import dev.memfuse.console.fx.Icons;
import dev.memfuse.console.fx.PageState;
import dev.memfuse.console.fx.TaskRunner;
import dev.memfuse.console.lab.experiment.ExperimentModel;
import dev.memfuse.console.lab.export.ResultFiles;
import dev.memfuse.fault.NetworkProfile;
import dev.memfuse.lab.scorecard.Phase;
import dev.memfuse.lab.scorecard.ScorecardPlan;
import dev.memfuse.lab.scorecard.ScorecardResult;
import dev.memfuse.lab.scorecard.ScorecardRun;
import dev.memfuse.metrics.stats.Numbers;
import org.jspecify.annotations.Nullable;

/// View model of the Scorecard page: runs and follows a scorecard, and shows its result. FX thread only.
final class ScorecardViewModel {
    private static final PageState EMPTY = new PageState.Empty(Icons.SCORECARD, "No scorecard yet",
            "Run measures every promise of the performance plan: legacy and the three phases in turn, on the same "
                    + "work. The result says which promises are kept, by how much, and what holds the others back.");

    private final TaskRunner tasks;
    private final Consumer<String> inform;
    private final BooleanProperty full = new SimpleBooleanProperty();
    private final ExperimentModel<ScorecardPlan, ScorecardRun, RunningView> experiment;
    private final ReadOnlyObjectWrapper<@Nullable ResultView> result = new ReadOnlyObjectWrapper<>();

    /// @param fx executor of the FX thread
    /// @param inform shows one sentence to the user
    ScorecardViewModel(Lab lab, TaskRunner tasks, Executor fx, Consumer<String> inform) {
        this.tasks = tasks;
        this.inform = inform;
        experiment = new ExperimentModel<>("scorecard", EMPTY, lab.scorecards(), RunningView::of, tasks, fx);
        experiment.endedProperty()
                .subscribe(run -> result.set(run == null ? null : ResultView.of(run.result().resultNow())));
        experiment.follow(this::run);
    }

    private ScorecardPlan plan() {
        return full.get() ? ScorecardPlan.full() : ScorecardPlan.quick();
    }

    /// Starts the chosen scorecard.
    void run() {
        ScorecardPlan plan = plan();
        experiment.start(() -> plan, Optional::of, _ -> {});
    }

    /// Shows a recorded scorecard in the place of the last result.
    void show(ScorecardResult recorded) {
        experiment.showReady();
        result.set(ResultView.of(recorded));
    }

    /// Returns the text of the button that runs the chosen scorecard.
    String runText() {
        return "Run " + (full.get() ? "full" : "quick") + ", about " + Formats.estimate(plan().planned());
    }

    /// Returns what the chosen scorecard measures.
    String planText() {
        ScorecardPlan plan = plan();
        List<String> networks = plan.networks().stream().map(NetworkProfile::title).toList();
        return Numbers.count(plan.rounds(), "round") + " of " + Numbers.count(Phase.values().length, "phase") + " on "
                + Numbers.count(networks.size(), "network") + " (" + String.join("; ", networks)
                + "). Settings change meanwhile and are put back at the end.";
    }

    /// Returns the writer of files with results.
    ResultFiles files() {
        return new ResultFiles(tasks, inform, experiment::fail);
    }

    /// Returns whether the full scorecard is chosen, not the quick one.
    BooleanProperty fullProperty() {
        return full;
    }

    /// Returns the running and the last scorecard.
    ExperimentModel<ScorecardPlan, ScorecardRun, RunningView> experiment() {
        return experiment;
    }

    /// Returns the result that is shown; null while there is none.
    ReadOnlyObjectProperty<@Nullable ResultView> resultProperty() {
        return result.getReadOnlyProperty();
    }
}
