package dev.memfuse.console.lab.tune;

import java.util.ArrayList;
import java.util.List;

import javafx.css.PseudoClass;
import javafx.fxml.FXML;
import javafx.scene.control.Label;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

import dev.memfuse.config.ConfigChange;
import dev.memfuse.console.fx.Formats;
import dev.memfuse.console.fx.Icons;
import dev.memfuse.console.fx.NameValueGrid;
import dev.memfuse.console.fx.Visibility;
import dev.memfuse.console.fx.WarningLines;
import dev.memfuse.console.lab.experiment.FieldProblem;
import dev.memfuse.console.lab.export.ExportButton;
import dev.memfuse.console.lab.forest.ForestTable;
import dev.memfuse.console.lab.forest.MetricRow;
import dev.memfuse.console.lab.forest.RatioScale;
import dev.memfuse.lab.compare.ComparisonPlan;
import dev.memfuse.lab.compare.ComparisonResult;
import dev.memfuse.lab.compare.RecallResult;
import dev.memfuse.lab.tune.TriedCandidate;
import dev.memfuse.lab.tune.TuneResult;
import dev.memfuse.lab.tune.report.TuneFiles;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;

/// The result of a tuning: finding, the best against the start, everything that was tried, and how.
public final class TuneResultController {
    private static final PseudoClass GOOD = PseudoClass.getPseudoClass("good");

    @FXML
    private VBox tuneResult;
    @FXML
    private Label found;
    @FXML
    private FontIcon foundIcon;
    @FXML
    private Label goalLine;
    @FXML
    private VBox tuneWarnings;
    @FXML
    private ExportButton tuneExport;
    @FXML
    private VBox bestCard;
    @FXML
    private Label bestTitle;
    @FXML
    private Label bestHint;
    @FXML
    private Label recallLine;
    @FXML
    private TableView<MetricRow> bestMetrics;
    @FXML
    private VBox bestChanges;
    @FXML
    private HBox saveRow;
    @FXML
    private TextField profile;
    @FXML
    private Label profileProblem;
    @FXML
    private TriedTable tried;
    @FXML
    private VBox triedChanges;
    @FXML
    private GridPane tuneDesign;

    private final TuneViewModel model;

    TuneResultController(TuneViewModel model) {
        this.model = model;
    }

    @FXML
    void initialize() {
        profile.textProperty().bindBidirectional(model.profileProperty());
        model.profileProblemProperty().subscribe(problem -> FieldProblem.showBelow(profileProblem, problem, profile));
        tried.getSelectionModel().selectedItemProperty().subscribe(this::showChanges);
        model.resultProperty().subscribe(this::show);
    }

    private void show(@Nullable TuneResult result) {
        if (result == null) {
            return;
        }
        found.setText(result.sentence());
        found.pseudoClassStateChanged(GOOD, result.proven());
        foundIcon.setIconLiteral(result.proven() ? Icons.OK : Icons.INFO);
        goalLine.setText("Goal: " + result.goal() + ", " + Formats.moment(result.startedAt()));
        List<String> limits = new ArrayList<>(result.problems());
        if (result.cancelled()) {
            limits.add(TuneResult.CANCELLED);
        }
        WarningLines.show(tuneWarnings, limits);
        Visibility.set(tuneWarnings, !limits.isEmpty());
        showBest(result);
        tried.show(result.tried());
        showChanges(null);
        NameValueGrid grid = new NameValueGrid(tuneDesign);
        result.design().forEach(grid::add);
        tuneExport.offer("tuning", tuneResult, TuneFiles.of(result), model.files());
    }

    private void showBest(TuneResult result) {
        ComparisonResult last = result.comparison();
        Visibility.set(bestCard, last != null || !result.changes().isEmpty());
        Visibility.set(bestMetrics, last != null);
        bestTitle.setText(last == null ? "Settings of the best candidate" : "The best against the start");
        Visibility.set(bestHint, last != null);
        if (last != null) {
            ForestTable.fill(bestMetrics,
                    MetricRow.of(last).stream().filter(row -> !row.cost() || row.primary()).toList(),
                    RatioScale.ofMetrics(last.metrics()),
                    ComparisonPlan.MARGIN);
        }
        RecallResult recall = result.recall();
        recallLine.setText(recall == null
                ? ""
                : "Recall@10: " + Formats.percent(recall.a()) + " at the start, " + Formats.percent(recall.b())
                        + " with the best candidate.");
        Visibility.set(recallLine, recall != null);
        lines(bestChanges, result.changes());
        Visibility.set(saveRow, result.proven());
    }

    private void showChanges(@Nullable TriedCandidate candidate) {
        lines(triedChanges, candidate == null ? List.of() : candidate.changes());
    }

    private static void lines(VBox box, List<ConfigChange> changes) {
        box.getChildren().setAll(changes.stream().map(change -> {
            Label line = new Label(change.toString());
            line.getStyleClass().add("difference-line");
            line.setWrapText(true);
            return line;
        }).toList());
        Visibility.set(box, !changes.isEmpty());
    }

    @FXML
    void onSave() {
        model.save();
    }
}
