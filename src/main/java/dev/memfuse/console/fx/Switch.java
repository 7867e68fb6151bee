package dev.memfuse.console.fx;

import javafx.scene.AccessibleAttribute;
import javafx.scene.AccessibleRole;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;

import atlantafx.base.controls.ToggleSwitch;
import org.jspecify.annotations.Nullable;

/// A switch that Space and Enter move too, and that screen readers announce as a check box. FX thread only.
public final class Switch extends ToggleSwitch {

    /// Creates a switch that is off.
    public Switch() {
        setAccessibleRole(AccessibleRole.CHECK_BOX);
        selectedProperty().addListener((_, _, _) -> notifyAccessibleAttributeChanged(AccessibleAttribute.SELECTED));
        addEventHandler(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() == KeyCode.SPACE || event.getCode() == KeyCode.ENTER) {
                fire();
                event.consume();
            }
        });
    }

    @Override
    public @Nullable Object queryAccessibleAttribute(AccessibleAttribute attribute, Object... parameters) {
        return attribute == AccessibleAttribute.SELECTED
                ? Boolean.valueOf(isSelected())
                : super.queryAccessibleAttribute(attribute, parameters);
    }
}
