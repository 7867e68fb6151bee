package dev.memfuse.console.lab.history;

import static dev.memfuse.console.fx.PageStage.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import javafx.scene.Node;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;

import dev.memfuse.console.Fakes;
import dev.memfuse.console.fx.DirectTaskRunner;
import dev.memfuse.console.fx.OnFx;
import dev.memfuse.console.fx.PageStage;
import dev.memfuse.console.fx.PageTools;
import dev.memfuse.load.recording.Manifest;
import dev.memfuse.load.recording.Recordings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The History page by keys: a recording is opened, renamed, compared and deleted.
@Tag("fx")
class HistoryPageViewTest {
    @TempDir
    private Path folder;
    private final List<Object> opened = new ArrayList<>();
    private Recordings recordings;
    private PageStage stage;

    @BeforeEach
    void open() {
        recordings = new Recordings(folder.resolve("recordings"));
        SampleRecordings.scorecard(recordings);
        SampleRecordings.sweep(recordings, List.of(1.0, 2.0, 4.0));
        stage = PageStage.open(() -> new HistoryPage(recordings, Fakes.tunables(),
                new HistoryTargets(opened::add, opened::add, opened::add, opened::add, opened::add, opened::add,
                        opened::add, opened::add,
                        _ -> true),
                new PageTools(new DirectTaskRunner(), _ -> {})));
    }

    @AfterEach
    void close() {
        stage.close();
    }

    private Node node(String id) {
        return stage.node(id);
    }

    private TableView<?> table() {
        return (TableView<?>) node("table");
    }

    private TableCell<?, ?> cell(String text) {
        return (TableCell<?, ?>) OnFx.all(table())
                .filter(node -> node instanceof TableCell<?, ?> cell && text.equals(cell.getText())).findFirst()
                .orElseThrow();
    }

    @Test
    void aLongNameHasTheRoomOfANarrowWindowAndIsItsOwnTooltip() {
        String name = "buffer.bypass_mode=true, postgres.pool_size=16 against buffer.bypass_mode=false, "
                + "postgres.pool_size=4, before and after the change of the pool, second machine";
        OnFx.run(() -> {
            table().getSelectionModel().select(0);
            ((TextField) node("name")).setText(name);
            node("save").requestFocus();
            stage.press(KeyCode.SPACE);
        });
        await(() -> stageHasName(name));
        await(() -> cell(name).getTooltip() != null);
        OnFx.run(() -> assertEquals(name, cell(name).getTooltip().getText()));

        OnFx.run(() -> node("table").getScene().getWindow().setWidth(720));
        await(() -> !figures().isVisible());
        OnFx.run(() -> node("table").getScene().getWindow().setWidth(1200));
        await(() -> figures().isVisible());
    }

    private TableColumn<?, ?> figures() {
        return table().getColumns().stream().filter(column -> column.getText().equals("Figures")).findFirst()
                .orElseThrow();
    }

    @Test
    void aRecordingIsOpenedRenamedAndDeletedByKeysAlone() {
        OnFx.run(() -> {
            assertEquals(2, table().getItems().size());
            assertTrue(node("open").isDisabled());
            assertFalse(node("detail").isVisible());
            table().requestFocus();
            table().getSelectionModel().select(0);
            stage.press(KeyCode.ENTER);
            assertEquals(1, opened.size());
            assertTrue(node("detail").isVisible());
            ((TextField) node("name")).setText("Renamed");
            node("save").requestFocus();
            stage.press(KeyCode.SPACE);
        });
        await(() -> stageHasName("Renamed"));
        OnFx.run(() -> {
            assertEquals(0, table().getSelectionModel().getSelectedIndex(), "the selection stays");
            node("pin").requestFocus();
            stage.press(KeyCode.SPACE);
        });
        await(() -> ((ToggleButton) node("pin")).getText().equals("Pinned"));

        OnFx.run(() -> {
            table().requestFocus();
            stage.press(KeyCode.DELETE);
            assertEquals("Delete \"Renamed\", which is pinned? This cannot be undone.", stage.text("question"));
            assertEquals(node("keep"), stage.focused(), "Enter keeps");
            node("confirmDelete").requestFocus();
            stage.press(KeyCode.SPACE);
        });
        await(() -> table().getItems().size() == 1);
        assertFalse(OnFx.get(() -> node("confirm").isVisible()));
        assertEquals(1, recordings.list().size());
    }

    private boolean stageHasName(String name) {
        return table().getItems().stream().anyMatch(row -> ((HistoryRow) row).name().equals(name));
    }

    @Test
    void twoRecordingsAreLaidSideBySideAndMarkedAsNotPaired() {
        OnFx.run(() -> {
            table().getSelectionModel().select(0);
            assertTrue(node("compare").isDisabled());
            table().getSelectionModel().select(1);
            assertFalse(node("compare").isDisabled());
            assertFalse(node("both").isVisible());
            node("compare").requestFocus();
            stage.press(KeyCode.SPACE);
            assertTrue(node("both").isVisible());
            assertTrue(stage.text("unpaired").startsWith("Not paired: "), stage.text("unpaired"));
        });
    }

    @Test
    void aRecordingThatIsWrittenMeanwhileAppears() {
        Manifest written = SampleRecordings.sweep(recordings, List.of(3.0, 5.0));

        await(() -> table().getItems().stream().anyMatch(row -> ((HistoryRow) row).id().equals(written.id())));
    }

    @Test
    void theFilterSaysWhenNothingMatches() {
        OnFx.run(() -> {
            ((TextField) node("search")).setText("no such text");
            assertEquals(0, table().getItems().size());
            assertTrue(table().isVisible());
        });
    }
}
