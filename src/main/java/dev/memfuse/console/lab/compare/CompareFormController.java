package dev.memfuse.console.lab.compare;

import java.util.List;
import java.util.Locale;

import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

import dev.memfuse.config.ConfigChange;
import dev.memfuse.console.fx.Choices;
import dev.memfuse.console.fx.Formats;
import dev.memfuse.console.fx.FxThread;
import dev.memfuse.console.fx.Visibility;
import dev.memfuse.console.lab.experiment.ExperimentNodes;
import dev.memfuse.console.lab.experiment.FieldProblem;
import dev.memfuse.lab.compare.ComparisonPlan;
import dev.memfuse.lab.paired.Metric;
import dev.memfuse.metrics.stats.Numbers;

/// The form of a comparison. Its fields are disabled while one is running.
public final class CompareFormController {
    /// Width in pixels below which the third group is below the arms.
    private static final double STACK_BELOW = 820;
    /// Differences that are shown before the others are asked for.
    private static final int SHOWN = 3;

    @FXML
    private VBox card;
    @FXML
    private VBox rows;
    @FXML
    private HBox columns;
    @FXML
    private VBox measure;
    @FXML
    private ComboBox<String> profileA;
    @FXML
    private ComboBox<String> profileB;
    @FXML
    private TextField settingsA;
    @FXML
    private TextField settingsB;
    @FXML
    private Label problemA;
    @FXML
    private Label problemB;
    @FXML
    private ComboBox<String> load;
    @FXML
    private Button file;
    @FXML
    private Label loadProblem;
    @FXML
    private ComboBox<Metric> primary;
    @FXML
    private Label primaryProblem;
    @FXML
    private TextField pairs;
    @FXML
    private ToggleButton quick;
    @FXML
    private ToggleButton full;
    @FXML
    private Label pairsProblem;
    @FXML
    private Label differences;
    @FXML
    private VBox differenceLines;
    @FXML
    private Hyperlink allDifferences;
    @FXML
    private Label smallest;
    @FXML
    private Label restarts;
    @FXML
    private Label notCompared;
    @FXML
    private Label hint;
    @FXML
    private Button run;

    private final CompareViewModel model;
    private final CompareForm form;

    CompareFormController(CompareViewModel model) {
        this.model = model;
        this.form = model.form();
    }

    @FXML
    void initialize() {
        card.widthProperty().map(width -> width.doubleValue() < STACK_BELOW).subscribe(stacked -> {
            // The width changes during layout, when the children must not change.
            FxThread.EXECUTOR.execute(() -> stack(stacked));
        });
        arm(form.a(), profileA, settingsA);
        arm(form.b(), profileB, settingsB);
        form.load().bind(load, file);
        showPrimary();
        showPairs();
        Visibility.whileFilled(smallest);
        Visibility.whileFilled(restarts);
        rows.disableProperty().bind(model.experiment().runningProperty());
        ExperimentNodes.runButton(model.experiment(), run, hint);
        form.checkedProperty().subscribe(this::show);
    }

    private void stack(boolean stacked) {
        columns.getChildren().remove(measure);
        rows.getChildren().remove(measure);
        (stacked ? rows : columns).getChildren().add(measure);
    }

    private void arm(ArmForm arm, ComboBox<String> profile, TextField settings) {
        profile.setItems(form.profiles());
        profile.valueProperty().bindBidirectional(arm.profileProperty());
        settings.textProperty().bindBidirectional(arm.settingsProperty());
    }

    private void showPrimary() {
        primary.setConverter(Choices.of(Metric::title));
        primary.valueProperty().bindBidirectional(form.primaryProperty());
    }

    /// Offers the metrics of the load. The chosen one stays, also when the load does not have it.
    private void showMetrics(List<Metric> metrics) {
        if (!primary.getItems().equals(metrics)) {
            Metric chosen = form.primaryProperty().get();
            primary.getItems().setAll(metrics);
            form.primaryProperty().set(chosen);
        }
    }

    private void showPairs() {
        pairs.textProperty().bindBidirectional(form.pairsProperty());
        ToggleGroup usual = new ToggleGroup();
        usual.getToggles().setAll(quick, full);
        form.pairsProperty().subscribe(text -> usual.selectToggle(
                text.equals(number(ComparisonPlan.QUICK_PAIRS))
                        ? quick
                        : text.equals(number(ComparisonPlan.PAIRS)) ? full : null));
        quick.setOnAction(_ -> choose(quick, ComparisonPlan.QUICK_PAIRS));
        full.setOnAction(_ -> choose(full, ComparisonPlan.PAIRS));
    }

    private void choose(ToggleButton button, int number) {
        form.pairsProperty().set(number(number));
        button.setSelected(true);
    }

    private static String number(int pairs) {
        return String.valueOf(pairs);
    }

    private void show(PlanCheck check) {
        run.setText(CompareViewModel.runText(check));
        showMetrics(check.metrics());
        showProblem("A", check.problemA(), problemA, profileA, settingsA);
        showProblem("B", check.problemB(), problemB, profileB, settingsB);
        FieldProblem.show(pairsProblem, "Pairs", check.problemPairs(), pairs);
        FieldProblem.show(loadProblem, "Load", check.problemLoad(), load);
        FieldProblem.show(primaryProblem, "Primary metric", check.problemPrimary(), primary);
        List<ConfigChange> changes = check.plan().map(ComparisonPlan::differences).orElse(List.of());
        differences.setText(check.plan().isEmpty()
                ? ""
                : changes.isEmpty()
                        ? "The arms are equal (A/A): every difference is noise."
                        : "A and B differ in " + Numbers.count(changes.size(), "setting") + ":");
        Visibility.set(differences, check.plan().isPresent());
        showDifferences(changes, changes.size() > SHOWN ? SHOWN - 1 : SHOWN);
        smallest.setText(check.smallest().map(known -> String.format(Locale.ROOT,
                "Smallest difference that these pairs show here: %s (A/A of %s)", Formats.percent(known.relative()),
                Formats.timeOfDay(known.at()))).orElse(""));
        restarts.setText(check.plan().flatMap(ComparisonPlan::restartNote).orElse(""));
        notCompared.setText(check.notCompared().isEmpty()
                ? ""
                : String.format(Locale.ROOT, "Not compared, because fixed at start: %s.", String.join(", ",
                        check.notCompared().stream().map(ConfigChange::path).toList())));
        Visibility.set(notCompared, !check.notCompared().isEmpty());
    }

    private static void showProblem(String name, PlanCheck.ArmProblem problem, Label label, Node profile,
            Node settings) {
        Node wrong = problem.ofProfile() ? profile : settings;
        FieldProblem.show(label, name, "", profile, settings);
        FieldProblem.show(label, name, problem.sentence(), wrong);
    }

    private void showDifferences(List<ConfigChange> changes, int shown) {
        differenceLines.getChildren().setAll(changes.stream().limit(shown).map(CompareFormController::line).toList());
        Visibility.set(differenceLines, !changes.isEmpty());
        Visibility.set(allDifferences, changes.size() > shown);
        allDifferences.setText("Show all " + Numbers.count(changes.size()));
        allDifferences.setOnAction(_ -> showDifferences(changes, changes.size()));
    }

    private static Node line(ConfigChange change) {
        Label label = new Label(change.toString());
        label.getStyleClass().add("difference-line");
        label.setWrapText(true);
        return label;
    }

    @FXML
    void onRun() {
        model.run();
    }
}
