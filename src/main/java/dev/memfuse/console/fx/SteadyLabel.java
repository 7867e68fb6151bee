package dev.memfuse.console.fx;

import javafx.scene.control.Label;
import javafx.scene.layout.Region;

/// A label for a changing number: as wide as its widest text so far, so that the number is complete and its neighbours
/// stay where they are. FX thread only.
public final class SteadyLabel extends Label {
    private double widest;

    public SteadyLabel() {
        setMinWidth(Region.USE_PREF_SIZE);
    }

    @Override
    protected double computePrefWidth(double height) {
        widest = Math.max(widest, super.computePrefWidth(height));
        return widest;
    }
}
