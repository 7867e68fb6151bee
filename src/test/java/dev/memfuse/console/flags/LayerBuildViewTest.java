package dev.memfuse.console.flags;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.stage.Stage;

import dev.memfuse.console.Fakes;
import dev.memfuse.console.context.ConsoleContext;
import dev.memfuse.console.fx.DirectTaskRunner;
import dev.memfuse.console.fx.OnFx;
import dev.memfuse.console.fx.PageTools;
import dev.memfuse.engine.LayerBuild.State;
import dev.memfuse.engine.LayerBuild.Status;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.util.WaitForAsyncUtils;

/// The job that builds a layer, on the page and by keys.
@Tag("fx")
class LayerBuildViewTest {
    @TempDir
    private Path folder;
    private final FakeLayerBuild job = new FakeLayerBuild();
    @SuppressWarnings("NullAway.Init") // shown before each test
    private FlagsPage page;
    @SuppressWarnings("NullAway.Init")
    private Stage stage;

    @BeforeEach
    void open() {
        ConsoleContext context = Fakes.context(folder, new Fakes.Host(), new Fakes.Loads());
        OnFx.run(() -> {
            page = new FlagsPage(context.settings(), () -> Optional.of(job),
                    new PageTools(new DirectTaskRunner(), _ -> {}));
            stage = new Stage();
            stage.setScene(new Scene((Parent) page.view(), 1000, 700));
            stage.show();
            page.onShown();
        });
    }

    @AfterEach
    void close() {
        OnFx.run(() -> {
            page.onHidden();
            stage.close();
        });
    }

    private Node node(String id) {
        return OnFx.node(page.view(), id);
    }

    private String text(String id) {
        return ((Label) node(id)).getText();
    }

    /// Presses a key in the focused control.
    private void press(KeyCode key) {
        Node focused = Objects.requireNonNull(stage.getScene().getFocusOwner());
        focused.fireEvent(new KeyEvent(KeyEvent.KEY_PRESSED, "", "", key, false, false, false, false));
        focused.fireEvent(new KeyEvent(KeyEvent.KEY_RELEASED, "", "", key, false, false, false, false));
    }

    private static void await(Callable<Boolean> condition) {
        try {
            WaitForAsyncUtils.waitFor(10, TimeUnit.SECONDS, () -> OnFx.get(condition));
        } catch (TimeoutException e) {
            throw new AssertionError("the page did not change in time", e);
        }
    }

    @Test
    void aLayerIsBuiltByKeysAlone() {
        OnFx.run(() -> {
            node("layer").requestFocus();
            press(KeyCode.DOWN);
        });
        assertEquals("M2", OnFx.get(() -> String.valueOf(((ComboBox<?>) node("layer")).getValue())));

        OnFx.run(() -> {
            assertTrue(node("build").isDisabled(), "before the cost is shown");
            node("cost").requestFocus();
            press(KeyCode.SPACE);
            assertFalse(node("build").isDisabled());
            node("build").requestFocus();
            press(KeyCode.SPACE);
            assertEquals(List.of("cost M2", "start M2"), job.requests);
            assertTrue(node("layer").isDisabled());
            assertTrue(node("progress").isVisible());
            assertEquals(node("cancel"), stage.getScene().getFocusOwner());
        });

        job.status = new Status(State.RUNNING, 10, 40, 90, 0, "");
        await(() -> text("message").equals("10 of 40 rounds, about 90 s left"));
        OnFx.run(() -> press(KeyCode.SPACE));
        assertEquals("cancel", job.requests.getLast());

        job.status = new Status(State.CANCELLED, 12, 40, 90, 0, "");
        await(() -> !node("cancel").isVisible());
        OnFx.run(() -> {
            assertEquals("Stopped after 12 of 40 rounds; the next start continues with the rest.",
                    text("message"));
            assertFalse(node("progress").isVisible());
            assertEquals(node("cost"), stage.getScene().getFocusOwner());
        });
    }

    @Test
    void theJobIsFoundWithTheFlagsOfTheLayers() {
        OnFx.run(() -> {
            TextField search = (TextField) node("search");
            search.setText("memory layer m2");
            assertTrue(node("cost").getParent().getParent().isVisible());
            search.setText("pool_size");
            assertFalse(node("cost").getParent().getParent().isVisible());
        });
    }

    @Test
    void aFailureIsShownAsAProblem() {
        job.refusal = "The database does not answer.";

        OnFx.run(() -> {
            ((Button) node("cost")).fire();

            assertEquals("The cost is not known: The database does not answer.", text("problem"));
            assertTrue(node("problem").isVisible());
            assertTrue(node("build").isDisabled());
        });
    }
}
