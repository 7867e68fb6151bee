package dev.memfuse.console.lab.plot;

import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.scene.control.Label;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.Region;

/// A plot whose values are read one after the other by the arrow keys, `Home` and `End`. Its parts are nodes, so that
/// the style sheets of the themes apply. FX thread only.
public abstract class ReadablePlot extends Region {
    private static final double HEIGHT = 220;

    private final ReadOnlyStringWrapper readout = new ReadOnlyStringWrapper("");
    private int selected = -1;

    /// @param name what is plotted, for a screen reader
    protected ReadablePlot(String name) {
        getStyleClass().add("pair-plot");
        setMinHeight(HEIGHT);
        setPrefHeight(HEIGHT);
        setFocusTraversable(true);
        setAccessibleText(name);
        setOnKeyPressed(this::keyPressed);
    }

    /// Returns the number of values that can be read.
    protected abstract int values();

    /// Returns a value in words.
    ///
    /// @param index from 0
    protected abstract String describe(int index);

    /// Returns the index from which the left arrow starts while nothing is selected.
    protected int leftFromNothing() {
        return 0;
    }

    private void keyPressed(KeyEvent event) {
        int last = values() - 1;
        int next = switch (event.getCode()) {
            case LEFT -> selected < 0 ? Math.min(leftFromNothing(), last) : Math.max(0, selected - 1);
            case RIGHT -> Math.min(last, selected + 1);
            case HOME -> Math.min(0, last);
            case END -> last;
            default -> Integer.MIN_VALUE;
        };
        if (next != Integer.MIN_VALUE) {
            select(next);
            event.consume();
        }
    }

    /// Selects a value.
    ///
    /// @param index -1 for none
    protected final void select(int index) {
        selected = Math.min(index, values() - 1);
        readout.set(selected < 0 ? "" : describe(selected));
        setAccessibleHelp(readout.get());
        showSelected(selected);
        requestLayout();
    }

    /// Shows which value is selected.
    ///
    /// @param index -1 for none
    protected abstract void showSelected(int index);

    /// Returns the index of the selected value; -1 for none.
    protected final int selected() {
        return selected;
    }

    /// Returns the selected value in words; empty when none is selected.
    public final ReadOnlyStringProperty readoutProperty() {
        return readout.getReadOnlyProperty();
    }

    /// Creates a part of the plot.
    public static Region part(String styleClass) {
        Region part = new Region();
        part.getStyleClass().add(styleClass);
        return part;
    }

    /// Creates a label of an axis.
    protected static Label label(String text) {
        Label label = new Label(text);
        label.getStyleClass().add("pair-label");
        return label;
    }

    /// Places a label.
    ///
    /// @param left part of its width that lies left of `x`, 0..1
    /// @param above part of its height that lies above `y`, 0..1
    protected static void place(Label label, double x, double y, double left, double above) {
        double width = label.prefWidth(-1);
        double height = label.prefHeight(-1);
        label.resizeRelocate(Math.round(x - width * left), Math.round(y - height * above), width, height);
    }
}
