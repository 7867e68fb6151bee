package dev.memfuse.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Objects;

import javafx.css.PseudoClass;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TableView;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.paint.Color;
import javafx.scene.paint.Paint;

import dev.memfuse.config.schema.ConfigValues;
import dev.memfuse.config.section.LogLevel;
import dev.memfuse.console.fx.Accent;
import dev.memfuse.console.fx.OnFx;
import dev.memfuse.console.fx.PageStage;
import dev.memfuse.console.fx.Switch;
import dev.memfuse.console.fx.Themes;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Each setting of the program is in force at once and after a restart.
@Tag("fx")
class SettingsViewTest extends OpenConsole {
    @BeforeEach
    void showSettings() {
        OnFx.run(() -> {
            console.scene().getWindow().requestFocus();
            console.showPage("settings");
            // A scroll pane takes its content into the scene with its first style; keys do nothing before.
            console.scene().getRoot().applyCss();
            console.scene().getRoot().layout();
        });
    }

    @SuppressWarnings("unchecked") // the view declares the type
    private <T> void choose(String id, T value) {
        ((ComboBox<T>) node(id)).setValue(value);
    }

    private void press(Node target, KeyCode code, boolean control) {
        target.fireEvent(new KeyEvent(KeyEvent.KEY_PRESSED, "", "", code, false, control, false, false));
    }

    private double titleSize() {
        console.scene().getRoot().applyCss();
        return ((Label) node("title")).getFont().getSize();
    }

    @Test
    void theTextSizeChangesAllTextsAndStays() {
        double before = OnFx.get(this::titleSize);
        OnFx.run(() -> choose("textSize", 16));
        assertEquals(before * 16 / 13, OnFx.get(this::titleSize), 0.5);

        reopen();
        assertEquals(before * 16 / 13, OnFx.get(this::titleSize), 0.5);
    }

    @Test
    void theAccentChangesTheSelectionInBothThemes() {
        for (Themes.Choice theme : new Themes.Choice[]{Themes.Choice.LIGHT, Themes.Choice.DARK}) {
            OnFx.run(() -> {
                choose("theme", theme);
                choose("accent", Accent.BLUE);
                Paint blue = selectedText();
                choose("accent", Accent.TEAL);
                assertEquals(Color.web(theme == Themes.Choice.DARK ? "#2dd4bf" : "#0f766e"), selectedText());
                assertFalse(blue.equals(selectedText()));
            });
        }
    }

    private Paint selectedText() {
        console.scene().getRoot().applyCss();
        return ((ToggleButton) node("nav-settings")).getTextFill();
    }

    @Test
    void compactTablesHaveLowRowsAtOnce() {
        OnFx.run(() -> {
            console.showPage("history");
            console.scene().getRoot().applyCss();
            assertTrue(((TableView<?>) node("table")).getFixedCellSize() != 24);
            console.showPage("settings");
            ((Switch) node("compact")).setSelected(true);
            console.showPage("history");
            console.scene().getRoot().applyCss();
            assertEquals(24, ((TableView<?>) node("table")).getFixedCellSize());
            assertTrue(
                    console.scene().getRoot().getPseudoClassStates().contains(PseudoClass.getPseudoClass("compact")));
        });
    }

    @Test
    void theThemeIsThatOfTheShortcutToo() {
        OnFx.run(() -> {
            choose("theme", Themes.Choice.DARK);
            assertTrue(console.themes().darkProperty().get());
            press(node("nav-live"), KeyCode.D, true);
            assertEquals(Themes.Choice.LIGHT, ((ComboBox<?>) node("theme")).getValue());
        });
    }

    @Test
    void settingsOfTheEngineAreInForceAndFollowOtherPages() {
        OnFx.run(() -> {
            choose("logLevel", LogLevel.DEBUG);
            choose("recordings", 0);
        });
        PageStage.await(() -> context.settings().tunables().get().monitoring().logLevel() == LogLevel.DEBUG
                && context.settings().tunables().get().load().recordingsMib() == 0);

        context.settings().tunables().apply("Flags page",
                now -> ConfigValues.with(now, "monitoring.sample_rate", 7));

        PageStage.await(() -> Objects.equals(((ComboBox<?>) node("sampleRate")).getValue(), 7));
    }

    @SuppressWarnings("unchecked") // the view declares the type
    private TableView<Object> keys() {
        return (TableView<Object>) node("keys");
    }

    /// Selects the row of an action by its title, and returns its shortcut.
    private String select(String title) {
        TableView<Object> table = keys();
        table.requestFocus();
        for (int row = 0; row < table.getItems().size(); row++) {
            if (table.getColumns().getFirst().getCellData(row).toString().startsWith(title)) {
                table.getSelectionModel().clearAndSelect(row);
                return table.getColumns().getLast().getCellData(row).toString();
            }
        }
        throw new AssertionError("No action " + title);
    }

    private String message() {
        return ((Label) node("keysMessage")).getText();
    }

    private boolean paletteIsOpen() {
        return node("paletteQuery").getParent().getParent().isVisible();
    }

    @Test
    void aShortcutIsChangedByKeysAloneAndStays() {
        OnFx.run(() -> {
            assertEquals("Ctrl+K", select("Search or run"));
            press(keys(), KeyCode.ENTER, false);
            press(keys(), KeyCode.CONTROL, true);
            press(keys(), KeyCode.J, true);
            assertEquals("Ctrl+J", select("Search or run"));
            press(keys(), KeyCode.J, true);
            assertTrue(paletteIsOpen());
        });

        reopen();
        OnFx.run(() -> {
            assertTrue(((Button) node("searchButton")).getTooltip().getText().endsWith("(Ctrl+J)"));
            press(node("nav-live"), KeyCode.K, true);
            assertFalse(paletteIsOpen());
        });
    }

    @Test
    void aConflictIsToldAndNothingChanges() {
        OnFx.run(() -> {
            select("Search or run");
            press(keys(), KeyCode.ENTER, false);
            press(keys(), KeyCode.R, true);
            assertEquals("Ctrl+R is in use: Run or stop the load of the Load page.", message());
            assertEquals("Ctrl+K", select("Search or run"));
            assertTrue(node("resetAll").isDisabled());
        });
    }

    @Test
    void escapeKeepsAShortcutBackspaceTakesItAwayAndResetBringsItBack() {
        OnFx.run(() -> {
            select("Switch the buffer bypass");
            press(keys(), KeyCode.ENTER, false);
            press(keys(), KeyCode.ESCAPE, false);
            assertEquals("Ctrl+B", select("Switch the buffer bypass"));
            press(keys(), KeyCode.ENTER, false);
            press(keys(), KeyCode.BACK_SPACE, false);
            assertEquals("", select("Switch the buffer bypass"));
            ((Button) node("resetKeys")).fire();
            assertEquals("Ctrl+B", select("Switch the buffer bypass"));
            assertTrue(node("resetAll").isDisabled());
        });
    }

    @Test
    void theLookIsResetAtOnce() {
        OnFx.run(() -> {
            choose("textSize", 16);
            choose("accent", Accent.PINK);
            choose("theme", Themes.Choice.DARK);
            console.actions().fire("settings.reset");
            assertEquals(13, ((ComboBox<?>) node("textSize")).getValue());
            assertEquals(Accent.BLUE, ((ComboBox<?>) node("accent")).getValue());
            assertEquals(Themes.Choice.SYSTEM, ((ComboBox<?>) node("theme")).getValue());
        });
    }
}
