package dev.memfuse.console.lab.experiment;

import java.util.List;

import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.HBox;

/// A row of buttons of which one is selected. FX thread only.
public final class Segments {
    private Segments() {}

    /// Creates a button of a row.
    ///
    /// @param name accessible name
    /// @param choose called when it becomes selected
    public static ToggleButton button(String text, String name, ToggleGroup group, Runnable choose) {
        ToggleButton button = new ToggleButton(text);
        button.setToggleGroup(group);
        button.setAccessibleText(name);
        button.selectedProperty().subscribe((_, selected) -> {
            if (selected) {
                choose.run();
            } else if (group.getSelectedToggle() == null) {
                // A click on the selected button deselects it; select it again.
                group.selectToggle(button);
            }
        });
        return button;
    }

    /// Replaces the buttons of a row.
    public static void fill(HBox row, List<ToggleButton> buttons) {
        row.getChildren().setAll(buttons);
        if (!buttons.isEmpty()) {
            buttons.getFirst().getStyleClass().add(buttons.size() == 1 ? "button" : "left-pill");
            buttons.subList(1, buttons.size()).forEach(button -> button.getStyleClass().add("center-pill"));
            buttons.getLast().getStyleClass().replaceAll(name -> name.equals("center-pill") ? "right-pill" : name);
        }
    }
}
