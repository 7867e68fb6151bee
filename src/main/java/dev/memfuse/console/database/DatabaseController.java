package dev.memfuse.console.database;

import javafx.css.PseudoClass;
import javafx.fxml.FXML;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.TextField;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

import dev.memfuse.console.fx.Icons;
import dev.memfuse.console.fx.NameValueGrid;
import dev.memfuse.console.fx.Visibility;
import dev.memfuse.console.fx.WarningLines;
import dev.memfuse.engine.host.DatabaseReport;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;

/// Binds the Database page to its view model.
public final class DatabaseController {
    private static final PseudoClass GOOD = PseudoClass.getPseudoClass("good");
    private static final PseudoClass BAD = PseudoClass.getPseudoClass("bad");
    private static final PseudoClass INVALID = PseudoClass.getPseudoClass("wrong");

    @FXML
    private Label state;
    @FXML
    private FontIcon stateIcon;
    @FXML
    private Label inUse;
    @FXML
    private Label advice;
    @FXML
    private TextField url;
    @FXML
    private Label urlProblem;
    @FXML
    private Button test;
    @FXML
    private Button connect;
    @FXML
    private Button embedded;
    @FXML
    private HBox question;
    @FXML
    private Label changeProblem;
    @FXML
    private ProgressBar testing;
    @FXML
    private VBox report;
    @FXML
    private Label tested;
    @FXML
    private Label summary;
    @FXML
    private FontIcon summaryIcon;
    @FXML
    private GridPane facts;
    @FXML
    private VBox warnings;

    private final DatabaseViewModel model;

    DatabaseController(DatabaseViewModel model) {
        this.model = model;
    }

    @FXML
    void initialize() {
        model.healthProperty().subscribe(this::showHealth);
        inUse.textProperty().bind(model.inUseProperty());
        advice.textProperty().bind(model.adviceProperty());
        Visibility.whileFilled(advice);
        url.textProperty().bindBidirectional(model.urlProperty());
        urlProblem.textProperty().bind(model.urlProblemProperty());
        Visibility.whileFilled(urlProblem);
        model.urlProblemProperty().subscribe(text -> url.pseudoClassStateChanged(INVALID, !text.isEmpty()));
        DatabaseChange change = model.change();
        Visibility.bind(question, change.askingProperty());
        changeProblem.textProperty().bind(change.problemProperty());
        Visibility.whileFilled(changeProblem);
        var blocked = model.testingProperty().or(change.runningProperty()).or(model.urlProblemProperty().isNotEmpty());
        test.disableProperty().bind(blocked);
        connect.disableProperty().bind(blocked.or(model.urlProperty().isEmpty()));
        embedded.disableProperty().bind(model.testingProperty().or(change.runningProperty()));
        Visibility.bind(testing, model.testingProperty());
        tested.textProperty().bind(model.testedProperty());
        model.reportProperty().subscribe(this::show);
    }

    private void showHealth(DatabaseViewModel.Health health) {
        state.setText(switch (health) {
            case STARTING -> "Starting";
            case READY -> "Connected";
            case FAILED -> "Not connected";
        });
        state.pseudoClassStateChanged(GOOD, health == DatabaseViewModel.Health.READY);
        state.pseudoClassStateChanged(BAD, health == DatabaseViewModel.Health.FAILED);
        stateIcon.setIconLiteral(switch (health) {
            case STARTING -> Icons.REFRESH;
            case READY -> Icons.OK;
            case FAILED -> Icons.ERROR;
        });
    }

    private void show(@Nullable DatabaseReport found) {
        Visibility.set(report, found != null);
        if (found == null) {
            return;
        }
        summary.setText(found.summary());
        summary.pseudoClassStateChanged(GOOD, found.usable());
        summary.pseudoClassStateChanged(BAD, !found.usable());
        summaryIcon.setIconLiteral(found.usable() ? Icons.OK : Icons.ERROR);
        NameValueGrid grid = new NameValueGrid(facts);
        found.properties().forEach(property -> grid.add(property.name(), property.value()));
        WarningLines.show(warnings, found.warnings());
    }

    @FXML
    void onTest() {
        model.test();
    }

    @FXML
    void onConnect() {
        model.connect();
    }

    @FXML
    void onConfirm() {
        model.change().confirm();
    }

    @FXML
    void onKeep() {
        model.change().cancel();
    }

    @FXML
    void onEmbedded() {
        model.connectEmbedded();
    }
}
