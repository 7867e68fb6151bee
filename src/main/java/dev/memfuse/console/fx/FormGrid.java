package dev.memfuse.console.fx;

import javafx.beans.value.ObservableValue;
import javafx.css.PseudoClass;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;

/// Lays out a form: per row a name, an editor and a unit. The problem of a value floats below its editor while that
/// is used, so that no row moves. FX thread only.
public final class FormGrid {
    private static final PseudoClass INVALID = PseudoClass.getPseudoClass("wrong");

    private final GridPane grid;
    private int row;

    /// @param grid an empty grid from FXML
    public FormGrid(GridPane grid) {
        this.grid = grid;
        grid.getStyleClass().add("form");
    }

    /// Adds a row.
    ///
    /// @param name left of the editor; also its accessible text
    /// @param unit right of the editor; may be empty
    /// @param problem sentence below the editor; empty when the value is valid
    public void add(String name, Node editor, String unit, ObservableValue<String> problem) {
        grid.add(name(name, editor, unit), 0, row);
        grid.add(editor, 1, row);
        if (!unit.isEmpty()) {
            Label unitLabel = new Label(unit);
            unitLabel.getStyleClass().add("form-unit");
            unitLabel.setMinWidth(Region.USE_PREF_SIZE);
            grid.add(unitLabel, 2, row);
        }
        explain(editor, problem);
        row++;
    }

    /// Adds a row whose editor has the whole width, below its name: one of several lines, in a grid of its own.
    ///
    /// @param name above the editor; also its accessible text
    /// @param problem sentence below the editor; empty when the value is valid
    public void addWide(String name, Node editor, ObservableValue<String> problem) {
        grid.addColumn(0, name(name, editor, ""), editor);
        explain(editor, problem);
        GridPane.setHgrow(editor, Priority.ALWAYS);
    }

    private static Label name(String name, Node editor, String unit) {
        Label label = new Label(name);
        label.getStyleClass().add("form-name");
        label.setLabelFor(editor);
        if (editor.getAccessibleText() == null) {
            editor.setAccessibleText(unit.isEmpty() ? name : name + ", " + unit);
        }
        return label;
    }

    private void explain(Node editor, ObservableValue<String> problem) {
        FloatingSentence.whileUsed(grid, editor, problem, "form-problem");
        problem.subscribe(text -> {
            editor.pseudoClassStateChanged(INVALID, !text.isEmpty());
            editor.setAccessibleHelp(text);
        });
    }
}
