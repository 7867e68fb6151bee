package dev.memfuse.lab.scenario;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import dev.memfuse.load.Workload.Arrival;
import dev.memfuse.load.Workload.ArrivalProcess;
import dev.memfuse.load.shape.Shape;

/// Reads the arrivals of a scenario and their shape.
///
/// @param fields the root
/// @param folder folder that relative paths refer to
/// @param duration measured time, over which a ramp rises by default
record ArrivalFields(Fields fields, Path folder, Duration duration) {
    private static final List<String> MODELS = List.of("poisson", "constant", "closed");
    private static final List<String> KINDS = List.of("steady", "ramp", "steps", "spike", "sine", "replay");
    private static final Duration STEP = Duration.ofSeconds(10);

    Arrival read() {
        Fields arrival = fields.section("arrival");
        String model = arrival.word("model", MODELS, MODELS.getFirst());
        if (model.equals("closed")) {
            return closed(arrival);
        }
        double rate = arrival.number("rate", ScenarioDefaults.RATE);
        int inFlight = (int) arrival.whole("max_in_flight", 1, 10_000, ScenarioDefaults.MAX_IN_FLIGHT);
        Shape shape = fields.has("shape") ? shape(rate, arrival) : new Shape.Steady(rate);
        arrival.end();
        return new Arrival.Open(model.equals("constant") ? ArrivalProcess.CONSTANT : ArrivalProcess.POISSON, shape,
                inFlight);
    }

    private Arrival closed(Fields arrival) {
        Arrival closed = new Arrival.Closed((int) arrival.whole("concurrency", 1, 10_000, ScenarioDefaults.CONCURRENCY),
                arrival.time("think_time", Duration.ZERO));
        if (fields.has("shape")) {
            fields.wrong("shape", "a closed load has no rate, and so no shape; use the model poisson or constant");
        }
        for (String open : List.of("rate", "max_in_flight")) {
            if (arrival.has(open)) {
                arrival.wrong(open, "a closed load has none; use the model poisson or constant");
            }
        }
        arrival.end();
        return closed;
    }

    private Shape shape(double rate, Fields arrival) {
        Fields shape = fields.section("shape");
        String kind = shape.word("kind", KINDS, "steady");
        if (arrival.has("rate") && List.of("ramp", "steps", "replay").contains(kind)) {
            arrival.wrong("rate", "the shape " + kind + " has its own rates; leave this out");
        }
        Shape read = switch (kind) {
            case "ramp" -> new Shape.Ramp(shape.number("from", 0), shape.number("to", rate),
                    shape.time("over", duration));
            case "steps" -> new Shape.Steps(rates(shape), shape.time("every", STEP));
            case "spike" -> new Shape.Spike(rate, shape.number("peak", 5 * rate),
                    shape.time("at", duration.dividedBy(2)), shape.time("for", duration.dividedBy(10)));
            case "sine" -> new Shape.Sine(rate, shape.number("amplitude", rate / 2),
                    shape.time("period", Duration.ofMinutes(1)));
            case "replay" -> replay(shape);
            default -> new Shape.Steady(rate);
        };
        shape.end();
        return read;
    }

    private static List<Double> rates(Fields shape) {
        List<Double> rates = shape.numbers("rates");
        if (rates.isEmpty()) {
            shape.wrong("rates", "expected at least one rate, for instance rates: [100, 200, 400]");
            return List.of(1.0);
        }
        return rates;
    }

    private Shape replay(Fields shape) {
        String text = shape.text("recording", "");
        double scale = shape.number("scale", 1);
        if (text.isEmpty()) {
            shape.wrong("recording", "expected the folder or the timeline.csv of a recorded run");
            return new Shape.Steady(1);
        }
        try {
            return RecordedArrivals.read(path(folder, text), scale);
        } catch (IllegalArgumentException e) {
            shape.wrong("recording", String.valueOf(e.getMessage()));
            return new Shape.Steady(1);
        }
    }

    /// Returns the path that a text means.
    static Path path(Path folder, String text) {
        try {
            return folder.resolve(text).normalize();
        } catch (InvalidPathException e) {
            // A path that no file can have does not exist, which the checks of the workload report.
            return folder.resolve("invalid path");
        }
    }
}
