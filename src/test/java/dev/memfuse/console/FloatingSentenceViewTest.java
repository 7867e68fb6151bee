package dev.memfuse.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import javafx.event.ActionEvent;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Control;
import javafx.scene.control.Label;
import javafx.scene.control.TextInputControl;

import dev.memfuse.console.fx.OnFx;
import dev.memfuse.console.fx.PageStage;
import dev.memfuse.engine.host.EngineState;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A wrong value is told below its field, and nothing moves.
@Tag("fx")
class FloatingSentenceViewTest extends OpenConsole {
    @BeforeEach
    void becomeReady() {
        host.become(new EngineState.Ready("PostgreSQL 18"));
        PageStage.await(() -> !node("run").isDisabled());
    }

    private void layout() {
        Parent root = console.scene().getRoot();
        root.applyCss();
        root.layout();
    }

    /// Returns the place of each shown control but the one line that names the wrong field.
    private Map<Node, Point2D> places() {
        layout();
        Map<Node, Point2D> places = new LinkedHashMap<>();
        OnFx.all(console.scene().getRoot())
                .filter(node -> node instanceof Control && isShown(node) && !"hint".equals(node.getId())).forEach(
                        node -> places.put(node, node.localToScene(0, 0)));
        return places;
    }

    private static boolean isShown(Node node) {
        return Stream.iterate(node, Objects::nonNull, Node::getParent)
                .allMatch(part -> part.isVisible() && part.isManaged());
    }

    private List<String> moved(Map<Node, Point2D> before) {
        List<String> moved = new ArrayList<>();
        places().forEach((node, place) -> {
            Point2D old = before.getOrDefault(node, place);
            if (old.distance(place) > 0.6) {
                moved.add(node + " from " + old + " to " + place);
            }
        });
        return moved;
    }

    private Label sentence(Node editor, String style) {
        return (Label) editor.getParent().getChildrenUnmodifiable().stream()
                .filter(node -> node.getStyleClass().contains(style)
                        && node.getStyleClass().contains("floating-sentence") && isNear(editor, node))
                .findFirst().orElseThrow();
    }

    private static boolean isNear(Node editor, Node sentence) {
        double gap = sentence.getBoundsInParent().getMinY() - editor.getBoundsInParent().getMaxY();
        return sentence.isVisible() && Math.abs(gap) < 12;
    }

    @ParameterizedTest
    @CsvSource({"load, field-users, many", "load, field-top_k, 0", "load, field-thresholds, query.p98 < 3"})
    void aWrongValueOfTheLoadFormMovesNothing(String page, String field, String wrong) {
        OnFx.run(() -> {
            console.scene().getWindow().requestFocus();
            console.showPage(page);
            layout();
            TextInputControl editor = (TextInputControl) node(field);
            editor.requestFocus();
            Map<Node, Point2D> before = places();
            editor.setText(wrong);

            assertEquals(List.of(), moved(before));
        });
        PageStage.await(() -> sentence(node(field), "form-problem").isVisible());
        OnFx.run(() -> {
            Label told = sentence(node(field), "form-problem");
            assertEquals(told.getText(), node(field).getAccessibleHelp());
            assertFalse(told.isTextTruncated());
            assertTrue(((Label) node("hint")).getText().startsWith("Correct "), ((Label) node("hint")).getText());
            node("keepData").requestFocus();
            assertFalse(told.isVisible(), "the next fields are free");
            ((TextInputControl) node(field)).setText("");
        });
    }

    @Test
    void aWrongValueOfASettingMovesNoRowAndIsToldAboveTheNextOne() {
        OnFx.run(() -> {
            console.showPage("flags");
            TextInputControl editor = (TextInputControl) node("flag-postgres-pool_size");
            Map<Node, Point2D> before = places();

            editor.setText("many");
            assertEquals(List.of(), moved(before));
            assertTrue(sentence(editor, "hint").getText().startsWith("In force: "));

            editor.fireEvent(new ActionEvent());
            assertEquals(List.of(), moved(before));
            Label told = sentence(editor, "form-problem");
            assertFalse(told.isTextTruncated());
            assertEquals(-1, editor.getParent().getParent().getViewOrder());

            editor.setText("12");
            editor.fireEvent(new ActionEvent());
            assertFalse(told.isVisible());
        });
        PageStage.await(() -> node("flag-postgres-pool_size").getParent().getParent().getViewOrder() == 0);
    }
}
