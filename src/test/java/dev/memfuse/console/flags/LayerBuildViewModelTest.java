package dev.memfuse.console.flags;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import dev.memfuse.console.fx.DirectTaskRunner;
import dev.memfuse.engine.DerivedLayer;
import dev.memfuse.engine.LayerBuild;
import dev.memfuse.engine.LayerBuild.Cost;
import dev.memfuse.engine.LayerBuild.Scope;
import dev.memfuse.engine.LayerBuild.State;
import dev.memfuse.engine.LayerBuild.Status;
import org.junit.jupiter.api.Test;

class LayerBuildViewModelTest {
    private final FakeLayerBuild job = new FakeLayerBuild();
    private Optional<LayerBuild> engine = Optional.of(job);
    private final LayerBuildViewModel model = new LayerBuildViewModel(() -> engine, new DirectTaskRunner());

    private String message() {
        return model.messageProperty().get();
    }

    private String problem() {
        return model.problemProperty().get();
    }

    private void report(State state, long done, double secondsLeft, String problem) {
        job.status = new Status(state, done, 40, secondsLeft, 0, problem);
        model.refresh();
    }

    private void start() {
        model.measure();
        model.start();
    }

    @Test
    void offersNothingBeforeTheEngineIsReady() {
        engine = Optional.empty();
        model.refresh();
        model.measure();
        model.start();

        assertFalse(model.readyProperty().get());
        assertFalse(model.buildableProperty().get());
        assertEquals(List.of(), job.requests);

        engine = Optional.of(job);
        model.refresh();
        assertTrue(model.readyProperty().get());
    }

    @Test
    void buildsOnlyAfterTheCostWasShown() {
        model.start();
        assertEquals(List.of(), job.requests);

        model.measure();

        assertEquals("M1 is missing for 80 messages in 40 rounds. Embedding takes about 12 s; rules build the layer, "
                + "without calls of a language model.", message());
        assertTrue(model.buildableProperty().get());
        assertFalse(model.runningProperty().get());
    }

    @Test
    void theCostNamesTheCallsOfALanguageModel() {
        job.cost = new Cost(12_000, 24_000, 9_000, 12_000);

        model.measure();

        assertEquals("M1 is missing for 24,000 messages in 12,000 rounds. Embedding takes about 2.5 h; the language "
                + "model is called at least 12,000 times, which takes longer.", message());
    }

    @Test
    void theCostIsMeasuredOnceAtATime() {
        List<Boolean> busy = new ArrayList<>();
        job.measuring = () -> {
            busy.add(model.measuringProperty().get());
            model.measure();
        };

        model.measure();

        assertEquals(List.of(true), busy);
        assertEquals(List.of("cost M1"), job.requests);
        assertFalse(model.measuringProperty().get());
    }

    @Test
    void nothingIsBuiltForALayerThatIsComplete() {
        job.cost = new Cost(0, 0, 0, 0);
        model.layerProperty().set(DerivedLayer.M2);

        model.measure();

        assertEquals("No stored round is without M2.", message());
        assertFalse(model.buildableProperty().get());
    }

    @Test
    void aCostThatCannotBeMeasuredIsAProblem() {
        job.refusal = "The database does not answer.";

        model.measure();

        assertEquals("The cost is not known: The database does not answer.", problem());
        assertEquals("", message());
        assertFalse(model.measuringProperty().get());
        assertFalse(model.buildableProperty().get());
    }

    @Test
    void anotherLayerNeedsItsOwnCost() {
        model.measure();

        model.layerProperty().set(DerivedLayer.M2);

        assertFalse(model.buildableProperty().get());
        assertEquals("", message());
    }

    @Test
    void layersThatRulesMadeAreBuiltAgain() {
        model.scopeProperty().set(Scope.MADE_BY_RULES);
        start();

        assertEquals(List.of("cost M1 again", "start M1 again"), job.requests);
        report(State.RUNNING, 10, 300, "");
        assertEquals("10 of 40 rounds, about 5 min left", message());
        model.cancel();
        report(State.CANCELLED, 32, 1, "");
        assertEquals("Stopped after 32 of 40 rounds; the next start continues with the rest.", message());
    }

    @Test
    void theCostOfOtherRoundsIsAnother() {
        model.measure();

        model.scopeProperty().set(Scope.MADE_BY_RULES);

        assertFalse(model.buildableProperty().get());
        model.measure();
        assertEquals("M1 of 80 messages in 40 rounds was made by rules. Embedding takes about 12 s; rules build the "
                + "layer, without calls of a language model.", message());
        job.cost = new Cost(0, 0, 0, 0);
        model.measure();
        assertEquals("No round has M1 made by rules.", message());
    }

    @Test
    void showsTheProgressAndTheResult() {
        start();
        assertEquals(List.of("cost M1", "start M1"), job.requests);
        assertTrue(model.runningProperty().get());
        assertEquals("Counting rounds.", message());
        assertTrue(model.shareProperty().get() < 0);

        report(State.RUNNING, 10, 300, "");
        assertEquals("10 of 40 rounds, about 5 min left", message());
        assertEquals(0.25, model.shareProperty().get());

        job.status = new Status(State.DONE, 40, 40, 0, 3, "The model did not answer.");
        model.refresh();
        assertEquals("", message());
        assertEquals("M1 was built for 37 of 40 rounds; 3 rounds failed. The last reason: The model did not answer. "
                + "Build again to repeat them; the log names each.", problem());
        assertFalse(model.runningProperty().get());

        start();
        report(State.DONE, 40, 0, "");
        assertEquals("M1 was built for 40 of 40 rounds.", message());
        assertFalse(model.runningProperty().get());
        assertFalse(model.buildableProperty().get(), "the cost that was shown is outdated");
    }

    @Test
    void aCancelledBuildEndsAfterTheRoundsInProgress() {
        start();
        model.cancel();

        assertEquals("cancel", job.requests.getLast());
        assertTrue(model.runningProperty().get());
        assertTrue(model.cancellingProperty().get());
        assertEquals("Stopping after the rounds in progress.", message());

        report(State.CANCELLED, 32, 1, "");
        assertEquals("Stopped after 32 of 40 rounds; the next start continues with the rest.", message());
        assertFalse(model.runningProperty().get());
        assertFalse(model.cancellingProperty().get());
    }

    @Test
    void aFailedBuildSaysWhy() {
        start();

        report(State.FAILED, 8, 1, "The database does not answer.");

        assertEquals("Stopped after 8 of 40 rounds: The database does not answer.", problem());
        assertEquals("", message());
        assertFalse(model.runningProperty().get());
    }

    @Test
    void aBuildEndsWithItsEngine() {
        start();

        engine = Optional.of(new FakeLayerBuild());
        model.refresh();

        assertEquals("The engine was stopped. Show the cost and build again: the rest continues.", problem());
        assertFalse(model.runningProperty().get());
    }
}
