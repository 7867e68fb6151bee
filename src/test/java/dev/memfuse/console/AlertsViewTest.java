package dev.memfuse.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import javafx.css.PseudoClass;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;

import dev.memfuse.console.fx.OnFx;
import dev.memfuse.console.fx.PageStage;
import dev.memfuse.metrics.MetricsSnapshot.OperationSample;
import dev.memfuse.metrics.MetricsSnapshot.PoolSample;
import dev.memfuse.metrics.Operation;
import dev.memfuse.metrics.SnapshotFeed;
import dev.memfuse.metrics.alert.AlertMetrics;
import dev.memfuse.metrics.alert.AlertRule;
import dev.memfuse.metrics.alert.AlertRules;
import dev.memfuse.metrics.alert.MetricRule;
import dev.memfuse.metrics.alert.PerformanceMonitor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("fx")
class AlertsViewTest extends OpenConsole {
    private PerformanceMonitor monitor;

    @BeforeEach
    void showAlerts() {
        monitor = context.monitoring().monitor();
        OnFx.run(() -> {
            console.scene().getWindow().requestFocus();
            console.showPage("alerts");
        });
    }

    private TableView<?> table(String id) {
        return (TableView<?>) node(id);
    }

    private String cell(String table, int row, int column) {
        return table(table).getColumns().get(column).getCellData(row).toString();
    }

    private void fire(String id) {
        ((Button) node(id)).fire();
    }

    private void button(String text) {
        ((Button) OnFx.all(console.scene().getRoot())
                .filter(node -> node instanceof Button button && button.getText().equals(text)).findFirst()
                .orElseThrow()).fire();
    }

    private void type(String id, String text) {
        ((TextField) node(id)).setText(text);
    }

    /// Slow adds for some seconds that end now.
    private void slow(int seconds) {
        Instant now = Instant.now();
        for (int second = seconds - 1; second >= 0; second--) {
            var snapshot = SnapshotFeed.snapshot(now.minusSeconds(second),
                    Map.of(Operation.ADD, new OperationSample(100, 0, 1, 1, 900_000_000, 1)), PoolSample.NONE);
            SnapshotFeed.publish(context.monitoring().hub(), snapshot);
            monitor.evaluate(snapshot);
        }
    }

    private boolean statusIsRaised() {
        return node("alerts").getPseudoClassStates().contains(PseudoClass.getPseudoClass("raised"));
    }

    @Test
    void anAlertIsListedAcknowledgedAndShownInTheCharts() {
        slow(5);
        PageStage.await(() -> table("alertTable").getItems().size() == 1 && statusIsRaised());
        OnFx.run(() -> {
            assertEquals("active", cell("alertTable", 0, 0));
            assertTrue(cell("alertTable", 0, 3).startsWith("p99 of add ~900 ms"), cell("alertTable", 0, 3));
            table("alertTable").getSelectionModel().select(0);
            fire("acknowledge");
            assertEquals("active, seen", cell("alertTable", 0, 0));
            assertEquals(0, table("alertTable").getSelectionModel().getSelectedIndex());
            assertTrue(node("acknowledge").isDisabled());
        });
        assertTrue(monitor.active().getFirst().acknowledged());
        PageStage.await(() -> !statusIsRaised());

        OnFx.run(() -> {
            table("alertTable").fireEvent(
                    new KeyEvent(KeyEvent.KEY_PRESSED, "", "", KeyCode.ENTER, false, false, false, false));
            assertEquals("Live", ((Label) node("title")).getText());
        });
    }

    @Test
    void aRuleIsAddedOnAnyMetricEditedSwitchedOffAndRemoved() {
        int own = (int) List.of(AlertRule.values()).stream().filter(AlertRule::hasLimit).count();
        OnFx.run(() -> {
            button("Add rule");
            chooseMetric("ruleMetric", "pool.waiting");
            type("ruleLimit", "many");
            button("Save rule");
            assertEquals("The limit is a number of 0 or more.", ((Label) node("ruleProblem")).getText());
            type("ruleLimit", "5");
            type("ruleLasting", "0");
            button("Save rule");
            assertTrue(((Label) node("ruleProblem")).getText().startsWith("Seconds are"));
            type("ruleLasting", "10");
            button("Save rule");
        });
        PageStage.await(() -> table("rules").getItems().size() == own + 1);
        MetricRule rule = monitor.rules().content().rules().getFirst();
        assertEquals("callers that wait for a connection above 5 for 10 s", rule.describe());
        assertFalse(OnFx.get(() -> node("ruleForm").isVisible()));

        OnFx.run(() -> {
            table("rules").getSelectionModel().select(own);
            fire("editRule");
            type("ruleLimit", "7.5");
            button("Save rule");
        });
        PageStage.await(() -> monitor.rules().content().rules().getFirst().limit() == 7.5);
        OnFx.run(() -> fire("toggleRule"));
        PageStage.await(() -> !monitor.rules().content().rules().getFirst().enabled());
        PageStage.await(() -> cell("rules", own, 0).equals("off"));
        OnFx.run(() -> fire("removeRule"));
        PageStage.await(() -> monitor.rules().content().rules().isEmpty());
    }

    @SuppressWarnings("unchecked") // the view declares the type
    private void chooseMetric(String box, String id) {
        ((ComboBox<Object>) node(box)).setValue(AlertMetrics.find(id).orElseThrow());
    }

    @Test
    void theLimitOfARuleOfTheProgramIsTheSettingAndItsTimingARule() {
        OnFx.run(() -> {
            table("rules").getSelectionModel().select(AlertRule.ADD.ordinal());
            fire("editRule");
            assertTrue(node("ruleMetric").isDisabled());
            assertTrue(node("removeRule").isDisabled());
            type("ruleLimit", "42");
            type("ruleLasting", "9");
            button("Save rule");
        });

        PageStage.await(
                () -> context.settings().tunables().get().monitoring().thresholds().add().toMillis() == 42);
        PageStage.await(
                () -> monitor.rules().content().timing(AlertRule.ADD).equals(new AlertRules.Timing(9, 5)));
        PageStage.await(() -> cell("rules", AlertRule.ADD.ordinal(), 2).equals("above 42.0 ms")
                || cell("rules", AlertRule.ADD.ordinal(), 2).equals("above 42 ms"));
    }

    @Test
    void anObjectiveShowsItsBudgetAndBurnRates() {
        OnFx.run(() -> {
            button("Add objective");
            chooseMetric("objectiveMetric", "add.p99");
            type("objectiveLimit", "100");
            type("objectiveTarget", "100");
            button("Save objective");
            assertEquals("The target is above 0 and below 100 %.", ((Label) node("objectiveProblem")).getText());
            type("objectiveTarget", "90");
            button("Save objective");
        });
        PageStage.await(() -> table("objectives").getItems().size() == 1);
        assertEquals("–", OnFx.get(() -> cell("objectives", 0, 1)));

        slow(4);
        PageStage.await(() -> cell("objectives", 0, 3).equals("10.0×"));
        OnFx.run(() -> {
            table("objectives").getSelectionModel().select(0);
            fire("removeObjective");
        });
        PageStage.await(() -> table("objectives").getItems().isEmpty());
    }
}
