package dev.memfuse.console.lab.advice;

import static dev.memfuse.console.fx.PageStage.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import javafx.scene.Node;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;

import dev.memfuse.config.schema.ConfigValues;
import dev.memfuse.console.Fakes;
import dev.memfuse.console.context.ConsoleContext;
import dev.memfuse.console.fx.DirectTaskRunner;
import dev.memfuse.console.fx.OnFx;
import dev.memfuse.console.fx.PageStage;
import dev.memfuse.console.fx.PageTools;
import dev.memfuse.console.lab.export.ExportButton;
import dev.memfuse.console.lab.tune.SampleTuning;
import dev.memfuse.engine.host.EngineState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The Advice page by keys, from an empty page to a change that is kept and reverted, and a tuning.
@Tag("fx")
class AdvicePageViewTest {
    @TempDir
    private Path folder;
    private final Fakes.Host host = new Fakes.Host();
    private final List<Instant> moments = new CopyOnWriteArrayList<>();
    private ConsoleContext context;
    private Fakes.Advices advices;
    private Fakes.AdviceTrials trials;
    private Fakes.Tunes tunes;
    private PageStage stage;

    @BeforeEach
    void open() {
        context = Fakes.context(folder, host, new Fakes.Loads());
        advices = (Fakes.Advices) context.lab().advice();
        trials = (Fakes.AdviceTrials) context.lab().trials();
        tunes = (Fakes.Tunes) context.lab().tunes();
        context.settings().tunables().apply("test", now -> ConfigValues.with(now, "queries.consolidated", false));
        stage = PageStage.open(() -> new AdvicePage(context.lab(), context.settings().tunables(), host, moments::add,
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

    private void press(String id) {
        OnFx.run(() -> {
            node(id).requestFocus();
            stage.press(KeyCode.SPACE);
        });
    }

    @Test
    void adviceIsReadTriedKeptAndRevertedByKeysAlone() {
        press("run");
        await(() -> node("cancel").isFocused());
        advices.last().end(SampleAdvice.report());
        await(() -> node("result").isVisible() && !node("running").isVisible());
        OnFx.run(() -> {
            assertTrue(stage.text("verdict").startsWith("3 rules found something"), stage.text("verdict"));
            assertEquals(List.of("export-png", "export-csv", "export-html", "export-json"),
                    ((ExportButton) node("export")).getItems().stream().map(item -> item.getId()).toList());
            Hyperlink moment = (Hyperlink) OnFx.all(node("advice-statements_per_operation"))
                    .filter(Hyperlink.class::isInstance).findFirst().orElseThrow();
            moment.fire();
            assertEquals(List.of(SampleAdvice.STATEMENTS.evidence().getFirst().at()), moments);
        });

        press("try-statements_per_operation");
        await(() -> node("tried").isVisible() && stage.text("tried").equals("Trying queries.consolidated=true"));
        trials.last().end(SampleAdvice.trial(trials.last().plan(), 0.5, null));
        await(() -> OnFx.all(node("cards")).anyMatch(
                child -> "keep-statements_per_operation".equals(child.getId())));
        OnFx.run(() -> assertTrue(stage.text("measured-statements_per_operation")
                .startsWith("Predicted: add.p50 about 0.55x. Measured: ")));

        press("keep-statements_per_operation");
        await(() -> context.settings().tunables().get().queries().consolidated());
        await(() -> OnFx.all(node("cards")).anyMatch(
                child -> "revert-statements_per_operation".equals(child.getId())));
        press("revert-statements_per_operation");
        await(() -> !context.settings().tunables().get().queries().consolidated());
    }

    @Test
    void aChangeOfSettingsMarksTheAdviceAsStale() {
        press("run");
        advices.last().end(SampleAdvice.report());
        await(() -> node("result").isVisible());
        context.settings().tunables().apply("Flags page", now -> ConfigValues.with(now, "postgres.pool_size", 7));

        await(() -> OnFx.all(node("states")).filter(Label.class::isInstance).map(child -> ((Label) child).getText())
                .anyMatch(text -> text != null && text.startsWith("Settings have changed since this load ran")));
    }

    @Test
    void theSecondSectionTunes() {
        OnFx.run(() -> ((ToggleButton) node("toTune")).fire());
        assertFalse(OnFx.get(() -> node("advice").isVisible()));
        press("tuneRun");
        await(() -> !tunes.runs().isEmpty());
        tunes.last().progress = SampleTuning.progress();
        await(() -> node("interim").isVisible());
        tunes.last().end(SampleTuning.result(tunes.last().plan(), true));
        await(() -> node("tuneResult").isVisible() && !node("tuneRunning").isVisible());
        OnFx.run(() -> {
            assertTrue(stage.text("found").startsWith("Better than the start"), stage.text("found"));
            assertTrue(node("saveRow").isVisible());
        });
        press("saveProfile");
        await(() -> context.settings().profiles().list().stream()
                .anyMatch(profile -> profile.name().equals("tuned")));
        press("saveProfile");
        await(() -> stage.text("profileProblem").equals("There is a profile tuned; choose another name."));
    }

    @Test
    void wrongInputsAreMarkedWithASentence() {
        OnFx.run(() -> {
            ((TextField) node("seconds")).setText("2");
            assertTrue(node("secondsProblem").isVisible());
            assertEquals(stage.text("secondsProblem"), node("seconds").getAccessibleHelp());
            ((ToggleButton) node("toTune")).fire();
            ((TextField) node("goal")).setText("be fast");
            assertTrue(node("goalProblem").isVisible());
            assertFalse(node("budgetProblem").isVisible());
        });
    }
}
