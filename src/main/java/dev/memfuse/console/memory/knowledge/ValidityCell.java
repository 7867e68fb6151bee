package dev.memfuse.console.memory.knowledge;

import java.util.function.Supplier;

import javafx.css.PseudoClass;
import javafx.scene.control.TableCell;
import javafx.scene.layout.Region;

import dev.memfuse.engine.Fact;
import org.jspecify.annotations.Nullable;

/// The validity of a fact as a bar on the time axis of all facts. FX thread only.
final class ValidityCell extends TableCell<Fact, Fact> {
    private static final PseudoClass ENDED = PseudoClass.getPseudoClass("ended");
    private static final PseudoClass DISPUTED = PseudoClass.getPseudoClass("disputed");
    private static final double HEIGHT = 8;
    private static final double SHORTEST = 3;

    private final Supplier<FactsModel.Span> axis;
    private final Region track = new Region();
    private final Region bar = new Region();
    private double begin;
    private double end;

    private final Region holder = new Region() {
        {
            getChildren().addAll(track, bar);
        }

        @Override
        protected void layoutChildren() {
            double top = Math.rint((getHeight() - HEIGHT) / 2);
            track.resizeRelocate(0, top, getWidth(), HEIGHT);
            double from = Math.min(begin * getWidth(), getWidth() - SHORTEST);
            bar.resizeRelocate(from, top, Math.max(SHORTEST, (end - begin) * getWidth()), HEIGHT);
        }
    };

    ValidityCell(Supplier<FactsModel.Span> axis) {
        this.axis = axis;
        track.getStyleClass().add("validity-track");
        bar.getStyleClass().add("validity");
        holder.setPrefHeight(HEIGHT);
    }

    @Override
    protected void updateItem(@Nullable Fact fact, boolean empty) {
        super.updateItem(fact, empty);
        if (empty || fact == null) {
            setGraphic(null);
            return;
        }
        FactsModel.Span span = axis.get();
        begin = span.position(fact.time().validFrom());
        end = fact.time().validTo().map(span::position).orElse(1.0);
        bar.pseudoClassStateChanged(ENDED, !fact.time().current());
        bar.pseudoClassStateChanged(DISPUTED, !fact.conflictsWith().isEmpty());
        holder.requestLayout();
        setGraphic(holder);
        setAccessibleText(FactTexts.validity(fact));
    }
}
