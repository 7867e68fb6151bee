package dev.memfuse.console.load;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

import dev.memfuse.console.fx.TaskRunner;
import dev.memfuse.console.load.ScenarioTexts.WrongTextException;
import dev.memfuse.lab.scenario.Scenario;
import dev.memfuse.lab.scenario.ScenarioChange;
import dev.memfuse.lab.scenario.ScenarioFault;
import dev.memfuse.load.Threshold;
import dev.memfuse.load.Workload;
import dev.memfuse.load.Workload.Arrival;
import dev.memfuse.load.shape.Shape;

/// Reads the scenario that the load form shows. FX thread only.
final class ScenarioReader {
    private final LoadInput input;
    private final BiConsumer<LoadText, String> problems;
    private final FileLookup<Recording> recordings;

    /// A recorded run as a shape with the scale 1, or the problem with it.
    private record Recording(Optional<Shape.Replay> shape, String problem) {
        static Recording read(String text) {
            try {
                return ScenarioTexts.replay(text, 1) instanceof Shape.Replay shape
                        ? new Recording(Optional.of(shape), "")
                        : new Recording(Optional.empty(), "It is no recording.");
            } catch (WrongTextException e) {
                return new Recording(Optional.empty(), e.sentence());
            }
        }
    }

    /// @param problems receives the sentence for a text that is wrong
    /// @param tasks reads recordings
    /// @param onRead called when a recording was read
    ScenarioReader(LoadInput input, BiConsumer<LoadText, String> problems, TaskRunner tasks, Runnable onRead) {
        this.input = input;
        this.problems = problems;
        recordings = new FileLookup<>(tasks, Recording::read, onRead);
    }

    /// Returns the scenario that valid fields describe; empty when a text is wrong, which was reported.
    ///
    /// @param base has what the form does not show
    Optional<Scenario> read(Scenario base) {
        try {
            Optional<Workload.MessageSize> size = read(LoadText.SIZE, text -> ScenarioTexts.messageSize(text));
            List<Threshold> thresholds = read(LoadText.THRESHOLDS, ScenarioTexts::thresholds);
            Arrival arrival = arrival();
            List<ScenarioChange> changes = read(LoadText.CHANGES, ScenarioTexts::changes);
            List<ScenarioFault> faults = read(LoadText.FAULTS, ScenarioTexts::faults);
            Workload.Mix mix = new Workload.Mix(input.number(LoadField.ADD), input.number(LoadField.QUERY),
                    input.number(LoadField.LIST));
            Optional<Path> data = input.fromDatasetProperty().get()
                    ? Optional.of(Path.of(input.datasetProperty().get()))
                    : Optional.empty();
            Workload workload = new Workload(input.whole(LoadField.USERS), arrival, input.seconds(LoadField.DURATION),
                    warmup(), mix,
                    new Workload.Content(input.whole(LoadField.BATCH), input.whole(LoadField.TOP_K), data, size),
                    input.seed(), thresholds, input.generatorProperty().get());
            return Optional.of(new Scenario(base.name(), base.description(), base.profiles(), base.network(), workload,
                    changes, faults));
        } catch (WrongTextException e) {
            return Optional.empty();
        }
    }

    private Workload.Warmup warmup() {
        Duration minimum = input.seconds(LoadField.WARMUP);
        return new Workload.Warmup(minimum,
                input.untilSettledProperty().get() ? input.seconds(LoadField.WARMUP_MAX) : minimum);
    }

    @FunctionalInterface
    private interface TextReader<T> {
        T read(String text);
    }

    private <T> T read(LoadText field, TextReader<T> reader) {
        try {
            return reader.read(input.text(field).get());
        } catch (WrongTextException e) {
            problems.accept(field, e.sentence());
            throw e;
        }
    }

    private Arrival arrival() {
        return input.openProperty().get()
                ? new Arrival.Open(input.processProperty().get(), typedShape(), input.whole(LoadField.IN_FLIGHT))
                : new Arrival.Closed(input.whole(LoadField.CONCURRENCY), input.seconds(LoadField.THINK_TIME));
    }

    private Shape typedShape() {
        double rate = input.shapeProperty().get().fields().contains(LoadField.RATE) ? input.number(LoadField.RATE) : 0;
        return switch (input.shapeProperty().get()) {
            case STEADY -> new Shape.Steady(rate);
            case RAMP -> new Shape.Ramp(input.number(LoadField.FROM), input.number(LoadField.TO),
                    input.seconds(LoadField.OVER));
            case STEPS -> new Shape.Steps(read(LoadText.RATES, ScenarioTexts::rates), input.seconds(LoadField.EVERY));
            case SPIKE -> new Shape.Spike(rate, input.number(LoadField.PEAK), input.seconds(LoadField.PEAK_AT),
                    input.seconds(LoadField.PEAK_FOR));
            case SINE -> new Shape.Sine(rate, input.number(LoadField.AMPLITUDE), input.seconds(LoadField.PERIOD));
            case REPLAY -> read(LoadText.RECORDING, this::recorded);
        };
    }

    private Shape recorded(String text) {
        Recording recording = recordings.of(text)
                .orElseThrow(() -> new WrongTextException("The recording is being read."));
        Shape.Replay read = recording.shape().orElseThrow(() -> new WrongTextException(recording.problem()));
        return new Shape.Replay(read.recording(), input.number(LoadField.SCALE), read.perSecond());
    }
}
