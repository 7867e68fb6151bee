package dev.memfuse.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;

import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.Pane;
import javafx.stage.Stage;

import dev.memfuse.console.fx.OnFx;
import dev.memfuse.console.fx.Page;
import dev.memfuse.console.fx.PageStage;
import dev.memfuse.console.shell.WindowStateFile;
import dev.memfuse.engine.host.EngineState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The window between its first frame and its last page.
@Tag("fx")
class WindowOpeningViewTest {
    @TempDir
    private Path folder;
    private final Fakes.Host host = new Fakes.Host();
    private Console console;

    @BeforeEach
    void openTheFrame() {
        var context = Fakes.context(folder, host, new Fakes.Loads());
        console = OnFx.get(() -> Console.open(new Stage(), context, WindowStateFile.Saved.NOTHING));
    }

    @AfterEach
    void close() {
        Fakes.close(console);
    }

    private List<String> built() {
        return OnFx.get(() -> console.pages().stream().filter(page -> !((Pane) page.view()).getChildren().isEmpty())
                .map(Page::id).toList());
    }

    private Node node(String id) {
        return OnFx.node(console.scene().getRoot(), id);
    }

    private String title() {
        return OnFx.get(() -> ((Label) node("title")).getText());
    }

    private void press(KeyCode code, boolean control) {
        OnFx.run(() -> console.scene().getRoot()
                .fireEvent(new KeyEvent(KeyEvent.KEY_PRESSED, "", "", code, false, control, false, false)));
    }

    @Test
    void showsHeaderNavigationAndTheStateOfTheEngineBeforeAnyPage() {
        host.become(new EngineState.Starting("Unpacking", 0.5));

        PageStage.await(() -> ((Label) node("startingStep")).getText().equals("Unpacking"));
        assertEquals("Live", title());
        assertTrue(OnFx.get(() -> node("nav-settings").isVisible()));
        assertEquals(List.of(), built());
    }

    @Test
    void aKeyBeforeTheFirstPageChoosesThePageThatOpens() {
        press(KeyCode.DIGIT3, true);
        assertEquals("Flags", title());

        OnFx.run(console::openPage);
        assertEquals(List.of("flags"), built());
    }

    @Test
    void aPageThatIsOpenedIsBuiltBeforeItsTurn() {
        OnFx.run(console::openPage);
        press(KeyCode.DIGIT5, true);

        assertEquals(List.of("live", "memory"), built());
    }

    @Test
    void thePagesAreBuiltOneAfterTheOther() {
        OnFx.run(console::openPage);
        for (int others = console.pages().size() - 1; others > 0; others--) {
            assertTrue(OnFx.get(console::buildNextPage));
        }

        assertEquals(console.pages().size(), built().size());
        assertFalse(OnFx.get(console::buildNextPage));
    }

    @Test
    void theSearchHasTheActionsOfAllPagesAtOnce() {
        press(KeyCode.K, true);

        assertEquals(console.pages().size(), built().size());
        PageStage.await(() -> ((ListView<?>) node("paletteList")).getItems().size() > 20);
    }

    @Test
    void aClosedWindowBuildsNoFurtherPage() {
        OnFx.run(console::close);

        assertFalse(OnFx.get(console::buildNextPage));
        assertEquals(List.of(), built());
    }
}
