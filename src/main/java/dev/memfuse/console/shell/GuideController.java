package dev.memfuse.console.shell;

import javafx.fxml.FXML;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;

import dev.memfuse.console.fx.Visibility;

/// The guided path of a first start, a bar above the page.
public final class GuideController {
    @FXML
    private HBox guide;
    @FXML
    private Label guidePosition;
    @FXML
    private Label guideText;
    @FXML
    private Button guideAct;

    private final GuideViewModel model;

    public GuideController(GuideViewModel model) {
        this.model = model;
    }

    @FXML
    void initialize() {
        Visibility.bind(guide, model.shownProperty());
        model.stepProperty().subscribe(_ -> show());
        model.textProperty().subscribe(_ -> show());
        model.waitingProperty().subscribe(waiting -> {
            disable(waiting);
            show();
        });
    }

    /// Keeps the focus in the bar while the button waits: it would go to **Skip**, where the next key ends the path.
    private void disable(boolean waiting) {
        if (waiting && guideAct.isFocused()) {
            guide.requestFocus();
        }
        boolean kept = guide.isFocused();
        guideAct.setDisable(waiting);
        if (!waiting && kept) {
            guideAct.requestFocus();
        }
    }

    private void show() {
        guidePosition.setText(model.position());
        guideText.setText(model.textProperty().get());
        guideAct.setText(model.button());
        guideAct.setAccessibleText(model.button() + ": " + model.textProperty().get());
    }

    @FXML
    void onAct() {
        model.act();
    }

    @FXML
    void onLeave() {
        model.leave();
    }
}
