package dev.memfuse.console.load;

import javafx.fxml.FXML;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

import dev.memfuse.console.fx.FxThread;

/// The Load page: form, running load, result. A narrow page stacks them.
public final class LoadController {
    /// Width in pixels below which form and results are stacked.
    private static final double STACK_BELOW = 880;
    private static final double FORM_WIDTH = 316;

    @FXML
    private VBox page;
    @FXML
    private HBox columns;
    @FXML
    private VBox form;
    @FXML
    private VBox results;

    @FXML
    void initialize() {
        page.widthProperty().map(width -> width.doubleValue() < STACK_BELOW).subscribe(stacked -> {
            // The width changes during layout, when the children must not change.
            FxThread.EXECUTOR.execute(() -> stack(stacked));
        });
    }

    private void stack(boolean stacked) {
        columns.getChildren().clear();
        page.getChildren().clear();
        form.setPrefWidth(stacked ? Region.USE_COMPUTED_SIZE : FORM_WIDTH);
        if (stacked) {
            page.getChildren().setAll(form, results);
        } else {
            columns.getChildren().setAll(form, results);
            page.getChildren().setAll(columns);
        }
    }
}
