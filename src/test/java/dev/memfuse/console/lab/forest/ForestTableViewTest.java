package dev.memfuse.console.lab.forest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import javafx.scene.Scene;
import javafx.scene.control.TableView;
import javafx.scene.layout.StackPane;
import javafx.stage.Stage;

import dev.memfuse.console.fx.OnFx;
import dev.memfuse.console.fx.Themes;
import dev.memfuse.lab.compare.StandardBlock;
import dev.memfuse.lab.paired.Decision;
import dev.memfuse.lab.paired.Metric;
import dev.memfuse.lab.paired.RatioEstimate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The names of metrics and verdicts in the smallest window.
@Tag("fx")
class ForestTableViewTest {
    /// Width of the table in a window of 800x600 pixels.
    private static final double NARROWEST = 654;
    private static final RatioEstimate ESTIMATE = new RatioEstimate(1.2, 1.1, 1.3, 0.01, "", 10, Decision.WORSE, 0);

    private final TableView<MetricRow> table = OnFx.get(TableView::new);
    private final Stage stage = OnFx.get(Stage::new);

    @AfterEach
    void close() {
        OnFx.run(stage::close);
    }

    private void show(List<MetricRow> rows) {
        OnFx.run(() -> {
            table.getStyleClass().addAll("dense-table", "forest-table");
            ForestTable.fill(table, rows, new RatioScale(0.5, 2), 0.03);
            table.setMinWidth(NARROWEST);
            table.setMaxWidth(NARROWEST);
            stage.setScene(new Scene(new StackPane(table), 800, 900));
            new Themes(stage.getScene(), Themes.Choice.LIGHT).close();
            stage.show();
            table.applyCss();
            table.layout();
        });
    }

    private static MetricRow row(String metric, boolean primary, String verdict) {
        return new MetricRow(metric, primary, "13.6 KiB/op", "12.8 KiB/op", ESTIMATE.print(), ESTIMATE,
                Decision.WORSE, verdict, false);
    }

    private Stream<MetricCell> cells() {
        return OnFx.all(table).filter(MetricCell.class::isInstance).map(MetricCell.class::cast)
                .filter(cell -> cell.getText() != null);
    }

    @Test
    void noNameOfAMetricIsCutInTheSmallestWindow() {
        List<MetricRow> rows = new ArrayList<>(Metric.of(StandardBlock.workload()).stream()
                .map(metric -> row(metric.title(), false, "probably better")).toList());
        rows.add(row("embedding_calls", true, "not enough data †"));
        show(rows);

        OnFx.run(() -> {
            assertEquals(2L * rows.size(), cells().count());
            assertEquals(List.of(), cells().filter(MetricCell::isTextTruncated).map(MetricCell::getText).toList());
            assertEquals(List.of(), cells().filter(cell -> cell.getTooltip() != null).toList());
        });
    }

    @Test
    void aTextWithoutRoomIsItsOwnTooltip() {
        String name = "a metric of a later version with a very long name";
        show(List.of(row(name, false, "better")));

        OnFx.run(() -> {
            MetricCell cut = cells().filter(cell -> cell.getText().equals(name)).findFirst().orElseThrow();
            assertNotNull(cut.getTooltip());
            assertEquals(name, Objects.requireNonNull(cut.getTooltip()).getText());
            assertNull(cells().filter(cell -> cell.getText().equals("better")).findFirst().orElseThrow().getTooltip());
        });
    }
}
