package dev.memfuse.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ToggleButton;

import dev.memfuse.console.fx.OnFx;
import dev.memfuse.console.fx.PageStage;
import dev.memfuse.engine.host.EngineState;
import dev.memfuse.lab.scenario.ScenarioDefaults;
import dev.memfuse.load.LoadRun;
import dev.memfuse.load.Verdict;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The guided path of a first start.
@Tag("fx")
class GuideViewTest extends OpenConsole {
    @BeforeEach
    void becomeReady() {
        host.become(new EngineState.Ready("PostgreSQL 18"));
        PageStage.await(() -> !node("run").isDisabled());
    }

    private String position() {
        return ((Label) node("guidePosition")).getText();
    }

    private boolean isShown() {
        return OnFx.get(() -> node("guide").isVisible());
    }

    private void act() {
        OnFx.run(() -> ((Button) node("guideAct")).fire());
    }

    private boolean isWaiting() {
        return node("guideAct").isDisabled();
    }

    private String text() {
        return ((Label) node("guideText")).getText();
    }

    private boolean bypass() {
        return context.settings().tunables().get().buffer().bypassMode();
    }

    /// The load has been measured for a time after its warm-up.
    private void measured(int seconds) {
        measured(LoadRun.Phase.MEASURING, seconds);
    }

    private void measured(LoadRun.Phase phase, int seconds) {
        loads.last().progress = new LoadRun.Status(phase, Duration.ofSeconds(5L + seconds),
                Duration.ofSeconds(65), 2_431, 0, 8, Duration.ofSeconds(seconds), Optional.empty());
    }

    private void runUntilSwitch() {
        act();
        PageStage.await(() -> position().equals("Step 2 of 4"));
        measured(10);
        PageStage.await(() -> !isWaiting());
    }

    @Test
    void eachStepIsDoneByItsButtonAndTheLastOneFillsTheComparison() {
        assertTrue(isShown());
        assertEquals("Step 1 of 4", OnFx.get(this::position));
        runUntilSwitch();
        assertEquals(1, loads.runs().size());

        boolean before = bypass();
        act();
        PageStage.await(() -> bypass() != before && position().equals("Step 3 of 4"));
        measured(20);
        PageStage.await(() -> !isWaiting());

        act();
        assertEquals("Step 4 of 4", OnFx.get(this::position));
        assertTrue(OnFx.get(() -> ((ToggleButton) node("spanAdd")).isSelected()), "the switch is about adds");

        act();
        OnFx.run(() -> assertEquals("Compare", ((Label) node("title")).getText()));
        assertFalse(isShown());
    }

    @Test
    void theLoadOfTheStepLastsLongEnoughForBothSidesOfTheSwitchAndTheFormKeepsItsOwnLength() {
        act();
        PageStage.await(() -> !loads.runs().isEmpty());

        assertEquals(Duration.ofMinutes(1), loads.last().workload().duration());
        loads.last().end(Fakes.result(1));
        PageStage.await(() -> ((Button) node("run")).getText().equals("Run load"));
        OnFx.run(() -> ((Button) node("run")).fire());
        PageStage.await(() -> loads.runs().size() == 2);
        assertEquals(ScenarioDefaults.WORKLOAD.duration(), loads.last().workload().duration());
    }

    @Test
    void itsButtonWaitsForTheEngineInsteadOfDoingNothing() {
        host.become(new EngineState.Starting("Creating the database", 0.5));
        PageStage.await(this::isWaiting);
        assertTrue(OnFx.get(this::text).startsWith("The engine starts."), OnFx.get(this::text));

        host.become(new EngineState.Ready("PostgreSQL 18"));
        PageStage.await(() -> !isWaiting());
        assertEquals("Run a load and watch its latency on the Live page.", OnFx.get(this::text));
    }

    @Test
    void itSaysWhatItWaitsForFromTheFirstFrameOn() {
        host.become(new EngineState.Starting("Creating the database", 0.5));
        reopen();

        assertEquals("Step 1 of 4", OnFx.get(this::position));
        assertTrue(OnFx.get(this::text).startsWith("The engine starts."), OnFx.get(this::text));
        assertEquals("Run load", OnFx.get(() -> ((Button) node("guideAct")).getText()));
    }

    @Test
    void theFocusStaysWhileAStepWaitsInsteadOfGoingToSkip() {
        OnFx.run(() -> {
            console.scene().getWindow().requestFocus();
            node("guideAct").requestFocus();
        });
        act();
        PageStage.await(() -> position().equals("Step 2 of 4"));
        measured(2);
        PageStage.await(this::isWaiting);
        assertEquals(node("guide"), OnFx.get(() -> console.scene().getFocusOwner()));

        measured(10);
        PageStage.await(() -> !isWaiting());

        assertEquals(node("guideAct"), OnFx.get(() -> console.scene().getFocusOwner()));
    }

    @Test
    void aSwitchWithoutFiguresBeforeItDoesNotCount() {
        act();
        PageStage.await(() -> position().equals("Step 2 of 4"));
        measured(2);
        PageStage.await(this::isWaiting);

        boolean before = bypass();
        OnFx.run(() -> console.actions().fire("engine.bypass"));
        PageStage.await(() -> bypass() != before);

        assertEquals("Step 2 of 4", OnFx.get(this::position));
        assertTrue(OnFx.get(this::text).startsWith("Wait for the figures before"), OnFx.get(this::text));
    }

    @Test
    void figuresAfterTheSwitchStayWhenTheLoadEnds() {
        runUntilSwitch();
        act();
        PageStage.await(() -> position().equals("Step 3 of 4"));
        assertTrue(OnFx.get(this::isWaiting));
        measured(20);
        PageStage.await(() -> !isWaiting());

        loads.last().end(Fakes.result(1));

        PageStage.await(() -> ((Button) node("run")).getText().equals("Run load"));
        assertEquals("Step 3 of 4", OnFx.get(this::position));
        assertFalse(OnFx.get(this::isWaiting));
    }

    @Test
    void aLoadThatEndsTooSoonAfterTheSwitchIsRunAgainAndTheGuideSaysWhy() {
        runUntilSwitch();
        act();
        PageStage.await(() -> position().equals("Step 3 of 4"));

        measured(LoadRun.Phase.REMOVING, 12);
        PageStage.await(() -> text().equals(
                "The load ends 2 s after the switch, too soon for a comparison. Run it again afterwards."));
        assertTrue(OnFx.get(this::isWaiting));
        loads.last().end(Fakes.result(1));

        PageStage.await(() -> position().equals("Step 1 of 4") && !isWaiting());
        assertEquals("The load ended 2 s after the switch, too soon for a comparison. Run it again.",
                OnFx.get(this::text));
        act();
        PageStage.await(() -> position().equals("Step 2 of 4"));
        assertTrue(OnFx.get(this::text).startsWith("Wait for the figures before"), OnFx.get(this::text));
    }

    @Test
    void aLoadThatEndsBeforeTheSwitchIsRunAgainAndTheGuideSaysWhy() {
        runUntilSwitch();
        measured(LoadRun.Phase.REMOVING, 60);
        PageStage.await(this::isWaiting);
        assertEquals("The load ends before the switch. Run it again afterwards.", OnFx.get(this::text));

        loads.last().end(Fakes.result(1));

        PageStage.await(() -> position().equals("Step 1 of 4") && !isWaiting());
        assertEquals("The load ended before the switch. Run it again.", OnFx.get(this::text));
        assertEquals("Run load", OnFx.get(() -> ((Button) node("guideAct")).getText()));
    }

    @Test
    void aStoppedLoadIsNamed() {
        runUntilSwitch();

        loads.last().end(Fakes.result(1).with(new Verdict(Verdict.Outcome.STOPPED, List.of()), List.of()));

        PageStage.await(() -> text().equals("The load was stopped before the switch. Run it again."));
    }

    @Test
    void aFailedLoadIsNamedWithItsReasonAndWhatTheEngineDoes() {
        runUntilSwitch();

        loads.last().fail("The database does not answer.");
        PageStage.await(() -> text().equals(
                "The load failed before the switch. The database does not answer. Run it again."));
        host.become(new EngineState.Failed("The database does not answer.", "Start it."));

        PageStage.await(() -> isWaiting() && text().endsWith(
                "answer. The engine did not start. Once it runs, run a load."));
    }

    @Test
    void aReadOnlyDatabaseIsNamed() {
        host.readOnly = true;
        host.become(new EngineState.Ready("PostgreSQL 18"));

        PageStage.await(() -> isWaiting() && text().startsWith("The database is read-only, where no load runs"));
    }

    @Test
    void aStepIsDoneInAnyOtherWayToo() {
        OnFx.run(() -> ((Button) node("run")).fire());

        PageStage.await(() -> position().equals("Step 2 of 4"));
    }

    @Test
    void thePathThatIsShownAgainWhileALoadRunsBeginsWithTheSwitch() {
        OnFx.run(() -> ((Button) node("run")).fire());
        PageStage.await(() -> position().equals("Step 2 of 4"));

        OnFx.run(() -> console.actions().fire("window.guide"));

        assertEquals("Step 2 of 4", OnFx.get(this::position));
    }

    @Test
    void itIsSkippedForGoodAndTheHelpFindsItAgain() {
        OnFx.run(() -> ((Button) OnFx.all(node("guide")).filter(node -> node instanceof Button button
                && button.getText().equals("Skip")).findFirst().orElseThrow()).fire());
        assertFalse(isShown());
        reopen();
        assertFalse(isShown());

        OnFx.run(() -> {
            console.actions().fire("window.help");
            ((Button) OnFx.all(node("overlay")).filter(node -> node instanceof Button button
                    && button.getText().equals("First steps")).findFirst().orElseThrow()).fire();
            assertFalse(node("overlay").isVisible());
        });
        assertTrue(isShown());
        assertEquals("Step 1 of 4", OnFx.get(this::position));
    }

    @Test
    void aWindowThatWasOpenBeforeStartsWithoutIt() {
        reopen();

        assertFalse(isShown());
    }
}
