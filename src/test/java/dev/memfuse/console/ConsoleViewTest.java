package dev.memfuse.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import javafx.css.PseudoClass;
import javafx.event.ActionEvent;
import javafx.geometry.Bounds;
import javafx.scene.AccessibleAttribute;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.Control;
import javafx.scene.control.Label;
import javafx.scene.control.Labeled;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.image.Image;
import javafx.scene.input.Clipboard;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import javafx.stage.WindowEvent;

import atlantafx.base.controls.ToggleSwitch;
import dev.memfuse.config.Tunables;
import dev.memfuse.console.fx.OnFx;
import dev.memfuse.console.fx.Page;
import dev.memfuse.console.fx.Themes;
import dev.memfuse.engine.exception.EngineException;
import dev.memfuse.engine.host.EngineState;
import dev.memfuse.metrics.MetricsSnapshot.JournalSample;
import dev.memfuse.metrics.SnapshotFeed;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.testfx.util.WaitForAsyncUtils;

@Tag("fx")
class ConsoleViewTest extends OpenConsole {
    @Test
    void hasItsPagesInOrderAndShowsEach() {
        assertEquals(
                List.of("live", "load", "flags", "database", "memory", "pool", "alerts", "log", "server",
                        "targets", "compare",
                        "scorecard", "sweep", "advice", "history", "settings"),
                console.pages().stream().map(Page::id).toList());
        for (Page page : console.pages()) {
            OnFx.run(() -> {
                console.showPage(page.id());
                assertEquals(console.scene(), page.view().getScene());
                assertEquals(page.title(), ((Label) node("title")).getText());
            });
        }
    }

    @Test
    void noPageAndNoLongStateNeedMoreThanTheSmallestWindow() {
        OnFx.run(() -> {
            console.scene().getWindow().setWidth(800);
            console.scene().getWindow().setHeight(600);
        });
        await(() -> console.scene().getWidth() <= 800);
        OnFx.run(() -> {
            Label engine = (Label) node("engine");
            engine.textProperty().unbind();
            engine.setText("A state of the engine that takes a very long sentence to say it all, and more");
            List<String> wider = new ArrayList<>();
            for (Page page : console.pages()) {
                console.showPage(page.id());
                console.scene().getRoot().applyCss();
                console.scene().getRoot().layout();
                double width = console.scene().getRoot().minWidth(-1);
                if (width > 800) {
                    wider.add(page.id() + ": " + width);
                }
            }
            assertEquals(List.of(), wider);
        });
    }

    @Test
    void everyControlThatTakesTheFocusHasAName() {
        for (Page page : console.pages()) {
            OnFx.run(() -> {
                console.showPage(page.id());
                console.scene().getRoot().applyCss();
                List<String> nameless = OnFx.all(console.scene().getRoot()).filter(ConsoleViewTest::isOwnControl)
                        .filter(node -> !node.getClass().getName().startsWith("io.fair_acc."))
                        .filter(node -> node.isFocusTraversable() && name(node).isBlank())
                        .map(node -> page.id() + ": " + node).toList();
                assertEquals(List.of(), nameless);
            });
        }
    }

    @Test
    void switchesAndChartsHaveARoleAndANameForScreenReaders() {
        int switches = 0;
        int charts = 0;
        for (Page page : console.pages()) {
            List<Node> nodes = OnFx.get(() -> {
                console.showPage(page.id());
                console.scene().getRoot().applyCss();
                return OnFx.all(console.scene().getRoot()).toList();
            });
            for (Node node : nodes) {
                if (node instanceof ToggleSwitch) {
                    switches++;
                    assertEquals(AccessibleRole.CHECK_BOX, node.getAccessibleRole(), page.id() + ": " + node);
                    assertFalse(name(node).isBlank(), page.id() + ": " + node);
                    assertNotNull(OnFx.get(() -> node.queryAccessibleAttribute(AccessibleAttribute.SELECTED)));
                }
                if (node.getStyleClass().contains("live-chart")) {
                    charts++;
                    assertEquals(AccessibleRole.IMAGE_VIEW, node.getAccessibleRole(), page.id() + ": " + node);
                    assertFalse(name(node).isBlank(), page.id() + ": " + node);
                }
            }
        }
        assertTrue(switches > 10 && charts >= 6, switches + " switches, " + charts + " charts");
    }

    @Test
    void theWindowHasItsIconInTheSizesOfDesktops() {
        assertEquals(List.of(16.0, 32.0, 48.0, 64.0, 128.0, 256.0),
                OnFx.get(() -> console.stage().getIcons().stream().map(Image::getWidth).toList()));
    }

    @Test
    void keysOpenPagesAndTheHelp() {
        OnFx.run(() -> {
            press(new KeyCodeCombination(KeyCode.DIGIT3, KeyCombination.SHORTCUT_DOWN));
            assertEquals("Flags", ((Label) node("title")).getText());

            press(new KeyCodeCombination(KeyCode.F1));
            assertTrue(node("overlay").isVisible());
            press(new KeyCodeCombination(KeyCode.F1));
            assertFalse(node("overlay").isVisible());
        });
    }

    @Test
    void aKeyRunsTheLoadOfTheFormAndStopsIt() {
        KeyCombination run = new KeyCodeCombination(KeyCode.R, KeyCombination.SHORTCUT_DOWN);
        host.become(new EngineState.Ready("PostgreSQL 18"));
        await(() -> !node("run").isDisabled());

        OnFx.run(() -> press(run));
        await(() -> ((Button) node("run")).getText().equals("Stop load"));
        OnFx.run(() -> press(run));

        assertEquals(List.of("stop"), loads.last().requests);
    }

    @Test
    void aLoadThatIsRefusedOpensThePageWithTheReason() {
        host.become(new EngineState.Ready("PostgreSQL 18"));
        await(() -> !node("run").isDisabled());
        loads.refusal = "The database is open read-only.";

        OnFx.run(() -> ((Button) node("run")).fire());

        await(() -> ((Label) node("title")).getText().equals("Load"));
        assertEquals("The database is open read-only.", OnFx.get(() -> ((Label) node("hint")).getText()));
    }

    @Test
    void nothingRunsBeforeTheEngineIsReady() {
        OnFx.run(() -> press(new KeyCodeCombination(KeyCode.R, KeyCombination.SHORTCUT_DOWN)));

        assertEquals(List.of(), loads.runs());
        assertTrue(OnFx.get(() -> node("starting").isVisible()));
    }

    @Test
    void aFailedEngineShowsABannerWhoseButtonRetries() {
        host.become(new EngineState.Failed("The port is busy.", "Stop the other program."));
        await(() -> node("banner").isVisible());

        OnFx.run(() -> ((Button) node("retry")).fire());

        assertEquals(List.of("retry"), host.requests);
    }

    @Test
    void aFailedEngineOffersItsLogAndItsDetails() {
        host.become(new EngineState.Failed("The port is busy.", "Stop the other program.", "bind: address in use"));
        await(() -> node("banner").isVisible());

        OnFx.run(() -> {
            ((Button) node("bannerCopy")).fire();
            assertEquals(List.of("The port is busy. Stop the other program.", "bind: address in use",
                    "The log has the details: " + folder.resolve("logs/memfuse.log")),
                    Clipboard.getSystemClipboard().getString().lines().toList());
            ((Button) node("bannerLog")).fire();
            assertEquals("Log", ((Label) node("title")).getText());
        });
    }

    @Test
    void aFailureOffersItsDetailsAndTheLogAndGoodNewsDoNot() {
        OnFx.run(() -> console.errors().present(new EngineException("No room.", "disk full", null)));
        await(() -> node("notification").isVisible());

        OnFx.run(() -> {
            button("Copy details").fire();
            assertTrue(Clipboard.getSystemClipboard().getString().startsWith("No room."));
            assertTrue(Clipboard.getSystemClipboard().getString().contains("disk full"));
            button("Open log").fire();
            assertEquals("Log", ((Label) node("title")).getText());
        });
    }

    @Test
    void aNotificationFloatsAboveThePageWhichStaysWhereItIs() {
        Bounds before = OnFx.get(() -> {
            console.scene().getRoot().layout();
            return node("holder").localToScene(node("holder").getLayoutBounds());
        });

        OnFx.run(() -> console.errors().present(new EngineException("A long sentence. ".repeat(40), "", null)));
        await(() -> node("notification").isVisible());

        OnFx.run(() -> {
            console.scene().getRoot().applyCss();
            console.scene().getRoot().layout();
            assertEquals(before, node("holder").localToScene(node("holder").getLayoutBounds()));
            Button dismiss = button("Dismiss");
            assertTrue(dismiss.getWidth() >= dismiss.prefWidth(-1), "the button is complete");
            dismiss.fire();
            assertFalse(node("notification").isVisible());
        });
    }

    private Button button(String text) {
        return (Button) OnFx.all(node("notification")).filter(node -> node instanceof Button button
                && button.getText().equals(text) && button.isVisible()).findFirst().orElseThrow();
    }

    @Test
    void aKeyOnAChartShowsTheLogAtThatMoment() {
        OnFx.run(() -> {
            Node chart = node("chart-throughput");
            chart.fireEvent(new KeyEvent(KeyEvent.KEY_PRESSED, "", "", KeyCode.L, false, false, false, false));
            assertEquals("Log", ((Label) node("title")).getText());
        });

        // The parts of a split pane are in the scene only after its first layout.
        await(() -> !((ToggleButton) node("follow")).isSelected()
                && OnFx.all(console.scene().getRoot()).anyMatch(node -> "table".equals(node.getId())
                        && ((TableView<?>) node).getSelectionModel().getSelectedIndex() >= 0));
    }

    @Test
    void aWindowThatIsClosedStaysUntilTheEngineHasStopped() {
        host.become(new EngineState.Ready("PostgreSQL 18"));
        OnFx.run(() -> {
            WindowEvent request = new WindowEvent(console.stage(), WindowEvent.WINDOW_CLOSE_REQUEST);
            console.stage().getOnCloseRequest().handle(request);
            assertTrue(request.isConsumed());
        });
        assertEquals(List.of("stop"), host.requests);

        host.become(new EngineState.Stopping("Storing what is buffered", Duration.ofSeconds(30)));
        await(() -> console.scene().getRoot().lookup(".stopping-card").getParent().isVisible());
        assertTrue(OnFx.get(() -> console.stage().isShowing()));
        assertEquals("Storing what is buffered, at most 30 s", OnFx.get(() -> ((Label) node("step")).getText()));

        host.become(new EngineState.Stopped());
        await(() -> !console.stage().isShowing());
    }

    @Test
    void aKeyClosesTheWindowAsItsButtonDoes() {
        host.become(new EngineState.Ready("PostgreSQL 18"));

        OnFx.run(() -> press(new KeyCodeCombination(KeyCode.Q, KeyCombination.SHORTCUT_DOWN)));

        assertEquals(List.of("stop"), host.requests);
        host.become(new EngineState.Stopped());
        await(() -> !console.stage().isShowing());
    }

    @Test
    void aLostDatabaseShowsABannerWithoutARetryUntilItIsBack() {
        host.become(new EngineState.Ready("PostgreSQL 18"));
        storage(new JournalSample(12, 900, 1, 1, 1, true, false));
        await(() -> node("banner").isVisible());
        assertFalse(OnFx.get(() -> node("retry").isVisible()));
        assertTrue(OnFx.get(() -> node("banner").getPseudoClassStates()
                .contains(PseudoClass.getPseudoClass("warning"))));

        storage(JournalSample.EMPTY);

        await(() -> !node("banner").isVisible());
    }

    private void storage(JournalSample journal) {
        SnapshotFeed.publish(context.monitoring().hub(), SnapshotFeed.journal(Instant.now(), journal));
    }

    @Test
    void aKeySwitchesTheBypassAndAnotherUndoesIt() {
        boolean before = context.settings().tunables().get().buffer().bypassMode();

        OnFx.run(() -> press(new KeyCodeCombination(KeyCode.B, KeyCombination.SHORTCUT_DOWN)));
        await(() -> context.settings().tunables().get().buffer().bypassMode() != before);
        OnFx.run(() -> press(new KeyCodeCombination(KeyCode.Z, KeyCombination.SHORTCUT_DOWN)));

        await(() -> context.settings().tunables().get().buffer().bypassMode() == before);
        assertEquals(List.of("header", "undo"),
                context.settings().tunables().history().stream().map(Tunables.Change::cause).toList());
    }

    @Test
    void aSettingTypedOnTheFlagsPageIsInForceAfterEnter() {
        OnFx.run(() -> {
            console.showPage("flags");
            TextField pool = (TextField) node("flag-postgres-pool_size");
            pool.setText("17");
            pool.fireEvent(new ActionEvent());
        });

        await(() -> context.settings().tunables().get().postgres().poolSize() == 17);
    }

    @Test
    void everyPageSaysThatTheDatabaseIsReadOnlyWhileItIs() {
        assertFalse(OnFx.get(() -> node("readOnly").isVisible()));
        host.readOnly = true;
        host.become(new EngineState.Ready("PostgreSQL 18.6, read-only"));
        for (Page page : console.pages()) {
            OnFx.run(() -> console.showPage(page.id()));
            assertTrue(OnFx.get(() -> node("readOnly").isVisible()), page.id());
        }

        host.readOnly = false;
        host.become(new EngineState.Ready("PostgreSQL 18.6"));
        assertFalse(OnFx.get(() -> node("readOnly").isVisible()));
    }

    @Test
    void aSettingFixedAtStartCannotBeEdited() {
        OnFx.run(() -> {
            console.showPage("flags");
            assertTrue(node("flag-postgres-url").isDisabled());
        });
    }

    @Test
    void restoresPageAndThemeAtTheNextStart() {
        OnFx.run(() -> {
            console.showPage("database");
            console.themes().choose(Themes.Choice.DARK);
        });
        Fakes.close(console);
        console = Fakes.open(context);
        OnFx.run(() -> {
            assertEquals("Database", ((Label) node("title")).getText());
            assertTrue(console.themes().darkProperty().get());
        });
    }

    private static boolean isOwnControl(Node node) {
        // Parts of a control's skin are announced by the control.
        for (Parent parent = node.getParent(); parent != null; parent = parent.getParent()) {
            if (parent instanceof Control && !(parent instanceof ScrollPane)) {
                return false;
            }
        }
        return node instanceof Control && !(node instanceof ScrollPane);
    }

    private static String name(Node node) {
        String accessible = node.getAccessibleText();
        if (accessible != null) {
            return accessible;
        }
        return node instanceof ButtonBase || node instanceof Labeled ? String.valueOf(((Labeled) node).getText()) : "";
    }

    private void press(KeyCombination keys) {
        Objects.requireNonNull(console.scene().getAccelerators().get(keys)).run();
    }

    private static void await(Callable<Boolean> condition) {
        try {
            WaitForAsyncUtils.waitFor(10, TimeUnit.SECONDS, () -> OnFx.get(condition));
        } catch (TimeoutException e) {
            throw new AssertionError("The condition did not become true", e);
        }
    }
}
