package dev.memfuse.lab.scenario;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import dev.memfuse.fault.Fault;
import dev.memfuse.load.Workload;
import dev.memfuse.load.Workload.Arrival;
import dev.memfuse.load.shape.Shape;

/// Writes scenarios as readable YAML, which [ScenarioFile] reads back as an equal value.
public final class ScenarioYaml {
    private final StringBuilder yaml = new StringBuilder();

    private ScenarioYaml() {}

    /// Returns the text of a scenario. Paths in it are absolute, so that it can be saved anywhere.
    public static String write(Scenario scenario) {
        ScenarioYaml writer = new ScenarioYaml();
        writer.head(scenario);
        writer.workload(scenario.workload());
        writer.events(scenario);
        return writer.yaml.toString();
    }

    private void line(String key, Object value) {
        yaml.append(key).append(": ").append(value).append('\n');
    }

    private void section(String name, Map<String, Object> values) {
        yaml.append(name).append(":\n");
        values.forEach((key, value) -> yaml.append("  ").append(key).append(": ").append(value).append('\n'));
    }

    private void head(Scenario scenario) {
        if (!scenario.name().isEmpty()) {
            line("name", quoted(scenario.name()));
        }
        if (!scenario.description().isEmpty()) {
            line("description", quoted(scenario.description()));
        }
        if (scenario.profiles().size() == 1) {
            line("profile", quoted(scenario.profiles().getFirst()));
        } else if (!scenario.profiles().isEmpty()) {
            line("profiles", scenario.profiles().stream().map(ScenarioYaml::quoted)
                    .collect(Collectors.joining(", ", "[", "]")));
        }
        scenario.network().ifPresent(network -> line("network", network.label()));
    }

    private void workload(Workload workload) {
        line("users", workload.users());
        line("seed", workload.seed());
        if (workload.generator() != Workload.GeneratorPlace.SHARED) {
            line("generator", workload.generator().label());
        }
        arrival(workload.arrival());
        line("mix", mix(workload.mix()));
        Workload.Content content = workload.content();
        Map<String, Object> messages = new TreeMap<>(Map.of("per_add", content.batchSize()));
        content.messageSize().ifPresent(size -> messages.put("size",
                size.min() == size.max() ? Integer.toString(size.min()) : size.min() + ".." + size.max()));
        section("messages", messages);
        line("top_k", content.topK());
        content.dataset().ifPresent(path -> line("dataset", path(path)));
        Workload.Warmup warmup = workload.warmup();
        if (warmup.isFixed()) {
            line("warmup", Times.print(warmup.minimum()));
        } else if (warmup.equals(Workload.Warmup.AUTO)) {
            line("warmup", "auto");
        } else {
            section("warmup", new TreeMap<>(Map.of("minimum", Times.print(warmup.minimum()), "maximum",
                    Times.print(warmup.maximum()))));
        }
        line("duration", Times.print(workload.duration()));
        list("thresholds", workload.thresholds().stream().map(threshold -> quoted(threshold.text())).toList());
    }

    private void arrival(Arrival arrival) {
        Map<String, Object> values = new TreeMap<>();
        switch (arrival) {
            case Arrival.Closed closed -> {
                values.put("model", "closed");
                values.put("concurrency", closed.concurrency());
                values.put("think_time", Times.print(closed.thinkTime()));
                section("arrival", values);
            }
            case Arrival.Open open -> {
                values.put("model", open.process().name().toLowerCase(Locale.ROOT));
                values.put("max_in_flight", open.maxInFlight());
                Map<String, Object> shape = new TreeMap<>(Map.of("kind", open.shape().label()));
                shape(open.shape(), values, shape);
                section("arrival", values);
                section("shape", shape);
            }
        }
    }

    private static void shape(Shape shape, Map<String, Object> arrival, Map<String, Object> values) {
        switch (shape) {
            case Shape.Steady(double rate) -> arrival.put("rate", number(rate));
            case Shape.Ramp(double from, double to, Duration over) -> {
                values.put("from", number(from));
                values.put("to", number(to));
                values.put("over", Times.print(over));
            }
            case Shape.Steps(List<Double> rates, Duration every) -> {
                values.put("rates", rates.stream().map(ScenarioYaml::number)
                        .collect(Collectors.joining(", ", "[", "]")));
                values.put("every", Times.print(every));
            }
            case Shape.Spike(double rate, double peak, Duration at, Duration length) -> {
                arrival.put("rate", number(rate));
                values.put("peak", number(peak));
                values.put("at", Times.print(at));
                values.put("for", Times.print(length));
            }
            case Shape.Sine(double rate, double amplitude, Duration period) -> {
                arrival.put("rate", number(rate));
                values.put("amplitude", number(amplitude));
                values.put("period", Times.print(period));
            }
            case Shape.Replay(Path recording, double scale, _) -> {
                values.put("recording", path(recording));
                values.put("scale", number(scale));
            }
        }
    }

    private void events(Scenario scenario) {
        list("changes", scenario.changes().stream().map(ScenarioYaml::change).toList());
        list("faults", scenario.faults().stream().map(ScenarioYaml::fault).toList());
    }

    private void list(String name, List<String> items) {
        if (!items.isEmpty()) {
            yaml.append(name).append(":\n");
            items.forEach(item -> yaml.append("  - ").append(item).append('\n'));
        }
    }

    private static String change(ScenarioChange change) {
        return "{at: " + Times.print(change.at()) + ", " + what(change) + "}";
    }

    /// Returns the fields of a change besides its time.
    static String what(ScenarioChange change) {
        return switch (change) {
            case ScenarioChange.Settings settings -> "set: " + new TreeMap<>(settings.values()).entrySet().stream()
                    .map(entry -> quoted(entry.getKey()) + ": " + quoted(entry.getValue()))
                    .collect(Collectors.joining(", ", "{", "}"));
            case ScenarioChange.Load load -> "rate: " + number(load.load());
            case ScenarioChange.Mix mix -> "mix: " + mix(mix.mix());
        };
    }

    private static String fault(ScenarioFault fault) {
        return "{at: " + Times.print(fault.at()) + ", " + what(fault) + "}";
    }

    /// Returns the fields of a fault besides its time.
    static String what(ScenarioFault fault) {
        Fault what = fault.fault();
        return "kind: " + what.kind().label()
                + (fault.length().isZero() ? "" : ", for: " + Times.print(fault.length()))
                + (what.delay().isZero() ? "" : ", delay: " + Times.print(what.delay()))
                + (what.bytesPerSecond() == 0 ? "" : ", kib_per_second: " + Math.ceilDiv(what.bytesPerSecond(), 1_024));
    }

    private static String mix(Workload.Mix mix) {
        return "{add: " + number(mix.add()) + ", query: " + number(mix.query()) + ", list: " + number(mix.list())
                + "}";
    }

    /// Returns the shortest text of a number that reads as the same number.
    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }

    private static String path(Path path) {
        return quoted(path.toAbsolutePath().normalize().toString());
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.chars().forEach(letter -> {
            switch (letter) {
                case '"', '\\' -> quoted.append('\\').append((char) letter);
                case '\n' -> quoted.append("\\n");
                default -> {
                    if (Character.isISOControl(letter) || letter == '\ufeff' || letter == 0x2028
                            || letter == 0x2029) {
                        quoted.append(String.format(Locale.ROOT, "\\u%04x", letter));
                    } else {
                        quoted.append((char) letter);
                    }
                }
            }
        });
        return quoted.append('"').toString();
    }
}
