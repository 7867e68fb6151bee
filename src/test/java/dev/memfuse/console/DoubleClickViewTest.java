package dev.memfuse.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import javafx.geometry.Bounds;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.ButtonBase;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;

import dev.memfuse.console.fx.OnFx;
import dev.memfuse.console.fx.PageStage;
import dev.memfuse.engine.host.EngineState;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// A double click does what its first click does, and nothing more: no second job starts where the first button was.
@Tag("fx")
class DoubleClickViewTest extends OpenConsole {
    @BeforeEach
    void becomeReady() {
        host.become(new EngineState.Ready("PostgreSQL 18"));
        PageStage.await(() -> !node("run").isDisabled());
        OnFx.run(this::layout);
    }

    private void layout() {
        Parent root = console.scene().getRoot();
        root.applyCss();
        root.layout();
    }

    private static Point2D middle(Node node) {
        Bounds place = node.localToScene(node.getLayoutBounds());
        return new Point2D(place.getCenterX(), place.getCenterY());
    }

    /// The n-th press and release of a sequence at a place, on the button that is there; without one, on the window.
    private void click(Point2D at, int count) {
        Node target = buttonsAt(at).map(Node.class::cast).findFirst().orElse(console.scene().getRoot());
        Point2D local = target.sceneToLocal(at);
        for (var type : List.of(MouseEvent.MOUSE_PRESSED, MouseEvent.MOUSE_RELEASED)) {
            target.fireEvent(new MouseEvent(type, local.getX(), local.getY(), at.getX(), at.getY(), MouseButton.PRIMARY,
                    count, false, false, false, false, type == MouseEvent.MOUSE_PRESSED, false, false, false, false,
                    true, null));
        }
    }

    private Stream<ButtonBase> buttonsAt(Point2D at) {
        return OnFx.all(console.scene().getRoot()).filter(ButtonBase.class::isInstance).map(ButtonBase.class::cast)
                .filter(button -> !button.isDisabled() && isShown(button))
                .filter(button -> button.localToScene(button.getLayoutBounds()).contains(at));
    }

    private static boolean isShown(Node node) {
        return Stream.iterate(node, Objects::nonNull, Node::getParent).allMatch(Node::isVisible);
    }

    private Button button(String text) {
        return (Button) OnFx.all(console.scene().getRoot())
                .filter(node -> node instanceof Button button && button.getText().equals(text) && isShown(node))
                .findFirst().orElseThrow();
    }

    @Test
    void noOtherButtonComesWhereTheGuideHadItsButtons() {
        List<String> under = new ArrayList<>();
        for (String text : List.of("Skip", "Run load")) {
            OnFx.run(() -> {
                console.actions().fire("window.guide");
                layout();
                Point2D at = middle(text.equals("Skip") ? button(text) : node("guideAct"));
                ((Button) OnFx.all(node("guide")).filter(node -> node instanceof Button skip
                        && skip.getText().equals("Skip")).findFirst().orElseThrow()).fire();
                layout();
                buttonsAt(at).forEach(button -> under.add(text + ": " + button.getText()));
            });
        }

        assertEquals(List.of(), under);
    }

    @Test
    void theButtonOfTheGuideHasTheSameWidthInEachStep() {
        OnFx.run(() -> {
            Button act = (Button) node("guideAct");
            List<Double> widths = new ArrayList<>();
            for (String text : List.of("Run load", "Switch bypass", "Before and after", "Open Compare")) {
                act.setText(text);
                layout();
                widths.add(act.getWidth());
                assertTrue(!act.isTextTruncated(), text);
            }
            assertEquals(1, widths.stream().distinct().count(), widths.toString());
        });
    }

    @Test
    void theSecondPressDoesNotStopTheLoadThatTheFirstStarted() {
        OnFx.run(() -> click(middle(node("run")), 1));
        PageStage.await(() -> ((Button) node("run")).getText().equals("Stop load"));

        OnFx.run(() -> {
            layout();
            click(middle(node("run")), 2);
            click(middle(node("run")), 3);
        });

        assertEquals(List.of(), loads.last().requests);
        OnFx.run(() -> click(middle(node("run")), 1));
        PageStage.await(() -> !loads.last().requests.isEmpty());
    }

    @Test
    void theSecondPressStartsNothingThatCameUnderThePointer() {
        OnFx.run(() -> {
            Point2D nowhere = new Point2D(2, 2);
            click(nowhere, 1);
            click(middle(node("run")), 2);
        });

        assertEquals(List.of(), loads.runs());
    }

    @Test
    void quickPressesOfTheSameButtonWork() {
        OnFx.run(() -> {
            Button button = (Button) node("helpButton");
            List<Integer> presses = new ArrayList<>();
            button.setOnAction(_ -> presses.add(presses.size()));
            click(middle(button), 1);
            click(middle(button), 2);
            click(middle(button), 3);
            assertEquals(3, presses.size());
        });
    }
}
