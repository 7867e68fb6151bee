package dev.memfuse.console.load;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

import dev.memfuse.lab.scenario.Scenario;
import dev.memfuse.load.Threshold;
import dev.memfuse.load.Workload;
import dev.memfuse.load.Workload.Arrival;
import dev.memfuse.load.Workload.ArrivalProcess;
import dev.memfuse.load.shape.Shape;

/// Shows a scenario in the load form, as its texts and choices. FX thread only.
final class ScenarioDisplay {
    private final LoadInput input;

    ScenarioDisplay(LoadInput input) {
        this.input = input;
    }

    /// Shows a scenario in the fields.
    void show(Scenario scenario) {
        Workload workload = scenario.workload();
        show(workload.arrival());
        set(LoadField.USERS, workload.users());
        setSeconds(LoadField.DURATION, workload.duration());
        setSeconds(LoadField.WARMUP, workload.warmup().minimum());
        input.untilSettledProperty().set(!workload.warmup().isFixed());
        if (!workload.warmup().isFixed()) {
            setSeconds(LoadField.WARMUP_MAX, workload.warmup().maximum());
        }
        set(LoadField.ADD, workload.mix().add());
        set(LoadField.QUERY, workload.mix().query());
        set(LoadField.LIST, workload.mix().list());
        set(LoadField.BATCH, workload.batchSize());
        set(LoadField.TOP_K, workload.topK());
        input.text(LoadField.SEED).set(Long.toString(workload.seed()));
        input.generatorProperty().set(workload.generator());
        input.fromDatasetProperty().set(workload.dataset().isPresent());
        input.datasetProperty().set(workload.dataset().map(Path::toString).orElse(""));
        input.text(LoadText.SIZE).set(workload.content().messageSize().map(size -> size.min() == size.max()
                ? Integer.toString(size.min())
                : size.min() + ".." + size.max()).orElse(""));
        input.text(LoadText.THRESHOLDS).set(workload.thresholds().stream().map(Threshold::text)
                .collect(Collectors.joining("\n")));
        input.text(LoadText.CHANGES).set(ScenarioTexts.changeLines(scenario.changes()));
        input.text(LoadText.FAULTS).set(ScenarioTexts.faultLines(scenario.faults()));
    }

    private void show(Arrival arrival) {
        input.openProperty().set(arrival instanceof Arrival.Open);
        switch (arrival) {
            case Arrival.Closed(int concurrency, Duration thinkTime) -> {
                set(LoadField.CONCURRENCY, concurrency);
                setSeconds(LoadField.THINK_TIME, thinkTime);
            }
            case Arrival.Open(ArrivalProcess newProcess, Shape newShape, int inFlight) -> {
                input.processProperty().set(newProcess);
                set(LoadField.IN_FLIGHT, inFlight);
                show(newShape);
            }
        }
    }

    private void show(Shape newShape) {
        switch (newShape) {
            case Shape.Steady(double rate) -> {
                input.shapeProperty().set(ShapeKind.STEADY);
                set(LoadField.RATE, rate);
            }
            case Shape.Ramp(double from, double to, Duration over) -> {
                input.shapeProperty().set(ShapeKind.RAMP);
                set(LoadField.FROM, from);
                set(LoadField.TO, to);
                setSeconds(LoadField.OVER, over);
            }
            case Shape.Steps(List<Double> rates, Duration every) -> {
                input.shapeProperty().set(ShapeKind.STEPS);
                input.text(LoadText.RATES)
                        .set(rates.stream().map(ScenarioDisplay::plain).collect(Collectors.joining(", ")));
                setSeconds(LoadField.EVERY, every);
            }
            case Shape.Spike(double rate, double peak, Duration at, Duration length) -> {
                input.shapeProperty().set(ShapeKind.SPIKE);
                set(LoadField.RATE, rate);
                set(LoadField.PEAK, peak);
                setSeconds(LoadField.PEAK_AT, at);
                setSeconds(LoadField.PEAK_FOR, length);
            }
            case Shape.Sine(double rate, double amplitude, Duration period) -> {
                input.shapeProperty().set(ShapeKind.SINE);
                set(LoadField.RATE, rate);
                set(LoadField.AMPLITUDE, amplitude);
                setSeconds(LoadField.PERIOD, period);
            }
            case Shape.Replay(Path recording, double scale, _) -> {
                input.shapeProperty().set(ShapeKind.REPLAY);
                input.text(LoadText.RECORDING).set(recording.toString());
                set(LoadField.SCALE, scale);
            }
        }
    }

    private void set(LoadField field, double value) {
        input.text(field).set(plain(value));
    }

    private void setSeconds(LoadField field, Duration time) {
        input.text(field).set(BigDecimal.valueOf(time.toNanos(), 9).stripTrailingZeros().toPlainString());
    }

    private static String plain(double value) {
        return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }
}
