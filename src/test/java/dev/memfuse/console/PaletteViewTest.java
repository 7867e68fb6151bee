package dev.memfuse.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.GridPane;

import dev.memfuse.console.fx.Action;
import dev.memfuse.console.fx.OnFx;
import dev.memfuse.console.fx.Page;
import dev.memfuse.console.palette.PaletteItem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The command palette in the window, used by keys alone.
@Tag("fx")
class PaletteViewTest extends OpenConsole {
    @BeforeEach
    void focus() {
        OnFx.run(console.scene().getWindow()::requestFocus);
    }

    private String title() {
        return ((Label) node("title")).getText();
    }

    private void press(KeyCode key) {
        focused().fireEvent(new KeyEvent(KeyEvent.KEY_PRESSED, "", "", key, false, false, false, false));
    }

    private void pressCtrl(KeyCode key) {
        focused().fireEvent(new KeyEvent(KeyEvent.KEY_PRESSED, "", "", key, false, true, false, false));
    }

    private Node focused() {
        return Objects.requireNonNullElse(console.scene().getFocusOwner(), console.scene().getRoot());
    }

    private void type(String text) {
        ((TextField) focused()).setText(text);
    }

    @Test
    void ctrlKFindsAPageAndEnterOpensIt() {
        OnFx.run(() -> {
            pressCtrl(KeyCode.K);
            assertEquals(node("paletteQuery"), focused());
            type("swee");
            press(KeyCode.ENTER);
            assertEquals("Sweep", title());
            assertFalse(node("paletteQuery").getParent().getParent().isVisible());
        });
    }

    @Test
    void escAndItsShortcutCloseItAndTheFocusReturns() {
        OnFx.run(() -> {
            Node before = node("nav-log");
            before.requestFocus();
            pressCtrl(KeyCode.K);
            press(KeyCode.ESCAPE);
            assertEquals(before, focused());
            pressCtrl(KeyCode.K);
            pressCtrl(KeyCode.K);
            assertEquals(before, focused());
        });
    }

    @Test
    void everyLabelOfTheSettingsPageIsFound() {
        OnFx.run(() -> {
            console.showPage("settings");
            console.buildPages();
            console.scene().getRoot().applyCss();
            console.scene().getRoot().layout();
            List<String> labels = console.scene().getRoot().lookupAll(".settings-grid").stream()
                    .flatMap(grid -> ((GridPane) grid).getChildren().stream())
                    .filter(child -> child instanceof Label && Objects.requireNonNullElse(
                            GridPane.getColumnIndex(child), 0) == 0)
                    .map(child -> ((Label) child).getText()).toList();
            assertTrue(labels.size() > 10, labels.toString());
            pressCtrl(KeyCode.K);
            List<String> wanted = new ArrayList<>(labels);
            wanted.addAll(List.of("font", "Shortcuts"));
            for (String label : wanted) {
                type(label);
                assertTrue(items().stream().anyMatch(row -> row.kind().equals("Settings")),
                        label + " in " + items().stream().map(PaletteItem::title).toList());
            }
        });
    }

    @SuppressWarnings("unchecked") // the view declares the type
    private List<PaletteItem> items() {
        return List.copyOf(((ListView<PaletteItem>) node("paletteList")).getItems());
    }

    @Test
    void theTextSizeIsFoundAndHasTheFocusOnItsPage() {
        OnFx.run(() -> {
            pressCtrl(KeyCode.K);
            type("text size");
            press(KeyCode.ENTER);
            assertEquals("Settings", title());
            assertEquals(node("textSize"), focused());
        });
    }

    @Test
    void aSettingIsShownOnTheFlagsPageWithTheFocusOnItsEditor() {
        OnFx.run(() -> {
            console.showPage("flags");
            ((TextField) node("search")).setText("nothing has this text");
            console.showPage("live");
            pressCtrl(KeyCode.K);
            type("pool_size");
            press(KeyCode.ENTER);
            assertEquals("Flags", title());
            assertEquals("flag-postgres-pool_size", focused().getId());
            Node row = focused();
            double y = row.localToScene(row.getLayoutBounds()).getMinY();
            assertTrue(y > 0 && y < console.scene().getHeight(), "at " + y);
        });
    }

    @Test
    void theEffectOfASettingIsFoundByItsWordsAndOffered() {
        OnFx.run(() -> {
            pressCtrl(KeyCode.K);
            type("bypass effect");
            press(KeyCode.ENTER);
            assertEquals("Flags", title());
            assertTrue(OnFx.all(console.scene().getRoot()).anyMatch(node -> node instanceof Label label
                    && label.getText().equals("Measure the effect of: Buffer bypass")));
            assertEquals("Value to compare with", focused().getAccessibleText());
        });
    }

    @Test
    void theEffectsOfSettingsAreRowsOfASearchAndOfNoList() {
        OnFx.run(() -> {
            pressCtrl(KeyCode.K);
            assertFalse(rows().stream().anyMatch(title -> title.startsWith("Measure the effect of")));
            type("bypass");
            assertTrue(rows().contains("Measure the effect of Buffer bypass"), rows()::toString);
            type("pool size");
            assertEquals("Pool size", rows().getFirst());
        });
    }

    private List<String> rows() {
        return ((ListView<?>) node("paletteList")).getItems().stream().map(item -> ((PaletteItem) item).title())
                .toList();
    }

    @Test
    void anActionOfAnotherPageOpensItsPageFirst() {
        OnFx.run(() -> {
            console.showPage("log");
            pressCtrl(KeyCode.K);
            type("pause charts");
            press(KeyCode.ENTER);
            assertEquals("Live", title());
            assertTrue(((ToggleButton) node("pause")).isSelected());
        });
    }

    @Test
    void aShortcutOfAPageWorksOnThatPageAlone() {
        OnFx.run(() -> {
            console.showPage("load");
            pressCtrl(KeyCode.P);
            assertFalse(((ToggleButton) OnFx.node(console.pages().getFirst().view(), "pause")).isSelected());
            console.showPage("live");
            pressCtrl(KeyCode.P);
            assertTrue(((ToggleButton) node("pause")).isSelected());
        });
    }

    @Test
    void theFirstRowsAreTheActionsOfTheOpenPage() {
        OnFx.run(() -> {
            console.showPage("live");
            pressCtrl(KeyCode.K);
            press(KeyCode.ENTER);
            assertTrue(((ToggleButton) node("pause")).isSelected());
        });
    }

    @Test
    void theHelpListsTheShortcutsOfEveryAction() {
        OnFx.run(() -> {
            press(KeyCode.F1);
            List<String> keys = ((GridPane) node("keys")).getChildren().stream().map(Label.class::cast)
                    .map(Label::getText).toList();
            assertTrue(keys.containsAll(List.of("Ctrl+K", "Ctrl+R", "Run or stop the load of the Load page", "Ctrl+3",
                    "Open the page Flags", "F3", "Find the next match in the log (page Log)")), keys.toString());
        });
    }

    @Test
    void tooltipsNameTheShortcut() {
        assertEquals("Start or stop the load of the Load page (Ctrl+R)",
                OnFx.get(() -> ((Button) node("run")).getTooltip().getText()));
        assertEquals("Flags (Ctrl+3)", OnFx.get(() -> ((ToggleButton) node("nav-flags")).getTooltip().getText()));
    }

    @Test
    void noTwoActionsOfAPageHaveTheSameShortcut() {
        List<String> twice = new ArrayList<>();
        List<KeyCombination> ofWindow = List.copyOf(OnFx.get(() -> console.scene().getAccelerators().keySet()));
        assertTrue(ofWindow.size() > 10, ofWindow.toString());
        for (Page page : console.pages()) {
            List<KeyCombination> keys = OnFx.get(page::actions).stream().map(Action::keys).flatMap(Optional::stream)
                    .toList();
            keys.stream().filter(key -> keys.indexOf(key) != keys.lastIndexOf(key)).map(key -> page.id() + " " + key)
                    .forEach(twice::add);
        }
        assertEquals(List.of(), twice);
    }
}
