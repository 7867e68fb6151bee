package dev.memfuse.console.database;

import javafx.css.PseudoClass;
import javafx.fxml.FXML;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.TextField;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

import dev.memfuse.config.connection.SavedConnection;
import dev.memfuse.console.fx.Choices;
import dev.memfuse.console.fx.Icons;
import dev.memfuse.console.fx.NameValueGrid;
import dev.memfuse.console.fx.Question;
import dev.memfuse.console.fx.Visibility;
import dev.memfuse.console.fx.WarningLines;
import dev.memfuse.engine.host.DatabaseReport;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;

/// Binds the form for another database: test it, connect to it, save it under a name.
public final class ConnectionFormController {
    private static final PseudoClass GOOD = PseudoClass.getPseudoClass("good");
    private static final PseudoClass BAD = PseudoClass.getPseudoClass("bad");
    private static final PseudoClass INVALID = PseudoClass.getPseudoClass("wrong");

    @FXML
    private Label title;
    @FXML
    private TextField url;
    @FXML
    private Label urlProblem;
    @FXML
    private TextField name;
    @FXML
    private ComboBox<@Nullable String> profile;
    @FXML
    private CheckBox openReadOnly;
    @FXML
    private Button test;
    @FXML
    private Button connect;
    @FXML
    private Button save;
    @FXML
    private Button leave;
    @FXML
    private HBox replaceQuestion;
    @FXML
    private Label replaceText;
    @FXML
    private Button keepSaved;
    @FXML
    private Label saveProblem;
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
    private final ConnectionForm form;

    ConnectionFormController(DatabaseViewModel model, ConnectionForm form) {
        this.model = model;
        this.form = form;
    }

    @FXML
    void initialize() {
        url.textProperty().bindBidirectional(model.urlProperty());
        urlProblem.textProperty().bind(model.urlProblemProperty());
        Visibility.whileFilled(urlProblem);
        model.urlProblemProperty().subscribe(text -> url.pseudoClassStateChanged(INVALID, !text.isEmpty()));
        name.textProperty().bindBidirectional(form.nameProperty());
        name.setOnAction(_ -> form.save());
        profile.setItems(form.profiles());
        profile.setConverter(Choices.of(chosen -> "Profile " + chosen, "Those in force"));
        profile.valueProperty().bindBidirectional(model.profileProperty());
        openReadOnly.selectedProperty().bindBidirectional(model.readOnlyProperty());
        form.changedProperty().subscribe(this::showChanged);
        Question.bind(form.questionProperty(), replaceText, replaceQuestion, keepSaved, name);
        saveProblem.textProperty().bind(form.problemProperty());
        Visibility.whileFilled(saveProblem);
        DatabaseChange change = model.change();
        Visibility.bind(question, change.askingProperty());
        changeProblem.textProperty().bind(change.problemProperty());
        Visibility.whileFilled(changeProblem);
        var blocked = model.testingProperty().or(change.runningProperty()).or(model.urlProblemProperty().isNotEmpty());
        test.disableProperty().bind(blocked);
        connect.disableProperty().bind(blocked.or(model.urlProperty().isEmpty()));
        save.disableProperty().bind(model.urlProblemProperty().isNotEmpty().or(model.urlProperty().isEmpty())
                .or(form.savingProperty()));
        Visibility.bindInPlace(testing, model.testingProperty());
        tested.textProperty().bind(model.testedProperty());
        model.reportProperty().subscribe(this::show);
    }

    private void showChanged(@Nullable SavedConnection changed) {
        title.setText(changed == null ? "Another PostgreSQL server" : "Change " + changed.name());
        save.setText(changed == null ? "Save connection" : "Save changes");
        Visibility.set(leave, changed != null);
        if (changed != null) {
            name.requestFocus();
        }
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
    void onSave() {
        form.save();
    }

    @FXML
    void onLeave() {
        form.leave();
        url.requestFocus();
    }

    @FXML
    void onReplace() {
        form.replace();
    }

    @FXML
    void onKeepSaved() {
        form.keep();
    }

    @FXML
    void onConfirm() {
        model.change().confirm();
    }

    @FXML
    void onKeep() {
        model.change().cancel();
    }
}
