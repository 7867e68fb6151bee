package dev.memfuse.console.load;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import javafx.beans.Observable;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

import dev.memfuse.console.fx.Remembered;
import dev.memfuse.load.Workload.ArrivalProcess;
import dev.memfuse.load.Workload.GeneratorPlace;

/// What is typed and chosen in the load form, valid or not. FX thread only.
final class LoadInput {
    private static final String KEPT = "load.form.";

    private final Map<LoadField, StringProperty> texts = new EnumMap<>(LoadField.class);
    private final Map<LoadText, StringProperty> lines = new EnumMap<>(LoadText.class);
    private final BooleanProperty open = new SimpleBooleanProperty(true);
    private final BooleanProperty untilSettled = new SimpleBooleanProperty(false);
    private final ObjectProperty<ArrivalProcess> process = new SimpleObjectProperty<>(ArrivalProcess.POISSON);
    private final ObjectProperty<GeneratorPlace> generator = new SimpleObjectProperty<>(GeneratorPlace.SHARED);
    private final ObjectProperty<ShapeKind> shape = new SimpleObjectProperty<>(ShapeKind.STEADY);
    private final BooleanProperty fromDataset = new SimpleBooleanProperty(false);
    private final StringProperty dataset = new SimpleStringProperty("");

    LoadInput() {
        for (LoadField field : LoadField.values()) {
            texts.put(field, new SimpleStringProperty(field.first()));
        }
        for (LoadText field : LoadText.values()) {
            lines.put(field, new SimpleStringProperty(""));
        }
    }

    /// Calls `changed` after each change, and now.
    void subscribe(Runnable changed) {
        texts.values().forEach(text -> text.subscribe(changed));
        lines.values().forEach(text -> text.subscribe(changed));
        List.<Observable>of(open, untilSettled, process, generator, shape, fromDataset, dataset)
                .forEach(choice -> choice.subscribe(changed));
        changed.run();
    }

    /// Shows what was typed before the last end of the window, and keeps what is typed from now on.
    void keep(Remembered remembered) {
        texts.forEach((field, text) -> remembered.keep(KEPT + field.name(), text));
        lines.forEach((field, text) -> remembered.keep(KEPT + field.name(), text));
        remembered.keep(KEPT + "open", open);
        remembered.keep(KEPT + "until_settled", untilSettled);
        remembered.keep(KEPT + "process", ArrivalProcess.class, process);
        remembered.keep(KEPT + "shape", ShapeKind.class, shape);
        remembered.keep(KEPT + "from_files", fromDataset);
        remembered.keep(KEPT + "files", dataset);
    }

    /// Returns the numeric fields that apply to the choices.
    Set<LoadField> applicable() {
        EnumSet<LoadField> fields = EnumSet.of(LoadField.USERS, LoadField.DURATION, LoadField.WARMUP, LoadField.ADD,
                LoadField.QUERY, LoadField.LIST, LoadField.BATCH, LoadField.TOP_K, LoadField.SEED);
        if (untilSettled.get()) {
            fields.add(LoadField.WARMUP_MAX);
        }
        if (open.get()) {
            fields.addAll(shape.get().fields());
            fields.add(LoadField.IN_FLIGHT);
        } else {
            fields.addAll(List.of(LoadField.CONCURRENCY, LoadField.THINK_TIME));
        }
        return fields;
    }

    /// Returns the number in a valid field.
    double number(LoadField field) {
        return parsed(field).doubleValue();
    }

    /// Returns the whole number in a valid field.
    int whole(LoadField field) {
        return (int) number(field);
    }

    /// Returns the valid seed.
    long seed() {
        return parsed(LoadField.SEED).longValue();
    }

    /// Returns the time in a valid field of seconds.
    Duration seconds(LoadField field) {
        return Duration.ofNanos(parsed(field).movePointRight(9).longValue());
    }

    private BigDecimal parsed(LoadField field) {
        return field.parse(text(field).get()).orElseThrow();
    }

    /// Returns the text of a numeric field.
    StringProperty text(LoadField field) {
        return Objects.requireNonNull(texts.get(field));
    }

    /// Returns the text of another field.
    StringProperty text(LoadText field) {
        return Objects.requireNonNull(lines.get(field));
    }

    /// Returns whether operations arrive at a rate instead of a fixed concurrency.
    BooleanProperty openProperty() {
        return open;
    }

    /// Returns whether the warm-up lasts until the load has settled.
    BooleanProperty untilSettledProperty() {
        return untilSettled;
    }

    /// Returns the distribution of the arrivals.
    ObjectProperty<ArrivalProcess> processProperty() {
        return process;
    }

    /// Returns the process of the load generator.
    ObjectProperty<GeneratorPlace> generatorProperty() {
        return generator;
    }

    /// Returns the shape of the rate.
    ObjectProperty<ShapeKind> shapeProperty() {
        return shape;
    }

    /// Returns whether the conversations come from files instead of the generator.
    BooleanProperty fromDatasetProperty() {
        return fromDataset;
    }

    /// Returns the path of the file or folder of conversations.
    StringProperty datasetProperty() {
        return dataset;
    }
}
