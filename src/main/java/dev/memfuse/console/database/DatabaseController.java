package dev.memfuse.console.database;

import javafx.css.PseudoClass;
import javafx.fxml.FXML;
import javafx.scene.control.Label;

import dev.memfuse.console.fx.Icons;
import dev.memfuse.console.fx.Visibility;
import org.kordamp.ikonli.javafx.FontIcon;

/// Binds the state of the database in use to the view model of the Database page.
public final class DatabaseController {
    private static final PseudoClass GOOD = PseudoClass.getPseudoClass("good");
    private static final PseudoClass BAD = PseudoClass.getPseudoClass("bad");

    @FXML
    private Label state;
    @FXML
    private FontIcon stateIcon;
    @FXML
    private Label inUse;
    @FXML
    private Label advice;

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
}
