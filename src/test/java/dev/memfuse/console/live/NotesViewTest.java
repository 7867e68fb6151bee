package dev.memfuse.console.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.stage.Stage;

import dev.memfuse.console.chart.ChartPicture;
import dev.memfuse.console.chart.Frames;
import dev.memfuse.console.fx.Action;
import dev.memfuse.console.fx.DirectTaskRunner;
import dev.memfuse.console.fx.OnFx;
import dev.memfuse.console.fx.PageTools;
import dev.memfuse.console.fx.Themes;
import dev.memfuse.metrics.EventMark;
import dev.memfuse.metrics.MetricsHub;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("fx")
class NotesViewTest {
    private static final Instant END = Instant.parse("2026-03-01T12:10:00Z");

    private final MetricsHub hub = LiveHistory.hub(END);
    private final LivePage page = OnFx.get(() -> new LivePage(
            new LiveSources(hub, () -> LiveHistory.BUFFERS, Optional::empty, Clock.fixed(END, ZoneOffset.UTC),
                    LiveHistory.NO_RECORDINGS),
            new PageTools(new DirectTaskRunner(), _ -> {}), () -> {}, _ -> {}));
    private Stage stage = OnFx.get(Stage::new);

    private void show(Themes.Choice theme, int width, int height) {
        new LiveHistory().publish(hub, END, 110);
        stage = LivePageViewTest.open(page, theme, width, height);
    }

    @AfterEach
    void close() {
        LivePageViewTest.close(page, stage);
    }

    private Node find(String id) {
        return page.view().lookup(id);
    }

    private void doubleClick(double share) {
        OnFx.run(() -> {
            Node lane = find("#mark-lane");
            var at = lane.localToScene(lane.getLayoutBounds().getWidth() * share, 10);
            for (int clicks = 1; clicks <= 2; clicks++) {
                lane.fireEvent(new MouseEvent(MouseEvent.MOUSE_CLICKED, at.getX(), at.getY(), at.getX(), at.getY(),
                        MouseButton.PRIMARY, clicks, false, false, false, false, true, false, false, false, false, true,
                        null));
            }
        });
    }

    private void type(String text) {
        OnFx.run(() -> ((TextField) find("#note-text")).setText(text));
    }

    private void press(Node target, KeyCode code) {
        OnFx.run(() -> target.fireEvent(new KeyEvent(KeyEvent.KEY_PRESSED, "", "", code, false, false, false, false)));
    }

    private boolean isOpen() {
        return OnFx.get(() -> find("#note-editor").isVisible());
    }

    private List<String> notes() {
        return hub.notes().all().stream().map(EventMark::text).toList();
    }

    private Node focused() {
        return OnFx.get(() -> stage.getScene().getFocusOwner());
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
                           LIGHT, 1280, 800, 0.4
                           DARK,  700,  510, 0.98
                           """)
    void aDoubleClickOnTheLaneOpensAFieldWhoseTextBecomesAMark(Themes.Choice theme, int width, int height,
            double share) throws Exception {
        show(theme, width, height);
        doubleClick(share);
        assertTrue(isOpen());
        assertEquals(find("#note-text"), focused());
        assertNull(OnFx.get(() -> page.model().window().selectionProperty().get()));
        type("Deployed the new index");
        Frames.await(stage.getScene(), 2);
        Path folder = Files.createDirectories(Path.of("target", "screens"));
        String name = theme.name().toLowerCase(Locale.ROOT);
        OnFx.get(() -> ChartPicture.of(page.view())).write(folder.resolve("live-note-" + name + ".png"));
        OnFx.run(() -> {
            Node editor = find("#note-editor");
            assertTrue(editor.getBoundsInParent().getMaxX() <= find("#mark-lane").getBoundsInParent().getMaxX() + 13,
                    "inside the page: " + editor.getBoundsInParent());
        });

        OnFx.run(() -> ((TextField) find("#note-text")).getOnAction().handle(null));

        assertFalse(isOpen());
        assertEquals(List.of("Deployed the new index"), notes());
        String told = OnFx.get(() -> find("#mark-lane").getAccessibleText());
        assertTrue(told.contains("Note: Deployed the new index"), told);
        assertTrue(OnFx.get(() -> page.view().lookupAll(".live-chart-flag.note").size()) >= 2, "lane and legend");
        assertTrue(OnFx.get(() -> !page.view().lookupAll(".live-chart-mark.note").isEmpty()), "lines in the charts");
        Frames.await(stage.getScene(), 2);
        OnFx.get(() -> ChartPicture.of(page.view())).write(folder.resolve("live-noted-" + name + ".png"));
    }

    @Test
    void escapeLeavesAndTheFocusGoesBack() {
        show(Themes.Choice.LIGHT, 1280, 800);
        Node chart = find("#chart-pool");
        OnFx.run(chart::requestFocus);
        press(chart, KeyCode.N);
        assertTrue(isOpen());
        type("draft");
        press(find("#note-text"), KeyCode.ESCAPE);

        assertFalse(isOpen());
        assertEquals(chart, focused());
        assertEquals(List.of(), notes());
    }

    @Test
    void afterANoteByTheMouseTheKeysOfTheLaneWork() {
        show(Themes.Choice.LIGHT, 1280, 800);
        OnFx.run(find("#chart-pool")::requestFocus);
        doubleClick(0.4);
        type("first");
        OnFx.run(() -> ((Button) find("#note-keep")).fire());
        assertEquals(find("#mark-lane"), focused());

        press(focused(), KeyCode.N);

        assertTrue(isOpen());
    }

    @Test
    void theKeysOfTheLaneAddChangeAndRemoveANote() {
        show(Themes.Choice.LIGHT, 1280, 800);
        Node lane = find("#mark-lane");
        OnFx.run(lane::requestFocus);
        press(lane, KeyCode.N);
        type("first");
        OnFx.run(() -> ((Button) find("#note-keep")).fire());
        assertEquals(List.of("first"), notes());
        assertEquals(lane, focused());

        press(lane, KeyCode.LEFT);
        press(lane, KeyCode.ENTER);
        assertEquals("first", OnFx.get(() -> ((TextField) find("#note-text")).getText()));
        type("second");
        OnFx.run(() -> ((Button) find("#note-keep")).fire());
        assertEquals(List.of("second"), notes());

        press(lane, KeyCode.RIGHT);
        press(lane, KeyCode.DELETE);
        assertEquals(find("#note-stay"), focused(), "Enter removes nothing");
        press(find("#note-stay"), KeyCode.ESCAPE);
        assertEquals(List.of("second"), notes());
        press(lane, KeyCode.DELETE);
        OnFx.run(() -> ((Button) find("#note-confirm")).fire());
        assertEquals(List.of(), notes());
        assertEquals(lane, focused());
    }

    @Test
    void aDoubleClickOnAChangeNotesItsMomentAndOneOnTheNoteChangesThat() {
        show(Themes.Choice.LIGHT, 1280, 800);
        Instant change = hub.marks().get(1).at();
        double share = OnFx.get(() -> {
            var span = page.model().window().span();
            return (change.toEpochMilli() - span.from()) / (double) span.length();
        });
        doubleClick(share);
        type("More places");
        OnFx.run(() -> ((Button) find("#note-keep")).fire());
        assertEquals(change, hub.notes().all().getFirst().at());

        doubleClick(share);
        assertEquals("More places", OnFx.get(() -> ((TextField) find("#note-text")).getText()));
        OnFx.run(() -> ((Button) find("#note-remove")).fire());
        assertTrue(OnFx.get(() -> ((Label) find("#note-title")).getText()).startsWith("Remove the note of "));
        OnFx.run(() -> ((Button) find("#note-confirm")).fire());
        assertEquals(List.of(), notes());
        assertNull(OnFx.get(() -> page.model().window().selectionProperty().get()));
    }

    @Test
    void theActionHasAShortcutAndCannotRunWithoutCharts() {
        Action action = page.actions().stream().filter(each -> each.id().equals("live.note")).findFirst()
                .orElseThrow();
        assertEquals("Shortcut+N", action.keys().orElseThrow().getName());
        assertFalse(OnFx.get(() -> action.enabled().getAsBoolean()));

        show(Themes.Choice.LIGHT, 1280, 800);
        OnFx.run(action::fire);

        assertTrue(isOpen());
    }

    @Test
    void whatIsWrongWithATextIsSaidBelowTheField() {
        show(Themes.Choice.LIGHT, 1280, 800);
        doubleClick(0.5);
        type("a".repeat(200));
        double top = OnFx.get(() -> find("#note-editor").getLayoutY());
        OnFx.run(() -> ((Button) find("#note-keep")).fire());

        assertTrue(isOpen());
        assertTrue(OnFx.get(() -> ((Label) find("#note-problem")).getText()).contains("shorten it"));
        assertEquals(top, OnFx.get(() -> find("#note-editor").getLayoutY()));
    }
}
