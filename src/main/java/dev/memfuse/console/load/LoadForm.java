package dev.memfuse.console.load;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

import dev.memfuse.load.Workload;

/// Input of the load form and its problems. FX thread only.
final class LoadForm {
    private static final Set<LoadField> OPEN_ONLY = Set.of(LoadField.RATE, LoadField.IN_FLIGHT);
    private static final List<LoadField> MIX = List.of(LoadField.ADD, LoadField.QUERY, LoadField.LIST);

    private final Map<LoadField, StringProperty> texts = new EnumMap<>(LoadField.class);
    private final Map<LoadField, ReadOnlyStringWrapper> problems = new EnumMap<>(LoadField.class);
    private final BooleanProperty open = new SimpleBooleanProperty(false);
    private final BooleanProperty fromDataset = new SimpleBooleanProperty(false);
    private final StringProperty dataset = new SimpleStringProperty("");
    private final ReadOnlyStringWrapper datasetProblem = new ReadOnlyStringWrapper("");
    private final ReadOnlyBooleanWrapper valid = new ReadOnlyBooleanWrapper(true);

    LoadForm() {
        for (LoadField field : LoadField.values()) {
            texts.put(field, new SimpleStringProperty(field.first()));
            problems.put(field, new ReadOnlyStringWrapper(""));
        }
        texts.values().forEach(text -> text.subscribe(this::check));
        open.subscribe(this::check);
        fromDataset.subscribe(this::check);
        dataset.subscribe(this::check);
    }

    private void check() {
        for (LoadField field : LoadField.values()) {
            problemText(field).set(applies(field) ? field.problem(text(field).get()) : "");
        }
        if (MIX.stream().allMatch(field -> problem(field).get().isEmpty() && number(field) == 0)) {
            problemText(LoadField.ADD).set("Enter a share above 0 for at least one operation.");
        }
        datasetProblem.set(fromDataset.get() ? describeDatasetProblem() : "");
        valid.set(datasetProblem.get().isEmpty() && problems.values().stream().allMatch(text -> text.get().isEmpty()));
    }

    private boolean applies(LoadField field) {
        return field == LoadField.CONCURRENCY ? !open.get() : !OPEN_ONLY.contains(field) || open.get();
    }

    private ReadOnlyStringWrapper problemText(LoadField field) {
        return Objects.requireNonNull(problems.get(field));
    }

    private String describeDatasetProblem() {
        if (dataset.get().isBlank()) {
            return "Choose a file with conversations or a folder of them.";
        }
        try {
            return Files.exists(Path.of(dataset.get())) ? "" : "The file or folder does not exist. Choose another one.";
        } catch (InvalidPathException e) {
            return "The path is not valid: " + e.getReason() + ".";
        }
    }

    /// Returns the typed load; empty when a field is invalid.
    Optional<Workload> workload() {
        return valid.get() ? Optional.of(build()) : Optional.empty();
    }

    private Workload build() {
        Workload.Arrival arrival = open.get()
                ? new Workload.Arrival.Open(number(LoadField.RATE), whole(LoadField.IN_FLIGHT))
                : new Workload.Arrival.Closed(whole(LoadField.CONCURRENCY));
        Workload.Mix mix = new Workload.Mix(number(LoadField.ADD), number(LoadField.QUERY), number(LoadField.LIST));
        Optional<Path> data = fromDataset.get() ? Optional.of(Path.of(dataset.get())) : Optional.empty();
        return new Workload(whole(LoadField.USERS), arrival, Duration.ofSeconds(whole(LoadField.DURATION)),
                Duration.ofSeconds(whole(LoadField.WARMUP)), mix, whole(LoadField.BATCH), whole(LoadField.TOP_K),
                LoadField.SEED.parse(text(LoadField.SEED).get()).orElseThrow().longValue(), data);
    }

    private double number(LoadField field) {
        return field.parse(text(field).get()).orElseThrow().doubleValue();
    }

    private int whole(LoadField field) {
        return (int) number(field);
    }

    /// Returns the text of a field.
    StringProperty text(LoadField field) {
        return Objects.requireNonNull(texts.get(field));
    }

    /// Returns the problem of a field; empty when it is valid.
    ReadOnlyStringProperty problem(LoadField field) {
        return problemText(field).getReadOnlyProperty();
    }

    /// Returns whether operations arrive at a rate instead of a fixed concurrency.
    BooleanProperty openProperty() {
        return open;
    }

    /// Returns whether the conversations come from files instead of the generator.
    BooleanProperty fromDatasetProperty() {
        return fromDataset;
    }

    /// Returns the path of the file or folder of conversations.
    StringProperty datasetProperty() {
        return dataset;
    }

    /// Returns the problem of the file or folder; empty when it is valid.
    ReadOnlyStringProperty datasetProblemProperty() {
        return datasetProblem.getReadOnlyProperty();
    }

    /// Returns whether all fields are valid.
    ReadOnlyBooleanProperty validProperty() {
        return valid.getReadOnlyProperty();
    }
}
