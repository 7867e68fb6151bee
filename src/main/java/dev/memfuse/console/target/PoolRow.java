package dev.memfuse.console.target;

import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;

import dev.memfuse.target.PoolFigures;

/// A row of the table of pools, whose figures change in place, so that the selection stays.
final class PoolRow {
    private final ObjectProperty<PoolFigures> figures;

    PoolRow(PoolFigures first) {
        figures = new SimpleObjectProperty<>(first);
    }

    String name() {
        return figures.get().pool();
    }

    ObjectProperty<PoolFigures> figuresProperty() {
        return figures;
    }
}
