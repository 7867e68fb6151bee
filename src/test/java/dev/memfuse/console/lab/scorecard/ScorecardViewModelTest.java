package dev.memfuse.console.lab.scorecard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import dev.memfuse.config.Tunables;
import dev.memfuse.console.Fakes;
import dev.memfuse.console.context.Lab;
import dev.memfuse.console.fx.DirectTaskRunner;
import dev.memfuse.console.fx.PageState;
import dev.memfuse.engine.host.EngineState;
import dev.memfuse.lab.scorecard.SampleScorecard;
import dev.memfuse.lab.scorecard.ScorecardPlan;
import dev.memfuse.lab.scorecard.ScorecardResult;
import dev.memfuse.lab.scorecard.ScorecardRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScorecardViewModelTest {
    @TempDir
    private Path folder;
    private final List<String> messages = new ArrayList<>();
    private final Tunables tunables = Fakes.tunables();
    private Fakes.Scorecards scorecards;
    private ScorecardViewModel model;

    @BeforeEach
    void open() {
        Lab lab = Fakes.lab(folder, tunables);
        scorecards = (Fakes.Scorecards) lab.scorecards();
        model = new ScorecardViewModel(lab, new DirectTaskRunner(), Runnable::run, messages::add);
    }

    @Test
    void isEmptyAndNotReadyAtFirst() {
        assertInstanceOf(PageState.Empty.class, model.experiment().stateProperty().get());
        assertFalse(model.experiment().readyProperty().get());
        assertNull(model.resultProperty().get());

        model.experiment().engineState(new EngineState.Ready("PostgreSQL 18"));

        assertTrue(model.experiment().readyProperty().get());
    }

    @Test
    void runsQuickOrFullAndSaysHowLongItTakes() {
        assertEquals("Run quick, about 4 min", model.runText());
        assertTrue(model.planText().startsWith("6 rounds of 4 phases on 2 networks ("), model.planText());
        model.run();
        assertEquals(ScorecardPlan.quick(), scorecards.last().plan());
        scorecards.last().end(SampleScorecard.result(6));

        model.fullProperty().set(true);
        model.run();

        assertEquals(ScorecardPlan.full(), scorecards.last().plan());
        assertTrue(model.runText().startsWith("Run full, about 10."), model.runText());
    }

    @Test
    void showsBlockPhaseNetworkAndTimeLeft() {
        model.run();
        assertEquals("Preparing", model.experiment().progressProperty().get().step());
        assertEquals("Block 1 of 48", model.experiment().progressProperty().get().title());

        scorecards.last().progress = new ScorecardRun.Status(12, "round 2, phase 1, network local",
                Duration.ofSeconds(181), SampleScorecard.promises(1));
        model.experiment().tick();

        RunningView now = model.experiment().progressProperty().get();
        assertEquals("Block 13 of 48", now.title());
        assertEquals("Round 2, phase 1, network local", now.step());
        assertEquals("3:01 left", now.left());
        assertEquals(0.25, now.share());
        assertEquals(34, now.promises().size());
    }

    @Test
    void showsTheResultWithItsVerdict() {
        model.run();
        ScorecardResult measured = SampleScorecard.result(8);

        scorecards.last().end(measured);

        ResultView result = model.resultProperty().get();
        assertEquals(measured.sentence() + ".", result.sentence());
        assertTrue(result.someNotKept());
        assertFalse(result.allKept());
        assertEquals(List.of(), result.warnings());
        assertEquals(PageState.READY, model.experiment().stateProperty().get());
    }

    @Test
    void aCancelledScorecardSaysWhatItCovers() {
        model.run();
        model.experiment().cancel();
        assertTrue(scorecards.last().stopped);
        assertTrue(model.experiment().cancellingProperty().get());

        scorecards.last().end(SampleScorecard.result(3));

        assertFalse(model.experiment().cancellingProperty().get());
        assertEquals("The scorecard was cancelled; this covers its rounds until then.",
                model.resultProperty().get().warnings().getFirst());
        assertTrue(model.resultProperty().get().warnings().size() == 1
                || model.resultProperty().get().warnings().getLast().startsWith("So few rounds have no interval"));
    }

    @Test
    void aScorecardWithoutARoundSaysThatNothingWasMeasured() {
        model.run();
        ScorecardResult some = SampleScorecard.result(3);

        scorecards.last().end(new ScorecardResult(1, some.startedAt(), 3, true, 0, List.of(), List.of(),
                some.environment()));

        assertEquals(List.of("The scorecard was cancelled before its first round ended, so nothing was measured."),
                model.resultProperty().get().warnings());
        assertFalse(model.resultProperty().get().allKept());
    }

    @Test
    void aFailureSaysWhyAndOffersToRunAgain() {
        model.run();

        scorecards.last().fail("The database does not answer.");

        PageState.Failed failed = assertInstanceOf(PageState.Failed.class, model.experiment().stateProperty().get());
        assertEquals("The scorecard has no result. The database does not answer.", failed.problem());
        assertNotNull(failed.retry());
        failed.retry().run().run();
        assertEquals(2, scorecards.runs().size());
    }

    @Test
    void aRefusedStartSaysWhy() {
        scorecards.refusal = "A load is running. Stop it or wait for its end.";

        model.run();

        assertEquals(scorecards.refusal, model.experiment().problemProperty().get());
        assertFalse(model.experiment().runningProperty().get());
    }

    @Test
    void showsARecordedScorecard() {
        model.show(SampleScorecard.result(8));

        assertEquals(8, model.resultProperty().get().source().rounds());
        assertEquals(PageState.READY, model.experiment().stateProperty().get());
    }
}
