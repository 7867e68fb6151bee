package dev.memfuse.console.lab.advice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import dev.memfuse.config.Tunables;
import dev.memfuse.config.schema.ConfigValues;
import dev.memfuse.console.Fakes;
import dev.memfuse.console.context.Lab;
import dev.memfuse.console.fx.DirectTaskRunner;
import dev.memfuse.console.fx.PageState;
import dev.memfuse.lab.advice.run.AdvicePlan;
import dev.memfuse.lab.advice.run.AdviceTrial;
import dev.memfuse.lab.advice.run.TrialPlan;
import dev.memfuse.lab.history.RecordedResults;
import dev.memfuse.lab.scenario.ScenarioDefaults;
import dev.memfuse.lab.scenario.Scenarios;
import dev.memfuse.progress.Progress;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdviceViewModelTest {
    @TempDir
    private Path folder;
    private final List<String> messages = new ArrayList<>();
    private final Tunables tunables = Fakes.tunables();
    private Fakes.Advices advices;
    private Fakes.AdviceTrials trials;
    private AdviceViewModel model;

    @BeforeEach
    void open() {
        Lab lab = Fakes.lab(folder, tunables);
        advices = (Fakes.Advices) lab.advice();
        trials = (Fakes.AdviceTrials) lab.trials();
        model = new AdviceViewModel(lab, tunables, new DirectTaskRunner(), Runnable::run, messages::add);
        model.check();
        tunables.apply("test", now -> ConfigValues.with(now, "queries.consolidated", false));
    }

    private AdviceCheck checked() {
        return model.form().checkedProperty().get();
    }

    private AdviceView shown() {
        return Objects.requireNonNull(model.resultProperty().get());
    }

    private void advise() {
        model.run();
        advices.last().end(SampleAdvice.report());
    }

    @Test
    void oneClickRunsTheUsualLoad() {
        model.run();

        assertEquals(ScenarioDefaults.WORKLOAD, advices.last().plan().load());
        assertEquals(AdvicePlan.RECALL_TURNS, advices.last().plan().recallTurns());
        assertTrue(model.busyProperty().get());
        assertNull(model.resultProperty().get());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "4.9", "soon", "-5", "NaN"})
    void aWrongLengthIsASentenceAtItsFieldAndStartsNothing(String wrong) {
        model.form().secondsProperty().set(wrong);

        assertEquals("Enter seconds, 5 or more.", checked().problemSeconds());
        model.run();
        assertEquals(List.of(), advices.runs());
        assertEquals("Correct the marked fields first.", model.experiment().problemProperty().get());
    }

    @Test
    void aLengthThatNoLoadCanHaveIsASentenceAtItsFieldBesideThatOfTheLoad() {
        model.form().load().chosenProperty().set("outage");
        model.form().secondsProperty().set("90000");

        assertEquals("The duration must be more than 0 and at most 24 hours.", checked().problemSeconds());
        assertTrue(checked().problemLoad().contains("has faults"), checked().problemLoad());
        model.form().secondsProperty().set("1");
        assertTrue(checked().problemLoad().contains("has faults"), checked().problemLoad());
    }

    @Test
    void aScenarioIsTheLoadUnlessItHasFaults() {
        model.form().load().chosenProperty().set("smoke");
        assertEquals(Scenarios.shipped("smoke").workload().mix(), checked().plan().orElseThrow().load().mix());

        model.form().load().chosenProperty().set("outage");
        assertTrue(checked().problemLoad().contains("has faults"), checked().problemLoad());
        model.form().load().open(folder.resolve("missing.yaml"));
        assertTrue(checked().problemLoad().length() > 10, checked().problemLoad());
    }

    @Test
    void showsPhaseTimeLeftAndShareWhileTheLoadRuns() {
        model.run();
        advices.last().progress = Progress.ofShare("Load", 0.5);
        model.tick();

        AdviceProgress now = Objects.requireNonNull(model.experiment().progressProperty().get());
        assertEquals("Load", now.title());
        assertEquals(0.5, now.share());
        assertTrue(now.left().endsWith(" left"), now.left());
    }

    @Test
    void showsTheAdviceAsTheCommandCountsIt() {
        advise();

        assertEquals(SampleAdvice.report().sentence(), shown().sentence());
        assertEquals(List.of(1, 2, 3), shown().cards().stream().map(AdviceView.Card::number).toList());
        assertEquals(List.of("The database server restarted during the load."), shown().warnings());
        assertTrue(model.triable(SampleAdvice.STATEMENTS));
        assertFalse(model.triable(shown().cards().getLast().advice()), "the remedy is no setting");
    }

    @Test
    void aTrialComparesTheChangeUnderTheSameLoadWithGuardrails() {
        advise();

        model.attempt(SampleAdvice.STATEMENTS);

        TrialPlan plan = trials.last().plan();
        assertEquals(SampleAdvice.STATEMENTS, plan.advice());
        assertTrue(plan.comparison().guarded());
        assertEquals("add.p50", plan.comparison().primary().name());
        assertFalse(plan.comparison().a().config().queries().consolidated());
        assertTrue(plan.comparison().b().config().queries().consolidated());
        assertEquals(ScenarioDefaults.WORKLOAD.mix(), plan.comparison().block().mix());
        assertEquals("Pair 1 of 10", Objects.requireNonNull(model.trials().progressProperty().get()).title());
        assertTrue(model.busyProperty().get());
    }

    @Test
    void aConfirmedChangeIsKeptAndReverted() {
        advise();
        model.attempt(SampleAdvice.STATEMENTS);
        trials.last().end(SampleAdvice.trial(trials.last().plan(), 0.5, null));

        AdviceView.Card tried = shown().cards().getFirst();
        assertEquals(AdviceTrial.Outcome.KEEP, Objects.requireNonNull(tried.trial()).outcome());
        assertFalse(tried.kept());
        tunables.apply("Flags page", now -> ConfigValues.with(now, "buffer.query.cache_size", 77));

        model.keep(SampleAdvice.STATEMENTS);
        assertTrue(tunables.get().queries().consolidated());
        assertEquals(77, tunables.get().buffer().query().cacheSize(), "settings of another hand stay");
        assertTrue(shown().cards().getFirst().kept());

        model.revert(SampleAdvice.STATEMENTS);
        assertFalse(tunables.get().queries().consolidated());
        assertFalse(shown().cards().getFirst().kept());
        assertEquals(List.of("The change is in force.", "The settings from before the change are in force again."),
                messages);
    }

    @Test
    void aGuardrailIsShownWithTheTrial() {
        advise();
        model.attempt(SampleAdvice.STATEMENTS);
        trials.last().end(SampleAdvice.trial(trials.last().plan(), 2.4,
                "A guardrail ended the comparison: add p99 is 2.4x of the reference (limit: 2x)."));

        AdviceTrial trial = Objects.requireNonNull(shown().cards().getFirst().trial());
        assertEquals(AdviceTrial.Outcome.REVERT, trial.outcome());
        assertTrue(trial.sentence().contains("A guardrail ended the comparison"), trial.sentence());
        assertTrue(trial.sentence().contains("The settings from before are in force."), trial.sentence());
    }

    @Test
    void aTrialThatFailsSaysWhy() {
        advise();
        model.attempt(SampleAdvice.STATEMENTS);
        trials.last().fail("The database does not answer.");

        PageState.Failed failed = assertInstanceOf(PageState.Failed.class, model.trials().stateProperty().get());
        assertTrue(failed.problem().endsWith("The database does not answer."), failed.problem());
        assertNotNull(model.resultProperty().get(), "the advice stays");
    }

    @Test
    void adviceUnderOtherSettingsIsStale() {
        advise();
        assertEquals("", model.staleProperty().get());

        tunables.apply("Flags page", now -> ConfigValues.with(now, "postgres.pool_size", 7));
        assertTrue(model.staleProperty().get().contains("1 setting"), model.staleProperty().get());

        tunables.apply("Flags page", now -> ConfigValues.with(now, "postgres.pool_size",
                Fakes.tunables().get().postgres().poolSize()));
        assertEquals("", model.staleProperty().get());
    }

    @Test
    void theSettingsOfATrialDoNotMakeAdviceStale() {
        advise();
        model.attempt(SampleAdvice.STATEMENTS);

        tunables.applyForATime(new Tunables.Run("trial"), "trial, arm B",
                now -> ConfigValues.with(now, "queries.consolidated", true));
        assertEquals("", model.staleProperty().get());
        tunables.applyForATime(new Tunables.Run("trial"), "trial ended",
                now -> ConfigValues.with(now, "queries.consolidated", false));
        trials.last().end(SampleAdvice.trial(trials.last().plan(), 0.5, null));
        assertEquals("", model.staleProperty().get());
    }

    @Test
    void aFailureSaysWhyAndOffersToRunAgain() {
        model.run();
        advices.last().fail("The load failed.");

        PageState.Failed failed = assertInstanceOf(PageState.Failed.class, model.experiment().stateProperty().get());
        assertEquals("The advice has no result. The load failed.", failed.problem());
        Objects.requireNonNull(failed.retry()).run().run();
        assertEquals(2, advices.runs().size());
    }

    @Test
    void recordedAdviceCanBeTriedAndARecordedTrialKept() {
        model.show(new RecordedResults.Advised(SampleAdvice.report(), ScenarioDefaults.WORKLOAD));
        assertEquals(3, shown().cards().size());
        assertTrue(model.triable(SampleAdvice.STATEMENTS));
        model.attempt(SampleAdvice.STATEMENTS);
        AdviceTrial trial = SampleAdvice.trial(trials.last().plan(), 0.5, null);
        trials.last().end(trial);

        model.show(trial);
        assertEquals(1, shown().cards().size());
        assertEquals(trial, shown().cards().getFirst().trial());
        assertFalse(model.triable(SampleAdvice.STATEMENTS), "the load of a trial alone is not known");
        model.keep(SampleAdvice.STATEMENTS);
        assertTrue(tunables.get().queries().consolidated());
    }
}
