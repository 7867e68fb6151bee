package dev.memfuse.console.server;

import javafx.css.PseudoClass;
import javafx.fxml.FXML;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;

import dev.memfuse.console.fx.Icons;
import dev.memfuse.console.fx.Switch;
import dev.memfuse.console.fx.TextClipboard;
import dev.memfuse.console.fx.Visibility;
import dev.memfuse.server.ServerControl.State;
import org.kordamp.ikonli.javafx.FontIcon;

/// Binds the switch of the server to its view model.
public final class ServerController {
    private static final PseudoClass GOOD = PseudoClass.getPseudoClass("good");
    private static final PseudoClass BAD = PseudoClass.getPseudoClass("bad");

    @FXML
    private Switch on;
    @FXML
    private Label state;
    @FXML
    private FontIcon stateIcon;
    @FXML
    private Button copy;
    @FXML
    private Label detail;
    @FXML
    private TextField address;
    @FXML
    private TextField port;
    @FXML
    private CheckBox keys;
    @FXML
    private Label formProblem;
    @FXML
    private Label encryption;

    private final ServerViewModel model;

    ServerController(ServerViewModel model) {
        this.model = model;
    }

    @FXML
    void initialize() {
        address.textProperty().bindBidirectional(model.addressProperty());
        port.textProperty().bindBidirectional(model.portProperty());
        keys.selectedProperty().bindBidirectional(model.keysRequiredProperty());
        address.disableProperty().bind(model.editable().not());
        port.disableProperty().bind(model.editable().not());
        keys.disableProperty().bind(model.editable().not());
        formProblem.textProperty().bind(model.formProblemProperty());
        Visibility.whileFilled(formProblem);
        encryption.textProperty().bind(model.encryptionProperty());
        Visibility.whileFilled(detail);
        on.selectedProperty().addListener((_, _, selected) -> model.switchTo(selected));
        model.stateProperty().subscribe(this::show);
    }

    private void show(State now) {
        on.setSelected(ServerViewModel.isOn(now));
        state.setText(switch (now) {
            case State.Off _ -> "Off";
            case State.Starting _ -> "Starting";
            case State.Running running -> running.url();
            case State.Stopping _ -> "Stopping: answering the requests that run";
            case State.Failed _ -> "Not started";
        });
        detail.setText(switch (now) {
            case State.Off _ -> "Applications and language models cannot reach the engine.";
            case State.Running running -> running.needsKeys()
                    ? "Clients need an API key. Language models use the address with /mcp/NAME of a user."
                    : "Clients on this machine need no API key. Language models use the address with /mcp/NAME of a "
                            + "user.";
            case State.Failed failed -> failed.problem();
            case State.Starting _,State.Stopping _ -> "";
        });
        stateIcon.setIconLiteral(switch (now) {
            case State.Off _ -> Icons.STOP;
            case State.Starting _,State.Stopping _ -> Icons.REFRESH;
            case State.Running _ -> Icons.OK;
            case State.Failed _ -> Icons.ERROR;
        });
        state.pseudoClassStateChanged(GOOD, now instanceof State.Running);
        state.pseudoClassStateChanged(BAD, now instanceof State.Failed);
        Visibility.set(copy, now instanceof State.Running);
    }

    @FXML
    void onCopy() {
        TextClipboard.copy(state.getText());
    }
}
