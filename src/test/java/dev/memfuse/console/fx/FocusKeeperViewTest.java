package dev.memfuse.console.fx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.Objects;

import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.stage.Stage;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// A page that scrolls, with a form at its top and another control far below.
@Tag("fx")
class FocusKeeperViewTest {
    private final TextField field = OnFx.get(TextField::new);
    private final Button connect = OnFx.get(() -> new Button("Connect"));
    private final Button save = OnFx.get(() -> new Button("Save"));
    private final HBox question = OnFx.get(() -> new HBox(connect));
    private final Button below = OnFx.get(() -> new Button("Below"));
    private final ScrollPane page = OnFx.get(ScrollPane::new);
    private final Stage stage = OnFx.get(Stage::new);

    @BeforeEach
    void open() {
        OnFx.run(() -> {
            VBox form = new VBox(new Label("Server"), field, new HBox(save), question);
            form.getStyleClass().add("card");
            Region tall = new Region();
            tall.setMinHeight(2_000);
            page.setContent(new VBox(form, tall, below));
            Scene scene = new Scene(page, 400, 300);
            FocusKeeper.install(scene);
            stage.setScene(scene);
            stage.show();
            connect.requestFocus();
        });
    }

    @AfterEach
    void close() {
        OnFx.run(stage::close);
    }

    private Node focused() {
        return OnFx.get(() -> Objects.requireNonNull(stage.getScene().getFocusOwner()));
    }

    /// Returns after the toolkit has moved a focus that has nowhere to be.
    private void pulse() {
        OnFx.run(() -> {
            page.applyCss();
            page.layout();
        });
        OnFx.run(() -> stage.getScene().snapshot(null));
    }

    @Test
    void aButtonThatHidesItselfLeavesTheFocusInItsFormAndNothingScrolls() {
        OnFx.run(() -> Visibility.set(question, false));
        pulse();

        assertSame(field, focused());
        assertEquals(0, OnFx.get(page::getVvalue));
        OnFx.run(() -> Visibility.set(question, true));
        assertSame(field, focused(), "a new question is not the old one");
    }

    @Test
    void aButtonThatIsDisabledDuringItsWorkHasTheFocusAgainAfterwards() {
        OnFx.run(() -> connect.setDisable(true));
        pulse();
        assertSame(field, focused());
        assertEquals(0, OnFx.get(page::getVvalue));

        OnFx.run(() -> connect.setDisable(false));

        assertSame(connect, focused());
    }

    @Test
    void theFocusStaysWhereSomebodyTypes() {
        OnFx.run(() -> connect.setDisable(true));
        OnFx.run(() -> field.fireEvent(
                new KeyEvent(KeyEvent.KEY_PRESSED, "a", "a", KeyCode.A, false, false, false, false)));

        OnFx.run(() -> connect.setDisable(false));

        assertSame(field, focused());
    }

    @Test
    void inAFormOfButtonsOnlyItIsTheNearestOne() {
        OnFx.run(() -> {
            Visibility.set(field, false);
            connect.setDisable(true);
        });

        assertSame(save, focused());
    }
}
