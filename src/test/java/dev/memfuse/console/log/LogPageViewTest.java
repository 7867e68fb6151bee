package dev.memfuse.console.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TableView;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.Clipboard;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.Pane;
import javafx.scene.layout.StackPane;
import javafx.stage.Stage;

import dev.memfuse.config.section.LogLevel;
import dev.memfuse.console.action.ActionKeys;
import dev.memfuse.console.action.ActionRegistry;
import dev.memfuse.console.action.Keymap;
import dev.memfuse.console.chart.ChartPicture;
import dev.memfuse.console.chart.Frames;
import dev.memfuse.console.fx.DirectTaskRunner;
import dev.memfuse.console.fx.OnFx;
import dev.memfuse.console.fx.PageTools;
import dev.memfuse.console.fx.Remembered;
import dev.memfuse.console.fx.Themes;
import dev.memfuse.log.LogEntry;
import dev.memfuse.log.LogLocation;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("fx")
class LogPageViewTest {
    @TempDir
    private Path folder;
    private final List<String> said = new ArrayList<>();
    @SuppressWarnings("NullAway.Init") // each test shows the page first
    private LogPage page;
    @SuppressWarnings("NullAway.Init")
    private Stage stage;
    @SuppressWarnings("NullAway.Init")
    private StackPane frame;

    @AfterEach
    void close() {
        OnFx.run(() -> {
            page.onHidden();
            page.close();
            stage.close();
        });
    }

    @SuppressWarnings("unchecked") // the view declares the type
    private ComboBox<LogLevel> level() {
        return (ComboBox<LogLevel>) node("level");
    }

    private void show(LogLocation location, Themes.Choice theme, int width, int height) {
        stage = OnFx.get(() -> {
            page = new LogPage(location, new PageTools(new DirectTaskRunner(), said::add));
            // The screen of the headless platform is small; the page is not.
            frame = new StackPane(page.view());
            frame.getStyleClass().add("shell");
            frame.setManaged(false);
            frame.resize(width, height);
            Stage created = new Stage();
            Scene scene = new Scene(new Pane(frame), 400, 300);
            new Themes(scene, theme).close();
            ActionKeys.install(scene, new Keymap(new ActionRegistry(page.actions()), new Remembered()), page::id);
            created.setScene(scene);
            created.show();
            page.onShown();
            return created;
        });
        Frames.await(stage.getScene(), 3);
    }

    private void showSample() {
        show(SampleLog.in(folder), Themes.Choice.LIGHT, 1100, 700);
    }

    private Node node(String id) {
        return OnFx.node(page.view(), id);
    }

    @SuppressWarnings("unchecked")
    private TableView<LogEntry> table() {
        return (TableView<LogEntry>) node("table");
    }

    private void press(Node target, KeyCode key, boolean shift, boolean ctrl) {
        target.fireEvent(new KeyEvent(KeyEvent.KEY_PRESSED, "", "", key, shift, ctrl, false, false));
    }

    private LogEntry selected() {
        return OnFx.get(() -> table().getSelectionModel().getSelectedItem());
    }

    @Test
    void searchesByKeysAloneAndStopsFollowing() {
        showSample();
        OnFx.run(() -> {
            press(table(), KeyCode.F, false, true);
            assertTrue(node("search").isFocused());
            ((TextField) node("search")).setText("no space left");
            press(node("search"), KeyCode.F3, false, false);
        });

        assertEquals(LogLevel.ERROR, selected().level());
        assertEquals("1 of 1", OnFx.get(() -> ((Label) node("matches")).getText()));
        assertFalse(OnFx.get(() -> ((ToggleButton) node("follow")).isSelected()));
    }

    @Test
    void enterOpensTheStackTraceAndEscapeClosesIt() {
        showSample();
        OnFx.run(() -> {
            ((TextField) node("search")).setText("no space left");
            press(node("search"), KeyCode.F3, false, false);
            press(table(), KeyCode.ENTER, false, false);
            assertTrue(((TextArea) node("details")).getText().contains("Caused by: java.io.IOException"));
            press(table(), KeyCode.ESCAPE, false, false);
            assertTrue(OnFx.all(page.view()).noneMatch(node -> "details".equals(node.getId())));
        });
    }

    @Test
    void copiesTheSelectedLinesAndTheDetails() {
        showSample();
        OnFx.run(() -> {
            table().getSelectionModel().clearSelection();
            table().getSelectionModel().selectRange(0, 2);
            press(table(), KeyCode.C, false, true);
            assertEquals(2, LogEntry.read(Clipboard.getSystemClipboard().getString().lines().toList()).size());
            ((TextField) node("search")).setText("no space left");
            press(node("search"), KeyCode.F3, false, false);
            press(table(), KeyCode.SPACE, false, false);
            ((Button) OnFx.all(page.view()).filter(node -> node instanceof Button button
                    && button.getText().equals("Copy details")).findFirst().orElseThrow()).fire();
            assertTrue(Clipboard.getSystemClipboard().getString().contains("\tat dev.memfuse.bootstrap"));
        });
    }

    @Test
    void goingUpStopsFollowingAndEndFollowsAgain() {
        showSample();
        ToggleButton follow = (ToggleButton) node("follow");
        OnFx.run(() -> {
            assertTrue(follow.isSelected());
            press(table(), KeyCode.PAGE_UP, false, false);
            assertFalse(follow.isSelected());
            press(table(), KeyCode.END, false, false);
            assertTrue(follow.isSelected());
        });
    }

    @Test
    void aMomentIsSelected() {
        showSample();
        Instant moment = OnFx.get(() -> table().getItems().get(20).at());

        OnFx.run(() -> page.showMoment(moment));

        assertEquals(moment, selected().at());
    }

    @Test
    @SuppressWarnings("unchecked")
    void theBoxesFilter() {
        showSample();
        OnFx.run(() -> {
            ((ComboBox<LogLevel>) node("level")).setValue(LogLevel.WARN);
            assertEquals(2, table().getItems().size());
            ((ComboBox<String>) node("component")).setValue("Database");
            assertEquals(1, table().getItems().size());
            assertTrue(((ComboBox<String>) node("component")).getItems().contains("PostgreSQL"));
            ((ComboBox<String>) node("component")).setValue("All components");
            assertEquals(2, table().getItems().size());
        });
    }

    @Test
    void saysWhereTheFileIsWithoutADesktop() {
        showSample();
        OnFx.run(() -> ((Button) node("openFile")).fire());

        assertEquals(List.of("There is no desktop to open it with. The log is " + folder.resolve("logs/memfuse.log")),
                said);
    }

    @ParameterizedTest
    @CsvSource({"LIGHT, 1280, 800", "DARK, 1280, 800", "LIGHT, 800, 600", "DARK, 800, 600"})
    void looksAsInThePictures(Themes.Choice theme, int width, int height) throws Exception {
        show(SampleLog.in(folder), theme, width, height);
        picture("end", theme, width);
        OnFx.run(() -> {
            ((TextField) node("search")).setText("disk");
            press(node("search"), KeyCode.F3, false, false);
            press(table(), KeyCode.ENTER, false, false);
        });
        Frames.await(stage.getScene(), 4);
        picture("details", theme, width);
    }

    @ParameterizedTest
    @EnumSource(names = {"LIGHT", "DARK"})
    void everyStateHasItsPicture(Themes.Choice theme) throws Exception {
        show(LogLocation.none("The folder /data is on a read-only disk."), theme, 800, 600);
        assertTrue(shows("This process has no log file"));
        picture("no-file", theme, 800);
        close();
        show(LogLocation.at(folder.resolve("gone.log")), theme, 800, 600);
        assertTrue(shows("The log cannot be read"));
        picture("failed", theme, 800);
        close();
        Path file = folder.resolve("empty").resolve("memfuse.log");
        SampleLog log = new SampleLog(file, Instant.now());
        show(LogLocation.at(file), theme, 800, 600);
        picture("empty", theme, 800);
        log.add("one");
        OnFx.run(() -> {
            page.onShown();
            level().setValue(LogLevel.ERROR);
        });
        picture("no-match", theme, 800);
        OnFx.run(() -> ((Button) node("clearFilter")).fire());
        Files.delete(file);
        OnFx.run(() -> page.onShown());
        assertTrue(shows("Not read since"));
        picture("stale", theme, 800);
    }

    private boolean shows(String text) {
        return OnFx.get(() -> OnFx.all(page.view()).anyMatch(node -> node instanceof Label label && label.isVisible()
                && label.getText() != null && label.getText().startsWith(text)));
    }

    private void picture(String state, Themes.Choice theme, int width) throws Exception {
        Frames.await(stage.getScene(), 3);
        Path file = Path.of("target", "screens",
                String.format(Locale.ROOT, "log-%s-%s-%d.png", state, theme.name().toLowerCase(Locale.ROOT), width));
        Files.createDirectories(file.getParent());
        ChartPicture picture = OnFx.get(() -> ChartPicture.of(frame));
        picture.write(file);
        assertTrue(Files.size(file) > 4_000, () -> "an almost empty picture: " + file);
    }
}
