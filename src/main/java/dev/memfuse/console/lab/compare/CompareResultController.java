package dev.memfuse.console.lab.compare;

import java.util.Locale;
import java.util.stream.Stream;

import javafx.beans.binding.Bindings;
import javafx.css.PseudoClass;
import javafx.fxml.FXML;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TableView;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.VBox;

import dev.memfuse.console.fx.FxThread;
import dev.memfuse.console.fx.Icons;
import dev.memfuse.console.fx.NameValueGrid;
import dev.memfuse.console.fx.Visibility;
import dev.memfuse.console.fx.WarningLines;
import dev.memfuse.console.lab.export.ExportButton;
import dev.memfuse.console.lab.forest.ForestTable;
import dev.memfuse.console.lab.forest.MetricRow;
import dev.memfuse.lab.compare.MetricVerdict;
import dev.memfuse.lab.compare.report.ComparisonFiles;
import dev.memfuse.lab.paired.Decision;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;

/// The result of a comparison: verdict, forest plot, pairs, costs, and how it was measured.
public final class CompareResultController {
    private static final PseudoClass GOOD = PseudoClass.getPseudoClass("good");
    private static final PseudoClass BAD = PseudoClass.getPseudoClass("bad");
    /// Width in pixels from which the plots are side by side.
    private static final double BESIDE_FROM = 900;

    @FXML
    private ExportButton export;
    @FXML
    private Label verdict;
    @FXML
    private FontIcon verdictIcon;
    @FXML
    private VBox recall;
    @FXML
    private Label arms;
    @FXML
    private VBox warnings;
    @FXML
    private Button keep;
    @FXML
    private Button revert;
    @FXML
    private Button again;
    @FXML
    private Label forestHint;
    @FXML
    private TableView<MetricRow> metrics;
    @FXML
    private VBox notes;
    @FXML
    private VBox costNotes;
    @FXML
    private GridPane plots;
    @FXML
    private VBox spectraCard;
    @FXML
    private ComparePairsController pairsController;
    @FXML
    private CompareSpectraController spectraController;
    @FXML
    private TableView<MetricRow> costs;
    @FXML
    private VBox differences;
    @FXML
    private GridPane design;

    private final CompareViewModel model;

    CompareResultController(CompareViewModel model) {
        this.model = model;
    }

    @FXML
    void initialize() {
        model.resultProperty().subscribe(this::show);
        Visibility.bind(keep, model.experiment().endedProperty().isNotNull());
        Visibility.bind(revert, model.keptProperty().isNotNull());
        keep.disableProperty().bind(model.keptProperty().isNotNull());
        // A recorded comparison is not the one of the form.
        Visibility.bind(again, Bindings.createBooleanBinding(this::offersAgain, model.resultProperty(),
                model.experiment().endedProperty()));
        again.disableProperty().bind(model.experiment().readyProperty().not()
                .or(model.experiment().runningProperty()));
        plots.widthProperty().subscribe(_ -> {
            // The width changes during layout, when the children must not change.
            FxThread.EXECUTOR.execute(this::arrangePlots);
        });
        // The focus would be lost with the button that was pressed.
        model.keptProperty().subscribe((_, kept) -> (kept == null ? keep : revert).requestFocus());
    }

    private boolean offersAgain() {
        ResultView result = model.resultProperty().get();
        return result != null && !result.counts() && model.experiment().endedProperty().get() != null;
    }

    private void show(@Nullable ResultView result) {
        if (result == null) {
            return;
        }
        verdict.setText(result.sentence());
        verdict.pseudoClassStateChanged(GOOD, result.decision() == Decision.BETTER);
        verdict.pseudoClassStateChanged(BAD, result.decision() == Decision.WORSE);
        verdictIcon.setIconLiteral(switch (result.decision()) {
            case BETTER -> Icons.OK;
            case SAME -> Icons.INFO;
            case WORSE -> Icons.ERROR;
            case NOT_ENOUGH -> Icons.WARNING;
        });
        arms.setText(result.arms());
        recall.getChildren().setAll(result.recall().stream().map(CompareResultController::sentence).toList());
        WarningLines.show(warnings, result.warnings());
        Visibility.set(warnings, !result.warnings().isEmpty());
        forestHint.setText(String.format(Locale.ROOT,
                "Ratio of B to A with its 95 %% interval; a wider interval is less certain. %s Band: differences "
                        + "below %.0f %% do not matter.",
                MetricVerdict.RATIO, result.margin() * 100));
        notes.getChildren().setAll(result.notes().stream().map(CompareResultController::hint).toList());
        costNotes.getChildren().setAll(result.costNotes().stream().map(CompareResultController::hint).toList());
        Visibility.set(notes, !result.notes().isEmpty());
        Visibility.set(costNotes, !result.costNotes().isEmpty());
        ForestTable.fill(metrics, result.metrics(), result.scale(), result.margin());
        ForestTable.fill(costs, result.costs(), result.scale(), result.margin());
        pairsController.show(result.pairs());
        spectraController.show(result.spectra());
        Visibility.set(spectraCard, !result.spectra().isEmpty());
        arrangePlots();
        export.offer("comparison", plots.getParent(), ComparisonFiles.of(result.source(), result.margin()),
                model.files());
        differences.getChildren().setAll(result.differences().stream().map(CompareResultController::line).toList());
        NameValueGrid grid = new NameValueGrid(design);
        result.design().forEach(grid::add);
    }

    /// Puts the plots side by side, or one below the other.
    private void arrangePlots() {
        boolean beside = spectraCard.isManaged() && plots.getWidth() >= BESIDE_FROM;
        GridPane.setConstraints(spectraCard, beside ? 1 : 0, beside ? 0 : 1);
        plots.getColumnConstraints().setAll(Stream.generate(ColumnConstraints::new).limit(beside ? 2 : 1).toList());
        plots.getColumnConstraints().forEach(column -> column.setPercentWidth(beside ? 50 : 100));
    }

    private static Label sentence(String text) {
        Label label = new Label(text);
        label.setWrapText(true);
        return label;
    }

    private static Label hint(String text) {
        Label label = sentence(text);
        label.getStyleClass().add("hint");
        return label;
    }

    private static Label line(String text) {
        Label label = sentence(text);
        label.getStyleClass().add("difference-line");
        return label;
    }

    @FXML
    void onAgain() {
        model.run();
    }

    @FXML
    void onKeep() {
        model.keep();
    }

    @FXML
    void onRevert() {
        model.revert();
    }
}
