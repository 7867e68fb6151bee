package dev.memfuse.console.lab.scorecard;

import static dev.memfuse.console.fx.PageStage.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TableView;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.Pane;

import dev.memfuse.console.Fakes;
import dev.memfuse.console.context.ConsoleContext;
import dev.memfuse.console.fx.DirectTaskRunner;
import dev.memfuse.console.fx.OnFx;
import dev.memfuse.console.fx.PageStage;
import dev.memfuse.console.fx.PageTools;
import dev.memfuse.console.lab.export.ExportButton;
import dev.memfuse.engine.host.EngineState;
import dev.memfuse.lab.scorecard.Promises;
import dev.memfuse.lab.scorecard.SampleScorecard;
import dev.memfuse.lab.scorecard.ScorecardRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The Scorecard page by keys, from an empty page to a phase that is rolled back and compared.
@Tag("fx")
class ScorecardPageViewTest {
    @TempDir
    private Path folder;
    private final Fakes.Host host = new Fakes.Host();
    private final List<List<String>> compared = new ArrayList<>();
    private Fakes.Scorecards scorecards;
    private ConsoleContext context;
    private PageStage stage;

    @BeforeEach
    void open() {
        context = Fakes.context(folder, host, new Fakes.Loads());
        scorecards = (Fakes.Scorecards) context.lab().scorecards();
        stage = PageStage.open(() -> new ScorecardPage(context.lab(), context.settings(), host,
                (a, b) -> compared.addAll(List.of(a, b)), new PageTools(new DirectTaskRunner(), _ -> {})));
        host.become(new EngineState.Ready("PostgreSQL 18"));
        await(() -> !node("run").isDisabled());
    }

    @AfterEach
    void close() {
        stage.close();
    }

    private Node node(String id) {
        return stage.node(id);
    }

    private void focusAndPress(String id) {
        node(id).requestFocus();
        stage.press(KeyCode.SPACE);
    }

    /// The part of the page that shows promises in the result.
    private Node inResult(String id) {
        return OnFx.all(node("result")).filter(node -> id.equals(node.getId()) && !(node instanceof Pane pane
                && pane.getStyleClass().contains("stack"))).findFirst().orElseThrow();
    }

    @Test
    void aScorecardIsRunFollowedAndReadByKeysAlone() {
        OnFx.run(() -> focusAndPress("run"));
        await(() -> node("cancel").isFocused());
        assertTrue(OnFx.get(() -> node("phase1").isDisabled()), "an experiment changes settings itself");

        scorecards.last().progress = new ScorecardRun.Status(12, "round 2, phase 1, network local",
                Duration.ofSeconds(181), SampleScorecard.promises(1));
        await(() -> stage.text("title").equals("Block 13 of 48") && node("interim").isVisible());

        scorecards.last().end(SampleScorecard.result(8));
        await(() -> node("result").isVisible() && !node("running").isVisible());
        OnFx.run(() -> {
            assertTrue(node("run").isFocused());
            assertTrue(stage.text("verdict").matches("\\d+ promises kept, .*\\."), stage.text("verdict"));
            TableView<?> promises = (TableView<?>) inResult("promises");
            assertEquals(Promises.all().size(), promises.getItems().size());
            assertFalse(inResult("chosen").isVisible());
            promises.requestFocus();
            promises.getSelectionModel().select(1);
            assertTrue(inResult("chosen").isVisible());
            assertTrue(((Label) inResult("chosenTitle")).getText().startsWith("Message batch: not kept, by "));
            Pane networks = (Pane) inResult("networks");
            ((ToggleButton) networks.getChildren().getLast()).fire();
            assertEquals(1, promises.getSelectionModel().getSelectedIndex(), "the selection stays");
            assertEquals(List.of("export-png", "export-csv", "export-html", "export-json"),
                    ((ExportButton) node("export")).getItems().stream().map(item -> item.getId()).toList());
        });
        await(() -> !node("phase1").isDisabled());
    }

    @Test
    void aPhaseIsAppliedRolledBackAndCompared() {
        OnFx.run(() -> {
            assertFalse(node("last").isVisible());
            focusAndPress("phase1");
            assertEquals("Legacy is in force.", stage.text("inForce"));
            assertEquals("Apply phase 1", ((Button) node("phase1")).getText());
            focusAndPress("phase2");
            assertEquals("Phase 2 is in force.", stage.text("inForce"));
            assertEquals("Roll back phase 2", ((Button) node("phase2")).getText());
            assertEquals(node("phase2"), stage.focused());
            focusAndPress("compare");
        });

        assertTrue(compared.getFirst().contains("queries.consolidated=false"), compared.toString());
        assertTrue(compared.getLast().contains("queries.consolidated=true"), compared.toString());
    }
}
