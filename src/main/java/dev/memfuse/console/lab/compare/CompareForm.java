package dev.memfuse.console.lab.compare;

import java.util.List;

import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

import dev.memfuse.console.lab.experiment.ScenarioChoice;
import dev.memfuse.lab.compare.ComparedScenario;
import dev.memfuse.lab.compare.ComparisonPlan;
import dev.memfuse.lab.compare.StandardBlock;
import dev.memfuse.lab.paired.Metric;
import dev.memfuse.lab.trial.Arms;

/// Input of the form of a comparison, and the plan that follows from it. Begins with a quick comparison of the buffers
/// with and without bypass. FX thread only.
final class CompareForm {
    private final ArmForm a = new ArmForm("buffer.bypass_mode=false");
    private final ArmForm b = new ArmForm("buffer.bypass_mode=true");
    private final ObjectProperty<Metric> primary = new SimpleObjectProperty<>(Metric.parse(StandardBlock.PRIMARY));
    private final ScenarioChoice load = new ScenarioChoice();
    private final StringProperty pairs = new SimpleStringProperty(String.valueOf(ComparisonPlan.QUICK_PAIRS));
    private final ObservableList<String> profiles = FXCollections.observableArrayList(Arms.AS_IT_RUNS);
    private final ReadOnlyObjectWrapper<PlanCheck> checked = new ReadOnlyObjectWrapper<>(PlanCheck.NONE);

    /// Calls an action when an input changes.
    void onChange(Runnable action) {
        for (StringProperty text : List.of(a.profileProperty(), a.settingsProperty(), b.profileProperty(),
                b.settingsProperty(), pairs, load.chosenProperty())) {
            text.subscribe((_, _) -> action.run());
        }
        primary.subscribe((_, _) -> action.run());
    }

    /// Returns the input now.
    PlanCheck.Draft draft() {
        return new PlanCheck.Draft(a.input(), b.input(), primary.get(), pairs.get(), load.source());
    }

    /// Shows what a check of the input found.
    void show(PlanCheck check) {
        checked.set(check);
    }

    /// Shows the arms of a comparison that was started elsewhere, unless somebody has filled the form.
    void show(PlannedArms planned) {
        if (a.untouched() && b.untouched() && !planned.a().isEmpty()) {
            a.give(planned.a());
            b.give(planned.b());
        }
    }

    ArmForm a() {
        return a;
    }

    ArmForm b() {
        return b;
    }

    /// Returns the metric that decides.
    ObjectProperty<Metric> primaryProperty() {
        return primary;
    }

    /// Returns the choice of the load of a block.
    ScenarioChoice load() {
        return load;
    }

    /// Fills both arms with the profiles of a scenario, the first and the last; without profiles they stay.
    void show(ComparedScenario scenario) {
        scenario.profile(false).filter(profiles::contains).ifPresent(a::showProfile);
        scenario.profile(true).filter(profiles::contains).ifPresent(b::showProfile);
    }

    /// Returns the number of pairs as typed.
    StringProperty pairsProperty() {
        return pairs;
    }

    /// Returns the choices of an arm: the settings as they are, then the profiles.
    ObservableList<String> profiles() {
        return profiles;
    }

    /// Returns the result of the last check of the input.
    ReadOnlyObjectProperty<PlanCheck> checkedProperty() {
        return checked.getReadOnlyProperty();
    }
}
