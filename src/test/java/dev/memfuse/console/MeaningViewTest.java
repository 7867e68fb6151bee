package dev.memfuse.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;

import javafx.scene.Parent;
import javafx.scene.control.ComboBox;
import javafx.scene.control.TableView;
import javafx.scene.control.Tooltip;
import javafx.scene.control.skin.TableColumnHeader;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;

import dev.memfuse.console.fx.Meaning;
import dev.memfuse.console.fx.OnFx;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The figures of the pages Server, Alerts and Database say where they come from and how other tools call them.
@Tag("fx")
class MeaningViewTest extends OpenConsole {
    private static final String INSTALLED = "javafx.scene.control.Tooltip";

    @ParameterizedTest
    @CsvSource({"server, routes, http.server.request.duration", "database, sessions, pg_stat_activity.xact_start",
            "database, locks, pg_locks.waitstart", "database, statements, pg_stat_statements.total_exec_time",
            "database, tables, pg_stat_user_tables.n_dead_tup", "alerts, rules, keep_firing_for",
            "alerts, objectives, error budget"})
    void everyColumnOfNumbersIsExplained(String page, String table, String name) {
        OnFx.run(() -> {
            console.showPage(page);
            TableView<?> shown = (TableView<?>) OnFx.all(console.scene().getRoot())
                    .filter(node -> table.equals(node.getId()) && node instanceof TableView).findFirst().orElseThrow();
            List<String> without = new ArrayList<>();
            shown.getColumns().stream().filter(column -> column.getStyleClass().contains("number-column")
                    && Meaning.of(column).isEmpty()).forEach(column -> without.add(column.getText()));

            assertEquals(List.of(), without);
            assertTrue(shown.getAccessibleHelp().contains(name), shown.getAccessibleHelp());
        });
    }

    @ParameterizedTest
    @ValueSource(strings = "routes")
    void theTitleOfAColumnHasTheExplanationAsItsTooltip(String table) {
        OnFx.run(() -> {
            console.showPage("server");
            Parent root = console.scene().getRoot();
            root.applyCss();
            root.layout();
            TableColumnHeader title = OnFx.all(node(table)).filter(node -> node instanceof TableColumnHeader header
                    && header.getTableColumn() != null && "Failed".equals(header.getTableColumn().getText()))
                    .map(TableColumnHeader.class::cast).findFirst().orElseThrow();
            title.fireEvent(new MouseEvent(MouseEvent.MOUSE_ENTERED_TARGET, 2, 2, 2, 2, MouseButton.NONE, 0, false,
                    false, false, false, false, false, false, true, false, true, null));

            String shown = title.getProperties().get(INSTALLED) instanceof Tooltip tooltip ? tooltip.getText() : "";
            assertTrue(shown.contains("SERVER_ERROR"), shown);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"ruleMetric", "objectiveMetric"})
    void theChosenMetricOfARuleHasItsNamesInOtherTools(String box) {
        OnFx.run(() -> {
            console.showPage("alerts");
            ComboBox<?> metrics = (ComboBox<?>) node(box);
            metrics.getSelectionModel().select(0);

            assertTrue(metrics.getTooltip().getText().contains("memfuse_operation_duration_seconds_count"));
            assertEquals(metrics.getTooltip().getText(), metrics.getAccessibleHelp());
        });
    }
}
