package dev.memfuse.console.lab.scorecard;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import javafx.css.PseudoClass;
import javafx.fxml.FXML;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

import dev.memfuse.config.ConfigChange;
import dev.memfuse.config.Tunables;
import dev.memfuse.console.fx.SideBySide;
import dev.memfuse.console.fx.Visibility;
import dev.memfuse.lab.scorecard.Phase;
import dev.memfuse.lab.scorecard.PhaseSwitch;
import org.jspecify.annotations.Nullable;

/// The phases of the plan: which one is in force, and a button for each that applies it or rolls it back.
public final class PhasesController {
    private static final PseudoClass IN_FORCE = PseudoClass.getPseudoClass("in-force");
    /// Settings with another value that are named.
    private static final int NAMED = 3;

    @FXML
    private Label inForce;
    @FXML
    private Label others;
    @FXML
    private SideBySide phases;
    @FXML
    private HBox last;
    @FXML
    private Label lastText;
    @FXML
    private Label phaseHint;

    private final PhasesModel model;
    private final List<Row> rows = new ArrayList<>();

    /// One phase on the page.
    private record Row(Phase phase, VBox box, Button button) {}

    PhasesController(PhasesModel model) {
        this.model = model;
    }

    @FXML
    void initialize() {
        for (Phase phase : List.of(Phase.PHASE1, Phase.PHASE2, Phase.PHASE3)) {
            Row row = row(phase);
            rows.add(row);
            phases.getChildren().add(row.box());
        }
        model.inForceProperty().subscribe(this::show);
        model.lastProperty().subscribe(this::showLast);
        phaseHint.textProperty().bind(model.problemProperty());
        Visibility.whileFilled(phaseHint);
    }

    private Row row(Phase phase) {
        Label title = new Label(title(phase));
        title.getStyleClass().add("group-title");
        Label effect = new Label(phase.effect());
        effect.getStyleClass().add("hint");
        effect.setWrapText(true);
        Button button = new Button();
        button.setId(phase.profile());
        button.setOnAction(_ -> {
            if (model.includes(phase)) {
                model.rollBack(phase);
            } else {
                model.apply(phase);
            }
        });
        button.disableProperty().bind(model.busyProperty().or(model.inForceProperty().isNull()));
        Region space = new Region();
        VBox.setVgrow(space, Priority.ALWAYS);
        VBox box = new VBox(title, effect, space, button);
        box.getStyleClass().add("phase");
        return new Row(phase, box, button);
    }

    private static String title(Phase phase) {
        return phase.title().substring(0, 1).toUpperCase(Locale.ROOT) + phase.title().substring(1);
    }

    private void show(PhaseSwitch.@Nullable InForce now) {
        inForce.setText(now == null ? "Reading the settings" : PhasesModel.text(now));
        List<ConfigChange> different = now == null ? List.of() : now.others();
        others.setText(String.join("; ", different.stream().limit(NAMED).map(ConfigChange::toString).toList())
                + (different.size() > NAMED ? "; and " + (different.size() - NAMED) + " more" : ""));
        Visibility.set(others, !different.isEmpty());
        for (Row row : rows) {
            boolean included = model.includes(row.phase());
            row.box().pseudoClassStateChanged(IN_FORCE, included);
            row.button().setText((included ? "Roll back " : "Apply ") + row.phase().title());
            row.button().setAccessibleText(row.button().getText() + ": " + row.phase().effect());
        }
    }

    private void showLast(Tunables.@Nullable Change change) {
        Visibility.set(last, change != null);
        if (change != null) {
            lastText.setText(PhasesModel.text(change));
        }
    }

    @FXML
    void onCompare() {
        model.compare();
    }
}
