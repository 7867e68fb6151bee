package dev.memfuse.console.lab.experiment;

import java.io.File;
import java.nio.file.Path;
import java.util.Optional;

import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.stage.FileChooser;

import dev.memfuse.lab.scenario.Scenarios;

/// The load of an experiment as a choice: the usual one, a shipped scenario, or one from a file. FX thread only.
public final class ScenarioChoice {
    /// The choice of no scenario.
    public static final String USUAL = "Usual load";

    private final ObservableList<String> names = FXCollections.observableArrayList(USUAL);
    private final StringProperty chosen = new SimpleStringProperty(USUAL);

    public ScenarioChoice() {
        names.addAll(Scenarios.SHIPPED);
    }

    /// Chooses the scenario of a file.
    public void open(Path file) {
        String name = file.toString();
        if (!names.contains(name)) {
            names.add(name);
        }
        chosen.set(name);
    }

    /// Returns the file or the name of the scenario; empty for the usual load.
    public Optional<Path> source() {
        return Optional.ofNullable(chosen.get()).filter(name -> !name.equals(USUAL)).map(Path::of);
    }

    /// Binds the controls of the choice.
    ///
    /// @param file opens a dialog for the file of a scenario
    public void bind(ComboBox<String> box, Button file) {
        box.setItems(names);
        box.valueProperty().bindBidirectional(chosen);
        file.setOnAction(_ -> {
            FileChooser chooser = new FileChooser();
            chooser.setTitle("Scenario");
            chooser.getExtensionFilters().add(new FileChooser.ExtensionFilter("Scenario", "*.yaml", "*.yml"));
            File opened = chooser.showOpenDialog(file.getScene().getWindow());
            if (opened != null) {
                open(opened.toPath());
            }
        });
    }

    /// Returns the name of the choice.
    public StringProperty chosenProperty() {
        return chosen;
    }
}
