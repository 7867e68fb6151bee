package dev.memfuse.console.fx;

import javafx.geometry.VPos;
import javafx.scene.control.Label;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Region;

/// Fills a grid with rows of a name and a value that wraps. FX thread only.
public final class NameValueGrid {
    private final GridPane grid;

    /// @param grid from FXML; its rows are replaced
    public NameValueGrid(GridPane grid) {
        this.grid = grid;
        grid.getChildren().clear();
    }

    /// Adds a row.
    public void add(String name, String value) {
        Label title = new Label(name);
        title.getStyleClass().add("fact-name");
        title.setMinWidth(Region.USE_PREF_SIZE);
        GridPane.setValignment(title, VPos.TOP);
        Label text = new Label(value);
        text.getStyleClass().add("fact-value");
        // Without wrapping a long value pushes the neighbouring group below.
        text.setWrapText(true);
        text.setMinHeight(Region.USE_PREF_SIZE);
        grid.addRow(grid.getRowCount(), title, text);
    }
}
