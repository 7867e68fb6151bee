package dev.memfuse.console.lab.tune;

import java.util.ArrayList;
import java.util.List;

import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;

import dev.memfuse.console.fx.Columns;
import dev.memfuse.lab.paired.Metric;
import dev.memfuse.lab.tune.TriedCandidate;
import dev.memfuse.metrics.stats.Numbers;
import dev.memfuse.metrics.stats.Percentiles;

/// Everything that a tuning tried, a row a candidate. FX thread only.
public final class TriedTable extends TableView<TriedCandidate> {
    /// Rows that are shown without scrolling.
    private static final int SHOWN = 12;

    public TriedTable() {
        getStyleClass().add("dense-table");
        setAccessibleText("Candidates that were tried; a selected one shows its settings below");
    }

    /// Shows candidates; the selection stays when they are the same.
    void show(List<TriedCandidate> tried) {
        if (tried.equals(getItems())) {
            return;
        }
        List<TableColumn<TriedCandidate, String>> columns = new ArrayList<>();
        columns.add(Columns.width(
                Columns.number("No.", one -> one.number() == 0 ? "start" : Numbers.count(one.number())), 56,
                64));
        columns.add(Columns.width(Columns.text("From", TriedCandidate::origin), 150, 260));
        for (String metric : TriedCandidate.metrics(tried)) {
            columns.add(Columns.width(
                    Columns.number((Percentiles.title(metric) + " " + Metric.parse(metric).figure().unit()).strip(),
                            one -> one.figure(metric)),
                    110, 160));
        }
        columns.add(Columns.width(Columns.number("Loads", one -> Numbers.count(one.loads())), 60, 80));
        columns.add(Columns.width(Columns.text("Outcome", TriedCandidate::outcome), 180, 2_000));
        getColumns().setAll(columns);
        columns.getLast().setPrefWidth(420);
        setColumnResizePolicy(CONSTRAINED_RESIZE_POLICY_ALL_COLUMNS);
        int selected = getSelectionModel().getSelectedIndex();
        getItems().setAll(tried);
        getSelectionModel().select(selected);
        Columns.fitHeight(this, Math.clamp(tried.size(), 1, SHOWN));
    }
}
