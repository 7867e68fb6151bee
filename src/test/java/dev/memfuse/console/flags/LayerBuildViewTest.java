package dev.memfuse.console.flags;

import static dev.memfuse.console.fx.PageStage.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;

import dev.memfuse.console.Fakes;
import dev.memfuse.console.context.ConsoleContext;
import dev.memfuse.console.fx.DirectTaskRunner;
import dev.memfuse.console.fx.OnFx;
import dev.memfuse.console.fx.PageStage;
import dev.memfuse.console.fx.PageTools;
import dev.memfuse.engine.LayerBuild.State;
import dev.memfuse.engine.LayerBuild.Status;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The job that builds a layer, on the page and by keys.
@Tag("fx")
class LayerBuildViewTest {
    @TempDir
    private Path folder;
    private final FakeLayerBuild job = new FakeLayerBuild();
    @SuppressWarnings("NullAway.Init") // shown before each test
    private PageStage stage;

    @BeforeEach
    void open() {
        ConsoleContext context = Fakes.context(folder, new Fakes.Host(), new Fakes.Loads());
        stage = PageStage.open(() -> new FlagsPage(context.settings(), context.lab(), () -> Optional.of(job),
                new FlagsPage.Targets(_ -> {}, () -> {}),
                new PageTools(new DirectTaskRunner(), _ -> {})));
    }

    @AfterEach
    void close() {
        stage.close();
    }

    private Node node(String id) {
        return stage.node(id);
    }

    private String text(String id) {
        return stage.text(id);
    }

    private void press(KeyCode key) {
        stage.press(key);
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
            assertEquals(node("cancel"), stage.focused());
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
            assertEquals(node("cost"), stage.focused());
        });
    }

    @Test
    void layersThatRulesMadeAreBuiltAgainByKeysAlone() {
        OnFx.run(() -> {
            assertFalse(node("lossHint").isVisible());
            node("scope").requestFocus();
            press(KeyCode.DOWN);
            assertTrue(node("lossHint").isVisible());
            node("cost").requestFocus();
            press(KeyCode.SPACE);
            assertTrue(text("message").startsWith("M1 of 80 messages in 40 rounds was made by rules."),
                    text("message"));
            node("build").requestFocus();
            press(KeyCode.SPACE);
            assertEquals(List.of("cost M1 again", "start M1 again"), job.requests);
            assertTrue(node("scope").isDisabled());
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
