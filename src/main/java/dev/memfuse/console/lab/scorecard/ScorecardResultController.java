package dev.memfuse.console.lab.scorecard;

import javafx.css.PseudoClass;
import javafx.fxml.FXML;
import javafx.scene.control.Label;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.VBox;

import dev.memfuse.console.fx.Icons;
import dev.memfuse.console.fx.NameValueGrid;
import dev.memfuse.console.fx.Visibility;
import dev.memfuse.console.fx.WarningLines;
import dev.memfuse.console.lab.export.ExportButton;
import dev.memfuse.lab.scorecard.report.ScorecardFiles;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;

/// The result of a scorecard: how many promises were kept, then each promise, and how it was measured.
public final class ScorecardResultController {
    private static final PseudoClass GOOD = PseudoClass.getPseudoClass("good");
    private static final PseudoClass BAD = PseudoClass.getPseudoClass("bad");

    @FXML
    private Label verdict;
    @FXML
    private FontIcon verdictIcon;
    @FXML
    private Label when;
    @FXML
    private VBox warnings;
    @FXML
    private ExportButton export;
    @FXML
    private VBox promisesCard;
    @FXML
    private PromisesController promisesController;
    @FXML
    private GridPane design;

    private final ScorecardViewModel model;

    ScorecardResultController(ScorecardViewModel model) {
        this.model = model;
    }

    @FXML
    void initialize() {
        model.resultProperty().subscribe(this::show);
    }

    private void show(@Nullable ResultView result) {
        if (result == null) {
            return;
        }
        verdict.setText(result.sentence());
        verdict.pseudoClassStateChanged(GOOD, result.allKept());
        verdict.pseudoClassStateChanged(BAD, result.someNotKept());
        verdictIcon.setIconLiteral(result.allKept() ? Icons.OK : result.someNotKept() ? Icons.ERROR : Icons.WARNING);
        when.setText(result.when());
        WarningLines.show(warnings, result.warnings());
        Visibility.set(warnings, !result.warnings().isEmpty());
        promisesController.show(result.source().promises());
        Visibility.set(promisesCard, !result.source().promises().isEmpty());
        NameValueGrid grid = new NameValueGrid(design);
        result.source().design().forEach(grid::add);
        export.offer("scorecard", promisesCard.getParent(), ScorecardFiles.of(result.source()), model.files());
    }
}
