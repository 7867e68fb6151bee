package dev.memfuse.console.lab.sweep;

import static dev.memfuse.console.fx.PageStage.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;

import javafx.css.PseudoClass;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
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
import dev.memfuse.lab.sweep.SampleSweep;
import dev.memfuse.lab.sweep.SweepPlan;
import dev.memfuse.lab.sweep.SweepRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The Sweep page by keys, from an empty page to a point that is read.
@Tag("fx")
class SweepPageViewTest {
    private static final PseudoClass WRONG = PseudoClass.getPseudoClass("wrong");

    @TempDir
    private Path folder;
    private final Fakes.Host host = new Fakes.Host();
    private Fakes.Sweeps sweeps;
    private PageStage stage;

    @BeforeEach
    void open() {
        ConsoleContext context = Fakes.context(folder, host, new Fakes.Loads());
        sweeps = (Fakes.Sweeps) context.lab().sweeps();
        stage = PageStage.open(() -> new SweepPage(context.lab(), context.settings().tunables(), host,
                new PageTools(new DirectTaskRunner(), _ -> {})));
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

    private Node inResult(String id) {
        return OnFx.all(node("result")).filter(node -> id.equals(node.getId())).findFirst().orElseThrow();
    }

    @Test
    void aSweepIsRunFollowedAndReadByKeysAlone() {
        OnFx.run(() -> {
            node("run").requestFocus();
            stage.press(KeyCode.SPACE);
        });
        await(() -> node("cancel").isFocused());
        SweepPlan plan = sweeps.last().plan();
        assertTrue(OnFx.get(() -> node("values").isDisabled()));

        sweeps.last().progress = new SweepRun.Status(3, 12, "postgres.pool_size 8", plan.planned(),
                SampleSweep.points(List.of(1.0, 2.0), null));
        await(() -> stage.text("title").equals("Load 4 of 12") && node("interim").isVisible());

        sweeps.last().end(SampleSweep.result(plan.parameter(), plan.values(), 8.0));
        await(() -> node("result").isVisible() && !node("running").isVisible());
        OnFx.run(() -> {
            assertTrue(node("run").isFocused());
            assertTrue(stage.text("verdict").startsWith("The largest throughput is "), stage.text("verdict"));
            assertTrue(node("warnings").isVisible(), "a point that disagrees with Little's law is named");
            assertTrue(inResult("wrongKey").isVisible());
            inResult("throughput").requestFocus();
            stage.press(KeyCode.END);
            assertTrue(readout("throughputReadout").startsWith("At postgres.pool_size 32: "),
                    readout("throughputReadout"));
            stage.press(KeyCode.HOME);
            assertTrue(readout("throughputReadout").startsWith("At postgres.pool_size 1: "),
                    readout("throughputReadout"));
            inResult("latency").requestFocus();
            stage.press(KeyCode.RIGHT);
            String add = readout("latencyReadout");
            ((ToggleButton) ((Pane) inResult("operations")).getChildren().getLast()).fire();
            assertNotEquals(add, readout("latencyReadout"), "the value stays selected for another operation");
            assertEquals(6, ((TableView<?>) node("points")).getItems().size());
            assertTrue(node("law").isVisible());
            assertEquals(List.of("export-png", "export-csv", "export-html", "export-json"),
                    ((ExportButton) node("export")).getItems().stream().map(item -> item.getId()).toList());
        });
    }

    private String readout(String id) {
        return ((Label) inResult(id)).getText();
    }

    @Test
    void wrongInputsAreMarkedWithASentence() {
        OnFx.run(() -> {
            ((TextField) node("values")).setText("32..1");
            assertTrue(node("valuesProblem").isVisible());
            assertTrue(node("values").getPseudoClassStates().contains(WRONG));
            assertEquals(stage.text("valuesProblem"), node("values").getAccessibleHelp());
            assertFalse(node("loadProblem").isVisible());
            ((TextField) node("level")).setText("many");
            assertTrue(node("loadProblem").isVisible());
            node("run").requestFocus();
            stage.press(KeyCode.SPACE);
            assertEquals("Correct the marked fields first.", stage.text("hint"));
            assertEquals(List.of(), sweeps.runs());
        });
    }

    @Test
    void withoutALawThePageSaysWhy() {
        OnFx.run(() -> {
            node("run").requestFocus();
            stage.press(KeyCode.SPACE);
        });
        sweeps.last().end(SampleSweep.result("postgres.pool_size", List.of(1.0, 2.0), null));
        await(() -> node("result").isVisible());

        OnFx.run(() -> {
            assertTrue(stage.text("noLaw").contains("at least 6 different levels"), stage.text("noLaw"));
            assertFalse(node("law").isVisible());
            assertFalse(inResult("lawKey").isVisible());
        });
    }
}
