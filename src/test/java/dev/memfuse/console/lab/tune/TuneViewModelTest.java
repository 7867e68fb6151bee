package dev.memfuse.console.lab.tune;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import dev.memfuse.config.Tunables;
import dev.memfuse.console.Fakes;
import dev.memfuse.console.context.Lab;
import dev.memfuse.console.fx.DirectTaskRunner;
import dev.memfuse.console.fx.PageState;
import dev.memfuse.lab.tune.TunePlan;
import dev.memfuse.lab.tune.TuneResult;
import dev.memfuse.load.Workload;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TuneViewModelTest {
    @TempDir
    private Path folder;
    private final List<String> messages = new ArrayList<>();
    private final Tunables tunables = Fakes.tunables();
    private Lab lab;
    private Fakes.Tunes tunes;
    private TuneViewModel model;

    @BeforeEach
    void open() {
        lab = Fakes.lab(folder, tunables);
        tunes = (Fakes.Tunes) lab.tunes();
        model = new TuneViewModel(lab, tunables, new DirectTaskRunner(), Runnable::run, messages::add);
        model.check();
    }

    private TuneCheck checked() {
        return model.form().checkedProperty().get();
    }

    @Test
    void oneClickTunesForTenMinutesAtARateThatIsFound() {
        model.run();

        TunePlan plan = tunes.last().plan();
        assertEquals("minimise query.p50 subject to recall >= 0.95 of start", plan.goal().text());
        assertEquals(Duration.ofMinutes(10), plan.budget());
        assertTrue(plan.autoRate());
        assertEquals(List.of("layers"), plan.kept());
        assertEquals(List.of("optimized", "phase3", "phase2", "phase1"), List.copyOf(plan.profiles().keySet()));
        assertEquals(tunables.get(), plan.start().config());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "be fast", "minimise throughput", "minimise query.p42", "minimise recall",
            "minimise query.p50 subject to speed"})
    void aWrongGoalIsASentenceAtItsFieldAndStartsNothing(String wrong) {
        model.form().goalProperty().set(wrong);

        assertTrue(checked().problemGoal().length() > 10, checked().problemGoal());
        model.run();
        assertEquals(List.of(), tunes.runs());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "-1", "0.5", "1440.1", "1e15", "1e99", "long", "Infinity"})
    void aWrongBudgetIsASentenceAtItsFieldAlone(String wrong) {
        model.form().minutesProperty().set(wrong);

        assertEquals("Enter minutes from 1 to 1,440.", checked().problemBudget());
        assertEquals("", checked().problemGoal());
        assertTrue(checked().plan().isEmpty());
    }

    @Test
    void aWrongBudgetIsShownBesideAWrongGoal() {
        model.form().goalProperty().set("be fast");
        model.form().minutesProperty().set("0.5");

        assertFalse(checked().problemBudget().isEmpty(), checked().toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "10", " 1440 ", "1e1"})
    void aBudgetOfAMinuteToADayIsAccepted(String minutes) {
        model.form().minutesProperty().set(minutes);

        assertTrue(checked().plan().isPresent(), checked().toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"fast", "0", "-3", "99999999"})
    void aWrongRateIsASentenceAtTheRate(String wrong) {
        model.form().rateProperty().set(wrong);

        assertTrue(checked().problemRate().length() > 10, checked().toString());
        assertEquals("", checked().problemGoal() + checked().problemLoad());
    }

    @Test
    void aRateBelowTheDemandedThroughputIsASentenceAtTheRate() {
        model.form().goalProperty().set("minimise query.p99 subject to throughput >= 500/s");
        model.form().rateProperty().set("100");

        assertEquals("A load of 100 operations/s cannot have a throughput of 500/s; offer more.",
                checked().problemRate());
        assertEquals("", checked().problemGoal() + checked().problemLoad());
        model.form().rateProperty().set("500");
        assertTrue(checked().plan().isPresent(), checked().toString());
    }

    @Test
    void aScenarioBelowTheDemandedThroughputIsASentenceAtTheLoad() {
        model.form().goalProperty().set("minimise query.p99 subject to throughput >= 100000/s");
        model.form().load().chosenProperty().set("smoke");

        assertTrue(checked().problemLoad().contains("cannot have a throughput"), checked().toString());
        assertEquals("", checked().problemGoal() + checked().problemRate());
    }

    @Test
    void aWrongRateIsNamedBesideAWrongLoad() {
        model.form().load().chosenProperty().set("outage");
        model.form().rateProperty().set("fast");

        assertTrue(checked().problemLoad().contains("faults"), checked().toString());
        assertTrue(checked().problemRate().length() > 10, checked().toString());
    }

    @Test
    void aRateAndAScenarioAreTheLoadOfEachCandidate() {
        model.form().rateProperty().set("120");
        assertEquals(120, ((Workload.Arrival.Open) checked().plan().orElseThrow().load().arrival()).level());
        assertFalse(checked().plan().orElseThrow().autoRate());

        model.form().rateProperty().set("");
        model.form().load().chosenProperty().set("smoke");
        assertFalse(checked().plan().orElseThrow().autoRate());
        model.form().load().chosenProperty().set("outage");
        assertTrue(checked().problemLoad().contains("faults"), checked().problemLoad());
    }

    @Test
    void anUnknownSettingThatIsToStayIsASentenceAtItsField() {
        model.form().keptProperty().set("layers, postgres.pool_sise");

        assertTrue(checked().problemKept().contains("postgres.pool_sise"), checked().problemKept());
    }

    @Test
    void everyUnknownSettingThatIsToStayIsNamed() {
        model.form().keptProperty().set("layers; postgres.pool_sise, foo.bar;");

        assertEquals(List.of("postgres.pool_sise: unknown key; did you mean postgres.pool_size?",
                "foo.bar: unknown key"), checked().problemKept().lines().toList());
    }

    @Test
    void showsPhaseTimeLeftAndWhatWasTried() {
        model.run();
        tunes.last().progress = SampleTuning.progress();
        model.experiment().tick();

        TuneProgress now = Objects.requireNonNull(model.experiment().progressProperty().get());
        assertEquals("Round 2 of 3, candidate 1 (profile optimized)", now.title());
        assertEquals("4 tried", now.step());
        assertEquals("5:48 left", now.left());
        assertEquals(5, now.tried().size());
    }

    @Test
    void theBestSettingsAreWrittenAsAProfile() {
        model.run();
        tunes.last().end(SampleTuning.result(tunes.last().plan(), true));
        model.profileProperty().set("mine");

        model.save();

        assertEquals(11, lab.arms().get().profiles().load("mine").postgres().poolSize());
        assertEquals(List.of("Profile mine written. Flags and Compare offer it."), messages);
        model.save();
        assertEquals("There is a profile mine; choose another name.", model.profileProblemProperty().get());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a/b", "legacy", "two words"})
    void aNameThatNoProfileCanHaveIsRefusedWithASentence(String name) {
        model.run();
        tunes.last().end(SampleTuning.result(tunes.last().plan(), true));
        model.profileProperty().set(name);

        model.save();

        assertTrue(model.profileProblemProperty().get().endsWith("."), model.profileProblemProperty().get());
        assertEquals(List.of(), messages);
    }

    @Test
    void aRecordedTuningIsShown() {
        model.run();
        TuneResult recorded = SampleTuning.result(tunes.last().plan(), false);
        tunes.last().fail("The start could not be measured.");
        assertInstanceOf(PageState.Failed.class, model.experiment().stateProperty().get());

        model.showRecorded(recorded);
        assertEquals(recorded, model.resultProperty().get());
        assertEquals(PageState.READY, model.experiment().stateProperty().get());
    }
}
