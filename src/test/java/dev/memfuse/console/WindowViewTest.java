package dev.memfuse.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.Callable;

import javafx.event.ActionEvent;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.stage.PopupWindow;
import javafx.stage.Window;

import dev.memfuse.console.fx.OnFx;
import dev.memfuse.console.fx.PageStage;
import dev.memfuse.engine.host.EngineState;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Overlays, popups, what the window remembers, and a data folder in use.
@Tag("fx")
class WindowViewTest extends OpenConsole {
    @BeforeEach
    void focus() {
        OnFx.run(console.stage()::requestFocus);
    }

    /// Ends the program and starts it again: only what was saved remains.
    private void restart() {
        Fakes.close(console);
        context = Fakes.context(folder, host, loads);
        console = Fakes.open(context);
    }

    private Scene scene() {
        return console.scene();
    }

    private String title() {
        return OnFx.get(() -> ((Label) node("title")).getText());
    }

    /// Presses a key where the toolkit would: in the control that has the focus.
    private void press(KeyCode code, boolean control, boolean shift) {
        OnFx.run(() -> {
            Node target = Objects.requireNonNullElse(scene().getFocusOwner(), scene().getRoot());
            target.fireEvent(new KeyEvent(KeyEvent.KEY_PRESSED, "", "", code, shift, control, false, false));
        });
    }

    private static void await(Callable<Boolean> condition) {
        PageStage.await(condition);
    }

    @Test
    void tabStaysInsideTheHelpAndTheFocusReturns() {
        OnFx.run(() -> node("nav-log").requestFocus());
        press(KeyCode.F1, false, false);
        for (int i = 0; i < 12; i++) {
            press(KeyCode.TAB, false, i > 6);
            assertTrue(OnFx.get(() -> isInside(scene().getFocusOwner(), node("overlay"))), "step " + i);
        }
        press(KeyCode.ESCAPE, false, false);

        assertFalse(OnFx.get(() -> node("overlay").isVisible()));
        assertEquals(OnFx.get(() -> node("nav-log")), OnFx.get(scene()::getFocusOwner));
    }

    @Test
    void escClosesTheHelpWhereverTheFocusIs() {
        press(KeyCode.F1, false, false);
        OnFx.run(() -> node("bypass").requestFocus());
        press(KeyCode.ESCAPE, false, false);

        assertFalse(OnFx.get(() -> node("overlay").isVisible()));
    }

    @Test
    void shortcutsBehindTheHelpDoNothing() {
        boolean before = context.settings().tunables().get().buffer().bypassMode();
        press(KeyCode.F1, false, false);
        press(KeyCode.DIGIT3, true, false);
        press(KeyCode.B, true, false);

        assertEquals("Live", title());
        assertEquals(before, context.settings().tunables().get().buffer().bypassMode());
        press(KeyCode.F1, false, false);
        assertFalse(OnFx.get(() -> node("overlay").isVisible()));
    }

    private static boolean isInside(Node node, Node parent) {
        for (Node now = node; now != null; now = now.getParent()) {
            if (now.equals(parent)) {
                return true;
            }
        }
        return false;
    }

    @Test
    void shortcutsWorkWhileTheListOfAlertsIsOpen() {
        OnFx.run(() -> {
            node("alerts").requestFocus();
            ((Button) node("alerts")).fire();
        });
        await(() -> popup() != null);
        OnFx.run(() -> Objects.requireNonNull(popup()).getScene().getRoot().requestFocus());
        press(KeyCode.DIGIT3, true, false);

        assertEquals("Flags", title());
        await(() -> popup() == null);
    }

    private static @Nullable PopupWindow popup() {
        return (PopupWindow) Window.getWindows().stream().filter(PopupWindow.class::isInstance)
                .filter(Window::isShowing).findFirst().orElse(null);
    }

    @Test
    void theCostOfTheFirstPageIsMeasuredFromTheStart() {
        await(() -> ((Label) node("cost")).getText().contains("frames"));
    }

    @Test
    void theSentenceAboutMarkedFieldsLeavesWithTheCorrection() {
        host.become(new EngineState.Ready("PostgreSQL 18"));
        await(() -> !node("run").isDisabled());
        OnFx.run(() -> {
            console.showPage("load");
            ((TextField) node("field-users")).setText("x");
            ((Button) node("run")).fire();
            Label hint = (Label) node("hint");
            assertEquals("Correct the marked fields first.", hint.getText());
            ((TextField) node("field-users")).setText("12");
            assertEquals("", hint.getText());
        });
    }

    @Test
    void theShortcutThatClosesTheWindowClosesItAtOnceTheSecondTime() {
        press(KeyCode.Q, true, false);
        assertEquals(List.of("stop"), host.requests);
        host.become(new EngineState.Stopping("Storing what is buffered", Duration.ofSeconds(30)));
        await(() -> node("remaining").getParent().getParent().isVisible());

        press(KeyCode.Q, true, false);

        assertFalse(OnFx.get(() -> console.stage().isShowing()));
    }

    @Test
    void theShortcutThatClosesTheWindowWorksInHelpAndSearch() {
        press(KeyCode.F1, false, false);
        press(KeyCode.Q, true, false);
        assertEquals(List.of("stop"), host.requests);
    }

    @Test
    void escapeQuitsWhenTheFolderIsInUse() {
        host.become(new EngineState.Failed("In use.", "Close it.", "", OptionalLong.of(Integer.MAX_VALUE)));
        await(() -> node("other").getParent().getParent().getParent().isVisible());

        press(KeyCode.ESCAPE, false, false);

        assertEquals(List.of("stop"), host.requests);
    }

    @Test
    void aFolderInUseOffersOnlyWhatCanWork() {
        long pid = ProcessHandle.current().pid();
        host.become(new EngineState.Failed("MemFuse is already running (process " + pid + ") with the data in /data.",
                "Close it first.", "", OptionalLong.of(pid)));
        await(() -> node("other").getParent().getParent().getParent().isVisible());
        List<String> reachable = OnFx.get(() -> {
            Node overlay = node("other").getParent().getParent().getParent();
            return OnFx.all(overlay).filter(found -> found instanceof Button && isShown(found))
                    .map(found -> ((Button) found).getText()).toList();
        });
        assertEquals(List.of("Open another folder…", "Show who uses it", "Quit"), reachable);
        assertFalse(OnFx.get(() -> node("banner").isVisible()));
        for (int i = 0; i < 8; i++) {
            press(KeyCode.TAB, false, false);
            assertTrue(OnFx.get(() -> reachable.contains(((Button) scene().getFocusOwner()).getText())));
        }
        press(KeyCode.DIGIT3, true, false);
        assertEquals("Live", title());

        OnFx.run(() -> ((Button) node("show")).fire());
        await(() -> ((Label) node("folderUser")).getText().startsWith("Process " + pid));
        OnFx.run(() -> ((Button) node("quit")).fire());
        assertEquals(List.of("stop"), host.requests);
    }

    @Test
    void aFolderThatIsFreeAgainCanBeUsed() throws IOException, InterruptedException {
        Process other = new ProcessBuilder("sleep", "600").start();
        host.become(new EngineState.Failed("In use.", "Close it.", "", OptionalLong.of(other.pid())));
        await(() -> node("other").getParent().getParent().getParent().isVisible());
        assertFalse(OnFx.get(() -> node("again").isVisible()));
        other.destroyForcibly().waitFor();

        await(() -> node("again").isVisible());
        OnFx.run(() -> ((Button) node("again")).fire());
        assertEquals(List.of("retry"), host.requests);
    }

    private static boolean isShown(Node node) {
        for (Node now = node; now != null; now = now.getParent()) {
            if (!now.isVisible()) {
                return false;
            }
        }
        return true;
    }

    @Test
    void remembersFormScalesTimeAndSizeAfterARestart() {
        OnFx.run(() -> {
            ((ToggleButton) node("length5")).fire();
            ((ToggleButton) node("latency-log")).fire();
            ((ToggleButton) node("stages-clip")).fire();
            ((ToggleButton) node("latency-query")).fire();
            console.showPage("load");
            ((TextField) node("field-rate")).setText("77");
            ((TextField) node("field-seed")).setText("wrong");
            console.stage().setWidth(900);
            console.stage().setHeight(640);
        });
        await(() -> scene().getWidth() == 900);
        restart();

        OnFx.run(() -> {
            assertEquals("Load", ((Label) node("title")).getText());
            assertEquals("77", ((TextField) node("field-rate")).getText());
            assertEquals("wrong", ((TextField) node("field-seed")).getText());
            assertEquals(900, scene().getWidth());
            console.showPage("live");
            assertTrue(((ToggleButton) node("length5")).isSelected());
            assertTrue(((ToggleButton) node("latency-log")).isSelected());
            assertTrue(((ToggleButton) node("latency-query")).isSelected());
            assertFalse(((ToggleButton) node("stages-clip")).isSelected());
            assertFalse(((ToggleButton) node("stages-log")).isSelected());
        });
    }

    @Test
    void offersTheSettingsOfTheLastSession() {
        OnFx.run(() -> {
            console.showPage("flags");
            assertFalse(isShown(node("last")));
            TextField pool = (TextField) node("flag-postgres-pool_size");
            pool.setText("17");
            pool.fireEvent(new ActionEvent());
        });
        await(() -> context.settings().tunables().get().postgres().poolSize() == 17);
        await(() -> true);
        restart();
        assertNotEquals(17, context.settings().tunables().get().postgres().poolSize());
        await(() -> node("notification").isVisible());
        OnFx.run(() -> {
            console.showPage("flags");
            assertTrue(isShown(node("last")));
            OnFx.all(node("last")).filter(found -> found instanceof Button button
                    && button.getText().equals("Bring back")).map(Button.class::cast).findFirst().orElseThrow().fire();
        });
        await(() -> context.settings().tunables().get().postgres().poolSize() == 17);
        await(() -> !isShown(node("last")));
    }

    @Test
    void aDamagedStateFileIsNamedAndTheWindowStarts() throws IOException {
        Fakes.close(console);
        Files.writeString(folder.resolve("window.properties"), "page=\\u00zz");
        console = Fakes.open(context);

        await(() -> node("notification").isVisible());
        assertNotNull(OnFx.get(() -> OnFx.all(node("notification")).filter(found -> found instanceof Label label
                && label.getText().contains("window.properties cannot be read: it is damaged.")).findFirst()
                .orElseThrow()));
    }
}
