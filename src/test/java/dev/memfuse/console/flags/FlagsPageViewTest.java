package dev.memfuse.console.flags;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;

import dev.memfuse.config.Tunables;
import dev.memfuse.config.schema.ConfigValues;
import dev.memfuse.console.Fakes;
import dev.memfuse.console.context.ConsoleContext;
import dev.memfuse.console.fx.DirectTaskRunner;
import dev.memfuse.console.fx.OnFx;
import dev.memfuse.console.fx.PageStage;
import dev.memfuse.console.fx.PageTools;
import dev.memfuse.console.lab.compare.SampleComparison;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Measuring a setting, the YAML and the moment of a change, by keys alone.
@Tag("fx")
class FlagsPageViewTest {
    @TempDir
    private Path folder;
    private final List<Instant> moments = new ArrayList<>();
    private int compared;
    @SuppressWarnings("NullAway.Init") // shown before each test
    private ConsoleContext context;
    @SuppressWarnings("NullAway.Init")
    private PageStage stage;

    @BeforeEach
    void open() {
        context = Fakes.context(folder, new Fakes.Host(), new Fakes.Loads());
        stage = PageStage.open(() -> new FlagsPage(context.settings(), context.lab(), Optional::empty,
                new FlagsPage.Targets(moments::add, () -> compared++),
                new PageTools(new DirectTaskRunner(), _ -> {})));
    }

    @AfterEach
    void close() {
        stage.close();
    }

    private Node node(String id) {
        return stage.node(id);
    }

    private void press(String id, KeyCode key) {
        // What has just appeared gets its behaviour with its style.
        node(id).getScene().getRoot().applyCss();
        node(id).requestFocus();
        stage.press(key);
    }

    private void pressWithControl(KeyCode key) {
        stage.focused().fireEvent(new KeyEvent(KeyEvent.KEY_PRESSED, "", "", key, false, true, false, false));
    }

    @Test
    void aSettingIsMeasuredBelowItsRowAndTheFocusFollows() {
        Fakes.Comparisons comparisons = (Fakes.Comparisons) context.lab().comparisons();
        OnFx.run(() -> {
            press("try-buffer-bypass_mode", KeyCode.SPACE);
            assertEquals(node("choice"), node("choice").getScene().getFocusOwner());
            assertEquals("false", ((ComboBox<?>) node("choice")).getValue());
            press("start", KeyCode.SPACE);
            assertEquals(node("cancel"), stage.focused());
            assertTrue(stage.text("step").startsWith("Pair 1 of 10"), stage.text("step"));
        });

        OnFx.run(() -> comparisons.last().end(SampleComparison.result(comparisons.last().plan(), 10, 0.5, List.of())));
        OnFx.run(() -> {
            assertTrue(stage.text("outcome").contains(" instead of "), stage.text("outcome"));
            Button show = (Button) OnFx.all(node("result")).filter(Button.class::isInstance).findFirst().orElseThrow();
            show.requestFocus();
            stage.press(KeyCode.SPACE);
            assertEquals(1, compared);
        });
    }

    @Test
    void theYamlCompletesAKeyAndAppliesByKeys() {
        OnFx.run(() -> {
            press("yaml", KeyCode.SPACE);
            TextArea editor = (TextArea) node("editor");
            assertEquals(editor, editor.getScene().getFocusOwner());
            editor.setText("postgres:\n  pool_ti");
            editor.positionCaret(editor.getLength());
            pressWithControl(KeyCode.SPACE);
            assertEquals("postgres:\n  pool_timeout: ", editor.getText());
            editor.appendText("12");
            pressWithControl(KeyCode.ENTER);
        });

        assertEquals(12, context.settings().tunables().get().postgres().poolTimeout().toSeconds());
    }

    @Test
    void aProblemOfTheYamlLeadsToItsPlace() {
        OnFx.run(() -> {
            press("yaml", KeyCode.SPACE);
            TextArea editor = (TextArea) node("editor");
            editor.setText("postgres:\n  pool_size: many\n");
            Hyperlink problem = (Hyperlink) OnFx.all(node("meaning")).filter(Hyperlink.class::isInstance).findFirst()
                    .orElseThrow();
            assertTrue(problem.getText().startsWith("Line 2, column 14: postgres.pool_size:"), problem.getText());
            problem.fire();
            assertEquals("postgres:\n  pool_size: ".length(), editor.getCaretPosition());
            assertFalse(node("flag-postgres-pool_size").getParent().isVisible()
                    && node("scroll").isVisible(), "the form is hidden");
        });
    }

    @Test
    void theTimeOfAChangeLeadsToTheCharts() {
        OnFx.run(() -> context.settings().tunables().apply("test",
                now -> ConfigValues.with(now, "postgres.pool_size", 17)));
        PageStage.await(() -> OnFx.all(node("changes")).anyMatch(Hyperlink.class::isInstance));
        OnFx.run(() -> ((Hyperlink) OnFx.all(node("changes")).filter(Hyperlink.class::isInstance).findFirst()
                .orElseThrow()).fire());

        assertEquals(List.of(context.settings().tunables().history().getLast().at()), moments);
    }

    @Test
    void theChangesOfAComparisonAreOneEntryThatGrowsUnderTheFocusAndLeadsToEachMoment() {
        Tunables.Run run = new Tunables.Run("comparison");
        alternate(run, 2);
        PageStage.await(() -> texts().anyMatch(text -> text.startsWith("comparison: 4 changes until ")));
        ToggleButton each = (ToggleButton) OnFx.all(node("changes")).filter(ToggleButton.class::isInstance)
                .findFirst().orElseThrow();
        OnFx.run(() -> {
            each.requestFocus();
            each.fire();
        });

        alternate(run, 1);
        OnFx.run(() -> context.settings().tunables().apply("test",
                now -> ConfigValues.with(now, "postgres.pool_size", 17)));
        PageStage.await(() -> texts().anyMatch(text -> text.startsWith("comparison: 6 changes until "))
                && texts().anyMatch("test"::equals));

        OnFx.run(() -> {
            assertEquals(each, each.getScene().getFocusOwner());
            List<Hyperlink> links = OnFx.all(node("changes")).filter(Hyperlink.class::isInstance)
                    .map(Hyperlink.class::cast).toList();
            assertEquals(1 + 1 + 6, links.size());
            links.getLast().fire();
        });
        assertEquals(List.of(context.settings().tunables().history().get(5).at()), moments);
    }

    private void alternate(Tunables.Run run, int pairs) {
        Tunables tunables = context.settings().tunables();
        for (int pair = 0; pair < pairs; pair++) {
            tunables.applyForATime(run, "comparison, arm B",
                    now -> ConfigValues.with(now, "buffer.bypass_mode", false));
            tunables.applyForATime(run, "comparison, arm A",
                    now -> ConfigValues.with(now, "buffer.bypass_mode", true));
        }
    }

    private Stream<String> texts() {
        return OnFx.all(node("changes")).filter(Label.class::isInstance).map(label -> ((Label) label).getText());
    }
}
