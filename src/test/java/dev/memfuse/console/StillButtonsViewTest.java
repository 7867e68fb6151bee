package dev.memfuse.console;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.RadioButton;

import dev.memfuse.console.fx.OnFx;
import dev.memfuse.console.fx.Page;
import dev.memfuse.console.fx.PageStage;
import dev.memfuse.engine.host.EngineState;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// No button moves under the pointer when the sentence about a problem appears in a form or goes. Only the database's
/// connections have sentences below their fields, which move what follows.
@Tag("fx")
class StillButtonsViewTest extends OpenConsole {
    private static final String SENTENCE = "Enter a whole number from 1 to 10.";
    private static final String PROBLEM = "form-problem";
    /// Parents of sentences that are below their fields.
    private static final List<String> BELOW_FIELD = List.of("report");
    /// Class of sentences that float over what follows.
    private static final String FLOATS = "floating-sentence";
    private static final double PIXEL = 0.6;

    @BeforeEach
    void fill() {
        BusyWindow.fill(console, context, host, loads);
    }

    @Test
    void noButtonMovesWhenAProblemIsShownOrGoes() {
        List<String> moved = new ArrayList<>();
        for (Page page : console.pages()) {
            OnFx.run(() -> {
                console.showPage(page.id());
                layout();
                openForms();
                OnFx.all(console.scene().getRoot()).filter(node -> node.getStyleClass().contains(PROBLEM))
                        .filter(node -> node.getParent() != null && isShown(node.getParent()))
                        .filter(node -> !isBelowItsField(node))
                        .map(Label.class::cast).toList()
                        .forEach(label -> moved.addAll(movedBy(page, label)));
            });
        }

        assertEquals(List.of(), moved);
    }

    @Test
    void noButtonMovesWhileSomethingIsInProgress() {
        List<String> moved = new ArrayList<>();
        for (Page page : console.pages()) {
            OnFx.run(() -> {
                console.showPage(page.id());
                layout();
                OnFx.all(console.scene().getRoot()).filter(ProgressBar.class::isInstance).map(ProgressBar.class::cast)
                        .filter(bar -> isShown(bar.getParent())).toList()
                        .forEach(bar -> moved.addAll(movedBy(page, bar)));
            });
        }

        assertEquals(List.of(), moved);
    }

    @Test
    void nothingMovesWhenTheEngineBecomesReady() {
        host.become(new EngineState.Starting("Unpacking PostgreSQL", 0.4));
        PageStage.await(() -> node("starting").isVisible());
        List<Bounds> during = places();
        host.become(new EngineState.Ready("PostgreSQL 18.6, embedded, port 54321"));
        PageStage.await(() -> !node("starting").isVisible());

        assertEquals(during, places());
    }

    private List<Bounds> places() {
        return OnFx.get(() -> {
            layout();
            return Stream.of("guide", "title", "holder", "bypass").map(this::node)
                    .map(node -> node.localToScene(node.getLayoutBounds())).toList();
        });
    }

    private static boolean isBelowItsField(Node sentence) {
        return BELOW_FIELD.stream().anyMatch(sentence.getParent().getStyleClass()::contains)
                || List.of("urlProblem", "saveProblem", "changeProblem").contains(String.valueOf(sentence.getId()));
    }

    private void openForms() {
        buttons().keySet().stream().filter(button -> List.of("Add rule", "Add objective").contains(button.getText()))
                .forEach(ButtonBase::fire);
        layout();
    }

    private List<String> movedBy(Page page, Label label) {
        label.textProperty().unbind();
        String text = label.getText();
        return movedBy(page, label, () -> label.setText(SENTENCE), () -> label.setText(text));
    }

    private List<String> movedBy(Page page, ProgressBar bar) {
        boolean freesItsSpace = bar.managedProperty().isBound();
        bar.managedProperty().unbind();
        bar.setManaged(!freesItsSpace);
        layout();
        return movedBy(page, bar, () -> {}, () -> {});
    }

    private List<String> movedBy(Page page, Node shown, Runnable fill, Runnable empty) {
        boolean visible = shown.isVisible();
        boolean managed = shown.isManaged();
        shown.visibleProperty().unbind();
        shown.managedProperty().unbind();
        Map<ButtonBase, Bounds> before = buttons();
        fill.run();
        shown.setVisible(true);
        shown.setManaged(!shown.getStyleClass().contains(FLOATS));
        layout();
        Map<ButtonBase, Bounds> after = buttons();
        empty.run();
        shown.setVisible(visible);
        shown.setManaged(managed);
        layout();
        List<String> moved = new ArrayList<>();
        before.forEach((button, place) -> {
            Bounds now = after.get(button);
            if (now != null && !isClose(place, now)) {
                moved.add(page.id() + ": " + shown.getId() + " of " + shown.getParent() + " moves \""
                        + button.getText() + '"');
            }
        });
        return moved;
    }

    private static boolean isClose(Bounds one, Bounds other) {
        return Math.abs(one.getMinY() - other.getMinY()) < PIXEL && Math.abs(one.getMinX() - other.getMinX()) < PIXEL;
    }

    private Map<ButtonBase, Bounds> buttons() {
        Map<ButtonBase, Bounds> all = new LinkedHashMap<>();
        OnFx.all(console.scene().getRoot()).filter(ButtonBase.class::isInstance).map(ButtonBase.class::cast)
                .filter(button -> !(button instanceof CheckBox || button instanceof RadioButton))
                .filter(StillButtonsViewTest::isShown)
                .forEach(button -> all.put(button, button.localToScene(button.getLayoutBounds())));
        return all;
    }

    private static boolean isShown(Node node) {
        return Stream.iterate(node, Objects::nonNull, Node::getParent).allMatch(Node::isVisible);
    }

    private void layout() {
        Parent root = console.scene().getRoot();
        root.resize(1280, 800);
        root.applyCss();
        root.layout();
    }
}
