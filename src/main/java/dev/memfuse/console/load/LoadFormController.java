package dev.memfuse.console.load;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

import javafx.beans.binding.Bindings;
import javafx.css.PseudoClass;
import javafx.fxml.FXML;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.RadioButton;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.control.TextInputControl;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import javafx.stage.DirectoryChooser;
import javafx.stage.FileChooser;

import dev.memfuse.console.fx.Choices;
import dev.memfuse.console.fx.FloatingSentence;
import dev.memfuse.console.fx.FormGrid;
import dev.memfuse.console.fx.Visibility;
import dev.memfuse.fault.NetworkProfile;
import dev.memfuse.lab.scenario.Scenarios;
import dev.memfuse.load.Workload.ArrivalProcess;
import dev.memfuse.load.Workload.GeneratorPlace;
import org.jspecify.annotations.Nullable;

/// The form of a load. Its fields are disabled while a load is running.
public final class LoadFormController {
    private static final int DIGITS = 8;
    private static final PseudoClass WRONG = PseudoClass.getPseudoClass("wrong");

    @FXML
    private VBox fields;
    @FXML
    private ToggleButton closed;
    @FXML
    private ToggleButton open;
    @FXML
    private Label arrivalHint;
    @FXML
    private GridPane closedGrid;
    @FXML
    private GridPane openGrid;
    @FXML
    private GridPane timeGrid;
    @FXML
    private GridPane mixGrid;
    @FXML
    private RadioButton generated;
    @FXML
    private RadioButton fromFiles;
    @FXML
    private HBox datasetRow;
    @FXML
    private TextField dataset;
    @FXML
    private GridPane seedGrid;
    @FXML
    private Label reserved;
    @FXML
    private Button start;
    @FXML
    private Button stop;
    @FXML
    private Label hint;
    @FXML
    private CheckBox keepData;
    @FXML
    private ComboBox<NetworkProfile> network;

    @FXML
    private MenuButton openScenario;
    @FXML
    private Label scenario;
    @FXML
    private ComboBox<ArrivalProcess> process;
    @FXML
    private ComboBox<GeneratorPlace> generator;
    @FXML
    private ComboBox<ShapeKind> shape;
    @FXML
    private VBox shapes;
    @FXML
    private CheckBox untilSettled;
    @FXML
    private GridPane warmupGrid;
    @FXML
    private GridPane sizeGrid;
    @FXML
    private GridPane limitsGrid;
    @FXML
    private GridPane changesGrid;
    @FXML
    private GridPane faultsGrid;

    private final KeepData kept;
    private final NetworkChoice networkChoice;
    private final LoadViewModel model;
    private final LoadForm form;
    private final LoadInput input;

    LoadFormController(LoadViewModel model, KeepData kept, NetworkChoice networkChoice) {
        this.networkChoice = networkChoice;
        this.kept = kept;
        this.model = model;
        this.form = model.form();
        this.input = form.input();
    }

    @FXML
    void initialize() {
        showArrival();
        rows(closedGrid, LoadField.CONCURRENCY, LoadField.THINK_TIME);
        showShape();
        rows(openGrid, LoadField.IN_FLIGHT);
        rows(timeGrid, LoadField.USERS, LoadField.DURATION, LoadField.WARMUP);
        untilSettled.selectedProperty().bindBidirectional(input.untilSettledProperty());
        rows(warmupGrid, LoadField.WARMUP_MAX);
        Visibility.bind(warmupGrid, input.untilSettledProperty());
        rows(mixGrid, LoadField.ADD, LoadField.QUERY, LoadField.LIST, LoadField.BATCH, LoadField.TOP_K);
        rows(seedGrid, LoadField.SEED);
        text(sizeGrid, LoadText.SIZE);
        Visibility.bind(sizeGrid, input.fromDatasetProperty().not());
        text(limitsGrid, LoadText.THRESHOLDS);
        text(changesGrid, LoadText.CHANGES);
        text(faultsGrid, LoadText.FAULTS);
        scenario.textProperty().bind(form.titleProperty().map(name -> name.isEmpty() ? "No scenario open" : name));
        for (String name : Scenarios.SHIPPED) {
            MenuItem item = new MenuItem(name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1));
            item.setOnAction(_ -> model.open(Path.of(name)));
            openScenario.getItems().add(openScenario.getItems().size() - 1, item);
        }
        showData();
        keepData.selectedProperty().bindBidirectional(kept.keptProperty());
        network.getItems().setAll(NetworkProfile.values());
        network.setConverter(Choices.of(NetworkProfile::title));
        network.valueProperty().bindBidirectional(networkChoice.profileProperty());
        generator.getItems().setAll(GeneratorPlace.values());
        generator.setConverter(Choices.of(place -> place == GeneratorPlace.SHARED
                ? "In this process"
                : "In its own process"));
        generator.valueProperty().bindBidirectional(input.generatorProperty());
        generator.disableProperty().bind(model.runningProperty());
        fields.disableProperty().bind(model.runningProperty());
        start.disableProperty().bind(model.readyProperty().not().or(model.runningProperty())
                .or(form.validProperty().not()).or(model.holderProperty().isNotEmpty()));
        reserved.textProperty().bind(model.holderProperty().map(holder -> holder.isEmpty()
                ? ""
                : "The loads belong to a running " + holder + ", whose page shows them. Wait for its end, or cancel "
                        + "it there."));
        Visibility.whileFilled(reserved);
        stop.disableProperty().bind(model.runningProperty().not());
        hint.textProperty().bind(Bindings.createStringBinding(
                () -> model.problemProperty().get().isEmpty()
                        ? form.wrongProperty().get()
                        : model.problemProperty().get(),
                model.problemProperty(), form.wrongProperty()));
        Visibility.whileFilled(hint);
    }

    /// The fields of every shape, of which those of the chosen one are visible.
    private void showShape() {
        process.getItems().setAll(ArrivalProcess.values());
        process.setConverter(Choices.of(value -> value == ArrivalProcess.POISSON ? "At random" : "Evenly spaced"));
        process.valueProperty().bindBidirectional(input.processProperty());
        shape.getItems().setAll(ShapeKind.values());
        shape.valueProperty().bindBidirectional(input.shapeProperty());
        for (LoadField field : LoadField.values()) {
            List<ShapeKind> kinds = Stream.of(ShapeKind.values()).filter(kind -> kind.fields().contains(field))
                    .toList();
            if (!kinds.isEmpty()) {
                GridPane grid = shapeGrid(kinds::contains);
                rows(grid, field);
            }
        }
        text(shapeGrid(kind -> kind == ShapeKind.STEPS), LoadText.RATES);
        text(shapeGrid(kind -> kind == ShapeKind.REPLAY), LoadText.RECORDING);
        Visibility.bind(shapes, input.openProperty());
    }

    private GridPane shapeGrid(Predicate<ShapeKind> visible) {
        GridPane grid = new GridPane();
        shapes.getChildren().add(grid);
        Visibility.bind(grid, input.shapeProperty().map(visible::test));
        return grid;
    }

    private void text(GridPane grid, LoadText field) {
        TextInputControl editor = field.hasLines() ? new TextArea() : new TextField();
        editor.setId("field-" + field.name().toLowerCase(Locale.ROOT));
        editor.setPromptText(field.example());
        editor.textProperty().bindBidirectional(input.text(field));
        FormGrid lines = new FormGrid(grid);
        if (editor instanceof TextArea area) {
            area.setPrefRowCount(2);
            area.setPrefColumnCount(DIGITS);
            lines.addWide(field.title(), area, form.problem(field));
        } else if (editor instanceof TextField line) {
            line.setPrefColumnCount(DIGITS);
            lines.add(field.title(), line, field.unit(), form.problem(field));
        }
    }

    private void rows(GridPane grid, LoadField... rows) {
        FormGrid lines = new FormGrid(grid);
        for (LoadField row : rows) {
            TextField editor = new TextField();
            editor.setId("field-" + row.name().toLowerCase(Locale.ROOT));
            editor.setPrefColumnCount(DIGITS);
            editor.getStyleClass().add("number-field");
            editor.textProperty().bindBidirectional(input.text(row));
            lines.add(row.title(), editor, row.unit(), form.problem(row));
        }
    }

    private void showArrival() {
        ToggleGroup arrival = new ToggleGroup();
        arrival.getToggles().setAll(closed, open);
        input.openProperty().subscribe(isOpen -> arrival.selectToggle(isOpen ? open : closed));
        arrival.selectedToggleProperty().subscribe(selected -> {
            if (selected == null) {
                arrival.selectToggle(input.openProperty().get() ? open : closed);
            } else {
                input.openProperty().set(selected.equals(open));
            }
        });
        arrivalHint.textProperty().bind(input.openProperty().map(isOpen -> isOpen
                ? "Calls arrive at a rate, at random times. Latency is measured from the scheduled time of a call."
                : "A fixed number of concurrent calls. The next call starts when one ends."));
        Visibility.bind(openGrid, input.openProperty());
        Visibility.bind(closedGrid, input.openProperty().not());
    }

    private void showData() {
        ToggleGroup source = new ToggleGroup();
        source.getToggles().setAll(generated, fromFiles);
        source.selectToggle(input.fromDatasetProperty().get() ? fromFiles : generated);
        input.fromDatasetProperty().subscribe(files -> source.selectToggle(files ? fromFiles : generated));
        fromFiles.selectedProperty().subscribe(files -> input.fromDatasetProperty().set(files));
        Visibility.bind(datasetRow, fromFiles.selectedProperty());
        dataset.textProperty().bindBidirectional(input.datasetProperty());
        FloatingSentence.whileUsed(datasetRow, dataset, form.datasetProblemProperty(), "form-problem");
        form.datasetProblemProperty().subscribe(text -> {
            dataset.pseudoClassStateChanged(WRONG, !text.isEmpty());
            dataset.setAccessibleHelp(text);
        });
    }

    @FXML
    void onFile() {
        FileChooser chooser = new FileChooser();
        chooser.setTitle("File with conversations");
        chooser.getExtensionFilters().add(new FileChooser.ExtensionFilter("JSON", "*.json", "*.jsonl", "*.ndjson"));
        choose(chooser.showOpenDialog(dataset.getScene().getWindow()));
    }

    @FXML
    void onFolder() {
        DirectoryChooser chooser = new DirectoryChooser();
        chooser.setTitle("Folder of files with conversations");
        choose(chooser.showDialog(dataset.getScene().getWindow()));
    }

    private void choose(@Nullable File chosen) {
        Optional.ofNullable(chosen).map(File::getPath).ifPresent(input.datasetProperty()::set);
    }

    @FXML
    void onOpenScenario() {
        Optional.ofNullable(scenarioChooser("Open a scenario").showOpenDialog(fields.getScene().getWindow()))
                .ifPresent(file -> model.open(file.toPath()));
    }

    @FXML
    void onSaveScenario() {
        Optional.ofNullable(scenarioChooser("Save the scenario").showSaveDialog(fields.getScene().getWindow()))
                .ifPresent(file -> model.save(file.toPath()));
    }

    private static FileChooser scenarioChooser(String title) {
        FileChooser chooser = new FileChooser();
        chooser.setTitle(title);
        chooser.getExtensionFilters().add(new FileChooser.ExtensionFilter("Scenario", "*.yaml", "*.yml"));
        return chooser;
    }

    @FXML
    void onStart() {
        model.start();
    }

    @FXML
    void onStop() {
        model.stop();
    }
}
