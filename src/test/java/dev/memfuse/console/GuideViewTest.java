package dev.memfuse.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import javafx.scene.control.Button;
import javafx.scene.control.Label;

import dev.memfuse.console.fx.OnFx;
import dev.memfuse.console.fx.PageStage;
import dev.memfuse.engine.host.EngineState;
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

    @Test
    void eachStepIsDoneByItsButtonAndTheLastOneFillsTheComparison() {
        assertTrue(isShown());
        assertEquals("Step 1 of 3", OnFx.get(this::position));
        act();
        PageStage.await(() -> position().equals("Step 2 of 3"));
        assertEquals(1, loads.runs().size());

        boolean before = context.settings().tunables().get().buffer().bypassMode();
        act();
        PageStage.await(() -> context.settings().tunables().get().buffer().bypassMode() != before);
        assertEquals("Step 3 of 3", OnFx.get(this::position));

        act();
        OnFx.run(() -> assertEquals("Compare", ((Label) node("title")).getText()));
        assertFalse(isShown());
    }

    @Test
    void aStepIsDoneInAnyOtherWayToo() {
        OnFx.run(() -> ((Button) node("run")).fire());

        PageStage.await(() -> position().equals("Step 2 of 3"));
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
        assertEquals("Step 1 of 3", OnFx.get(this::position));
    }

    @Test
    void aWindowThatWasOpenBeforeStartsWithoutIt() {
        reopen();

        assertFalse(isShown());
    }
}
