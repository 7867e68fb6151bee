package dev.memfuse.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Objects;

import javafx.css.PseudoClass;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.paint.Color;
import javafx.scene.paint.Paint;

import dev.memfuse.config.schema.ConfigValues;
import dev.memfuse.config.section.LogLevel;
import dev.memfuse.console.context.ConsoleContext;
import dev.memfuse.console.fx.Accent;
import dev.memfuse.console.fx.OnFx;
import dev.memfuse.console.fx.PageStage;
import dev.memfuse.console.fx.Switch;
import dev.memfuse.console.fx.Themes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Each setting of the program is in force at once and after a restart.
@Tag("fx")
class SettingsViewTest {
    @TempDir
    private Path folder;
    private ConsoleContext context;
    private Console console;

    @BeforeEach
    void open() {
        context = Fakes.context(folder, new Fakes.Host(), new Fakes.Loads());
        console = Fakes.open(context);
        OnFx.run(() -> {
            console.scene().getWindow().requestFocus();
            console.showPage("settings");
        });
    }

    @AfterEach
    void close() {
        Fakes.close(console);
    }

    private void restart() {
        Fakes.close(console);
        console = Fakes.open(context);
    }

    private Node node(String id) {
        return OnFx.node(console.scene().getRoot(), id);
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

        restart();
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
        return ((Label) OnFx.all(node("nav-settings")).filter(Label.class::isInstance).findFirst()
                .orElse(new Label())).getTextFill();
    }

    @Test
    void compactTablesHaveLowRowsAtOnce() {
        OnFx.run(() -> {
            console.showPage("history");
            console.scene().getRoot().applyCss();
            double before = ((TableView<?>) node("table")).getFixedCellSize();
            console.showPage("settings");
            ((Switch) node("compact")).setSelected(true);
            console.showPage("history");
            console.scene().getRoot().applyCss();
            assertEquals(24, ((TableView<?>) node("table")).getFixedCellSize());
            assertTrue(before > 24);
            assertTrue(console.scene().getRoot().getPseudoClassStates().contains(PseudoClass.getPseudoClass("compact")));
        });
    }

    @Test
    void theThemeIsThatOfTheShortcutToo() {
        OnFx.run(() -> {
            choose("theme", Themes.Choice.DARK);
            assertTrue(console.themes().darkProperty().get());
            press(node("theme"), KeyCode.D, true);
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

    @Test
    void aShortcutIsChangedByKeysAloneAndStays() {
        OnFx.run(() -> {
            Button keys = (Button) node("keys-window.palette");
            keys.requestFocus();
            keys.fire();
            press(keys, KeyCode.J, true);
            assertEquals("Ctrl+J", ((Button) node("keys-window.palette")).getText());
            press(node("keys-window.palette"), KeyCode.J, true);
            assertTrue(node("paletteQuery").getParent().getParent().isVisible());
        });

        restart();
        OnFx.run(() -> {
            assertTrue(((Button) node("searchButton")).getTooltip().getText().endsWith("(Ctrl+J)"));
            press(node("nav-live"), KeyCode.K, true);
            assertFalse(node("paletteQuery").getParent().getParent().isVisible());
        });
    }

    @Test
    void aConflictIsToldAndNothingChanges() {
        OnFx.run(() -> {
            Button keys = (Button) node("keys-window.palette");
            keys.requestFocus();
            keys.fire();
            press(keys, KeyCode.R, true);
            assertEquals("Ctrl+R is in use: Run or stop the load of the Load page.", ((Label) node("message")).getText());
            assertEquals("Ctrl+K", ((Button) node("keys-window.palette")).getText());
            assertTrue(node("resetAll").isDisabled());
        });
    }

    @Test
    void escapeKeepsAShortcutBackspaceTakesItAwayAndResetBringsItBack() {
        OnFx.run(() -> {
            Button keys = (Button) node("keys-engine.bypass");
            keys.requestFocus();
            keys.fire();
            press(keys, KeyCode.ESCAPE, false);
            assertEquals("Ctrl+B", keys.getText());
            keys.fire();
            press(keys, KeyCode.BACK_SPACE, false);
            assertEquals("None", ((Button) node("keys-engine.bypass")).getText());
            ((Button) node("reset-engine.bypass")).fire();
            assertEquals("Ctrl+B", ((Button) node("keys-engine.bypass")).getText());
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
