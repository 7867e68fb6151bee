package dev.memfuse.console.load;

import java.io.File;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

import javafx.fxml.FXML;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.RadioButton;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import javafx.stage.DirectoryChooser;
import javafx.stage.FileChooser;
import javafx.util.StringConverter;

import dev.memfuse.console.fx.FormGrid;
import dev.memfuse.console.fx.Visibility;
import dev.memfuse.fault.NetworkProfile;
import org.jspecify.annotations.Nullable;

/// The form of a load. Its fields are disabled while a load is running.
public final class LoadFormController {
    private static final int DIGITS = 8;

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
    private Label datasetProblem;
    @FXML
    private GridPane seedGrid;
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

    private final KeepData kept;
    private final NetworkChoice networkChoice;
    private final LoadViewModel model;
    private final LoadForm form;

    LoadFormController(LoadViewModel model, KeepData kept, NetworkChoice networkChoice) {
        this.networkChoice = networkChoice;
        this.kept = kept;
        this.model = model;
        this.form = model.form();
    }

    @FXML
    void initialize() {
        showArrival();
        rows(closedGrid, LoadField.CONCURRENCY);
        rows(openGrid, LoadField.RATE, LoadField.IN_FLIGHT);
        rows(timeGrid, LoadField.USERS, LoadField.DURATION, LoadField.WARMUP);
        rows(mixGrid, LoadField.ADD, LoadField.QUERY, LoadField.LIST, LoadField.BATCH, LoadField.TOP_K);
        rows(seedGrid, LoadField.SEED);
        showData();
        keepData.selectedProperty().bindBidirectional(kept.keptProperty());
        network.getItems().setAll(NetworkProfile.values());
        network.setConverter(titles());
        network.valueProperty().bindBidirectional(networkChoice.profileProperty());
        fields.disableProperty().bind(model.runningProperty());
        start.disableProperty().bind(model.readyProperty().not().or(model.runningProperty())
                .or(form.validProperty().not()));
        stop.disableProperty().bind(model.runningProperty().not());
        hint.textProperty().bind(model.problemProperty());
        Visibility.whileFilled(hint);
    }

    private static StringConverter<NetworkProfile> titles() {
        return new StringConverter<>() {
            @Override
            public String toString(@Nullable NetworkProfile profile) {
                return profile == null ? "" : profile.title();
            }

            @Override
            public NetworkProfile fromString(String title) {
                return Stream.of(NetworkProfile.values()).filter(profile -> profile.title().equals(title)).findFirst()
                        .orElse(NetworkProfile.LOCAL);
            }
        };
    }

    private void rows(GridPane grid, LoadField... rows) {
        FormGrid lines = new FormGrid(grid);
        for (LoadField row : rows) {
            TextField editor = new TextField();
            editor.setId("field-" + row.name().toLowerCase(Locale.ROOT));
            editor.setPrefColumnCount(DIGITS);
            editor.getStyleClass().add("number-field");
            editor.textProperty().bindBidirectional(form.text(row));
            lines.add(row.title(), editor, row.unit(), form.problem(row));
        }
    }

    private void showArrival() {
        ToggleGroup arrival = new ToggleGroup();
        arrival.getToggles().setAll(closed, open);
        form.openProperty().subscribe(isOpen -> arrival.selectToggle(isOpen ? open : closed));
        arrival.selectedToggleProperty().subscribe(selected -> {
            if (selected == null) {
                arrival.selectToggle(form.openProperty().get() ? open : closed);
            } else {
                form.openProperty().set(selected.equals(open));
            }
        });
        arrivalHint.textProperty().bind(form.openProperty().map(isOpen -> isOpen
                ? "Calls arrive at a rate, at random times. Latency is measured from the scheduled time of a call."
                : "A fixed number of concurrent calls. The next call starts when one ends."));
        Visibility.bind(openGrid, form.openProperty());
        Visibility.bind(closedGrid, form.openProperty().not());
    }

    private void showData() {
        ToggleGroup source = new ToggleGroup();
        source.getToggles().setAll(generated, fromFiles);
        generated.setSelected(true);
        form.fromDatasetProperty().bind(fromFiles.selectedProperty());
        Visibility.bind(datasetRow, fromFiles.selectedProperty());
        dataset.textProperty().bindBidirectional(form.datasetProperty());
        datasetProblem.textProperty().bind(form.datasetProblemProperty());
        Visibility.whileFilled(datasetProblem);
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
        Optional.ofNullable(chosen).map(File::getPath).ifPresent(form.datasetProperty()::set);
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
