package dev.memfuse.console.lab.compare;

import static dev.memfuse.console.fx.PageStage.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import javafx.css.PseudoClass;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Hyperlink;
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
import dev.memfuse.console.lab.forest.IntervalBar;
import dev.memfuse.engine.host.EngineState;
import dev.memfuse.lab.compare.ComparisonPlan;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The Compare page by keys, from an empty page to a kept candidate.
@Tag("fx")
class ComparePageViewTest {
    private static final PseudoClass WRONG = PseudoClass.getPseudoClass("wrong");

    @TempDir
    private Path folder;
    private final Fakes.Host host = new Fakes.Host();
    private final List<String> messages = new ArrayList<>();
    private Fakes.Comparisons comparisons;
    private ConsoleContext context;
    private ComparePage page;
    private PageStage stage;

    @BeforeEach
    void open() {
        context = Fakes.context(folder, host, new Fakes.Loads());
        comparisons = (Fakes.Comparisons) context.lab().comparisons();
        page = OnFx.get(() -> new ComparePage(context.lab(), context.settings().tunables(), host,
                new PageTools(new DirectTaskRunner(), messages::add)));
        stage = PageStage.open(() -> page);
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

    private void ready() {
        host.become(new EngineState.Ready("PostgreSQL 18"));
        await(() -> !node("run").isDisabled());
    }

    private Node plotIn(String group) {
        return OnFx.all(node(group)).filter(node -> "plot".equals(node.getId())).findFirst().orElseThrow();
    }

    private String readoutIn(String group) {
        return ((Label) OnFx.all(node(group)).filter(node -> "readout".equals(node.getId())).findFirst().orElseThrow())
                .getText();
    }

    @Test
    void nothingRunsBeforeTheEngineIsReady() {
        assertTrue(OnFx.get(() -> node("run").isDisabled()));
        ready();
        assertEquals("Run 10 pairs, about 4 min", OnFx.get(() -> ((Button) node("run")).getText()));
    }

    @Test
    void aComparisonIsRunFollowedAndKeptByKeysAlone() {
        boolean before = context.settings().tunables().get().buffer().bypassMode();
        ready();
        OnFx.run(() -> {
            ((TextField) node("settingsB")).setText("buffer.bypass_mode=" + !before);
            assertFalse(node("running").isVisible());
            assertFalse(node("result").isVisible());
            node("run").requestFocus();
            press(KeyCode.SPACE);
        });
        await(() -> node("cancel").isFocused());
        ComparisonPlan plan = comparisons.last().plan();

        comparisons.last().progress = SampleComparison.progress(plan, 7, 0.8);
        await(() -> text("title").equals("Pair 8 of 10"));
        OnFx.run(() -> {
            assertTrue(node("settingsA").isDisabled());
            assertTrue(node("notFinal").isVisible());
            assertTrue(text("interim").startsWith("add.p50 is 0."), text("interim"));
        });

        comparisons.last().end(SampleComparison.result(plan, 10, 0.6, List.of()));
        await(() -> node("result").isVisible() && !node("running").isVisible());
        OnFx.run(() -> {
            assertTrue(text("verdict").startsWith("B is better: add.p50 is 0."));
            assertTrue(node("run").isFocused());
            node("keep").requestFocus();
            press(KeyCode.SPACE);
            assertEquals(!before, context.settings().tunables().get().buffer().bypassMode());
            assertEquals(node("revert"), stage.focused());
            press(KeyCode.SPACE);
            assertEquals(before, context.settings().tunables().get().buffer().bypassMode());
            assertFalse(node("revert").isVisible());
        });
    }

    @Test
    void cancelIsAskedOnce() {
        ready();
        OnFx.run(() -> ((Button) node("run")).fire());
        await(() -> node("cancel").isFocused());

        OnFx.run(() -> press(KeyCode.SPACE));

        assertTrue(comparisons.last().stopped);
        assertTrue(OnFx.get(() -> node("cancel").isDisabled()));
    }

    @Test
    void theArrowKeysReadPairsAndPercentiles() {
        showResult();
        OnFx.run(() -> {
            plotIn("pairsCard").requestFocus();
            press(KeyCode.HOME);
            assertTrue(readoutIn("pairsCard").startsWith("Pair 1 at "), readoutIn("pairsCard"));
            press(KeyCode.RIGHT);
            assertTrue(readoutIn("pairsCard").startsWith("Pair 2 at "), readoutIn("pairsCard"));
            press(KeyCode.LEFT);
            press(KeyCode.LEFT);
            press(KeyCode.LEFT);
            assertTrue(readoutIn("pairsCard").startsWith("Pair 1 at "), readoutIn("pairsCard"));
            press(KeyCode.END);
            assertTrue(readoutIn("pairsCard").startsWith("Pair 10 at "), readoutIn("pairsCard"));

            plotIn("spectraCard").requestFocus();
            press(KeyCode.END);
            assertTrue(readoutIn("spectraCard").startsWith("p99.9: A "), readoutIn("spectraCard"));
            String add = readoutIn("spectraCard");
            ToggleButton query = (ToggleButton) ((Pane) node("operations")).getChildren().getLast();
            query.fire();
            plotIn("spectraCard").requestFocus();
            press(KeyCode.END);
            assertNotEquals(add, readoutIn("spectraCard"));
        });
    }

    @Test
    void theForestPlotHasARowForEachMetricAndTheFocusIsVisible() {
        showResult();
        OnFx.run(() -> {
            TableView<?> metrics = (TableView<?>) node("metrics");
            page.view().applyCss();
            ((Parent) page.view()).layout();
            assertEquals(7, metrics.getItems().size());
            assertEquals(7, OnFx.all(metrics).filter(IntervalBar.class::isInstance).count());
            assertEquals(6, ((TableView<?>) node("costs")).getItems().size());
        });
    }

    @Test
    void wrongInputsAreMarkedWithASentence() {
        ready();
        OnFx.run(() -> {
            TextField settings = (TextField) node("settingsA");
            settings.setText("buffer.bypas_mode=true");
            assertTrue(node("problemA").isVisible());
            assertTrue(settings.getPseudoClassStates().contains(WRONG));
            assertEquals(text("problemA"), settings.getAccessibleHelp());
            assertFalse(node("problemB").isVisible());

            ((TextField) node("pairs")).setText("3");
            assertEquals("Pairs: Enter a whole number from 6 to 1,000.", text("pairsProblem"));
            assertFalse(((ToggleButton) node("quick")).isSelected());
            ((Button) node("run")).fire();
            assertEquals("Correct the marked fields first.", text("hint"));
            assertEquals(List.of(), comparisons.runs());

            ((ToggleButton) node("full")).fire();
            assertEquals("20", ((TextField) node("pairs")).getText());
            assertTrue(((ToggleButton) node("full")).isSelected());
            ((ToggleButton) node("full")).fire();
            assertTrue(((ToggleButton) node("full")).isSelected(), "a second click deselects nothing");
        });
    }

    @Test
    void manyDifferencesAreShownOnRequest() {
        OnFx.run(() -> {
            ComboBox<?> profile = (ComboBox<?>) node("profileA");
            profile.getSelectionModel().select(profile.getItems().indexOf("legacy"));
            Pane lines = (Pane) node("differenceLines");
            assertEquals(2, lines.getChildren().size());
            ((Hyperlink) node("allDifferences")).fire();
            assertTrue(lines.getChildren().size() > 3);
            assertFalse(node("allDifferences").isVisible());
        });
    }

    @Test
    void aFailureOffersToRunAgain() {
        ready();
        OnFx.run(() -> ((Button) node("run")).fire());
        comparisons.last().fail("Block 1 of arm A failed: the database does not answer.");
        await(() -> OnFx.all(page.view()).anyMatch(node -> "state-action".equals(node.getId())));

        OnFx.run(() -> ((Button) node("state-action")).fire());

        assertEquals(2, comparisons.runs().size());
    }

    @Test
    void aResultThatDoesNotCountIsNeutralAndOffersToRunAgainByKey() {
        ready();
        OnFx.run(() -> ((Button) node("run")).fire());
        ComparisonPlan plan = comparisons.last().plan();
        comparisons.last().end(SampleComparison.voided(SampleComparison.result(plan, 10, 1.6, List.of())));
        await(() -> node("result").isVisible());

        OnFx.run(() -> {
            assertTrue(text("verdict").contains("probably worse"), text("verdict"));
            assertFalse(node("verdict").getPseudoClassStates().contains(PseudoClass.getPseudoClass("bad")));
            page.view().applyCss();
            ((Parent) page.view()).layout();
            assertEquals(List.of(), OnFx.all(node("result"))
                    .filter(node -> node.getPseudoClassStates().contains(PseudoClass.getPseudoClass("worse")))
                    .toList());
            assertTrue(node("again").isVisible());
            node("again").requestFocus();
            press(KeyCode.SPACE);
        });
        await(() -> comparisons.runs().size() == 2);

        assertEquals(plan.b().name(), comparisons.last().plan().b().name());
        comparisons.last().end(SampleComparison.result(plan, 10, 1.6, List.of()));
        await(() -> node("result").isVisible());
        OnFx.run(() -> {
            assertFalse(node("again").isVisible(), "the second result counts");
            assertTrue(node("verdict").getPseudoClassStates().contains(PseudoClass.getPseudoClass("bad")));
        });
    }

    private void showResult() {
        ready();
        OnFx.run(() -> ((Button) node("run")).fire());
        comparisons.last().end(SampleComparison.result(comparisons.last().plan(), 10, 0.6, List.of()));
        await(() -> node("result").isVisible());
    }
}
