package dev.memfuse.lab.scenario;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import dev.memfuse.config.ConfigException;
import dev.memfuse.config.ConfigProblem;
import dev.memfuse.config.ConfigProblem.Position;
import dev.memfuse.config.yaml.YamlDocument;
import dev.memfuse.config.yaml.YamlNode;
import dev.memfuse.fault.Fault;
import dev.memfuse.fault.NetworkProfile;
import dev.memfuse.load.Threshold;
import dev.memfuse.load.Workload;
import dev.memfuse.load.Workload.Content;
import dev.memfuse.load.Workload.GeneratorPlace;
import dev.memfuse.load.Workload.MessageSize;
import dev.memfuse.load.Workload.Mix;
import dev.memfuse.load.Workload.Warmup;

/// Reads scenarios, as strictly as the configuration: an unknown key, a wrong type and a value out of range are
/// problems with their line and column, and one exception reports all of them.
public final class ScenarioFile {
    private static final List<String> NETWORKS = Arrays.stream(NetworkProfile.values()).map(NetworkProfile::label)
            .toList();
    private static final List<String> GENERATORS = Arrays.stream(GeneratorPlace.values()).map(GeneratorPlace::label)
            .toList();
    private static final String AUTO = "auto";
    private static final long KIB = 1_024;

    private final Path folder;
    private final List<ConfigProblem> problems = new ArrayList<>();
    private final Map<String, Position> positions = new HashMap<>();

    private ScenarioFile(Path folder) {
        this.folder = folder;
    }

    /// Reads a file. Relative paths in it refer to its folder. Blocks.
    ///
    /// @throws ConfigException when it cannot be read, or something in it is wrong
    public static Scenario read(Path file) {
        Path parent = file.toAbsolutePath().getParent();
        return new ScenarioFile(parent == null ? Path.of("") : parent).scenario(YamlDocument.read(file));
    }

    /// Parses a text.
    ///
    /// @param name name of the text in messages, in place of a file
    /// @param folder folder that relative paths refer to
    /// @throws ConfigException when something in it is wrong
    public static Scenario parse(String name, String yaml, Path folder) {
        return new ScenarioFile(folder).scenario(YamlDocument.parse(name, yaml));
    }

    private Scenario scenario(YamlNode.Section root) {
        Fields fields = new Fields(root, "", problems, positions);
        Workload none = ScenarioDefaults.WORKLOAD;
        String name = fields.text("name", "");
        String description = fields.text("description", "");
        List<String> profiles = profiles(fields);
        Optional<NetworkProfile> network = NetworkProfile.of(fields.word("network", NETWORKS, ""));
        int users = (int) fields.whole("users", 1, 10_000, none.users());
        long seed = fields.whole("seed", Long.MIN_VALUE, Long.MAX_VALUE, none.seed());
        Duration duration = fields.time("duration", none.duration());
        Warmup warmup = warmup(fields);
        Workload.Arrival arrival = new ArrivalFields(fields, folder, duration).read();
        GeneratorPlace generator = GeneratorPlace.valueOf(fields
                .word("generator", GENERATORS, none.generator().label()).toUpperCase(Locale.ROOT));
        Mix mix = fields.has("mix") ? mix(fields) : none.mix();
        Content content = content(fields);
        List<Threshold> thresholds = thresholds(fields);
        List<ScenarioChange> changes = changes(fields);
        List<ScenarioFault> faults = faults(fields);
        fields.end();
        Scenario scenario = new Scenario(name, description, profiles, network,
                new Workload(users, arrival, duration, warmup, mix, content, seed, thresholds, generator), changes,
                faults);
        if (problems.isEmpty()) {
            ScenarioCheck.problems(scenario).forEach(problem -> problems.add(new ConfigProblem(problem.field(),
                    problem.sentence(), position(problem.field(), root))));
        }
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
        return scenario;
    }

    /// Returns the position of the value of a field, or of the section that holds it.
    private Optional<Position> position(String field, YamlNode.Section root) {
        String path = field;
        while (!positions.containsKey(path) && path.contains(".")) {
            path = path.substring(0, path.lastIndexOf('.'));
        }
        return Optional.of(positions.getOrDefault(path, root.position()));
    }

    private static List<String> profiles(Fields fields) {
        if (fields.has("profile") && fields.has("profiles")) {
            fields.wrong("profiles", "give either profile or profiles");
        }
        String one = fields.text("profile", "");
        List<String> several = fields.texts("profiles");
        return one.isEmpty() ? several : List.of(one);
    }

    private static Warmup warmup(Fields fields) {
        if (fields.isSection("warmup")) {
            Fields bounds = fields.section("warmup");
            Warmup warmup = new Warmup(bounds.time("minimum", Warmup.AUTO.minimum()),
                    bounds.time("maximum", Warmup.AUTO.maximum()));
            bounds.end();
            return warmup;
        }
        if (!fields.has("warmup")) {
            return ScenarioDefaults.WORKLOAD.warmup();
        }
        return fields.text("warmup", "").equals(AUTO)
                ? Warmup.AUTO
                : Warmup.fixed(fields.time("warmup", Duration.ZERO));
    }

    private static Mix mix(Fields fields) {
        Fields mix = fields.section("mix");
        Mix shares = new Mix(mix.number("add", 0), mix.number("query", 0), mix.number("list", 0));
        mix.end();
        return shares;
    }

    private Content content(Fields fields) {
        Content none = ScenarioDefaults.WORKLOAD.content();
        Fields messages = fields.section("messages");
        int perAdd = (int) messages.whole("per_add", 1, 1_000, none.batchSize());
        Optional<MessageSize> size = messages.has("size") ? size(messages) : Optional.empty();
        messages.end();
        int topK = (int) fields.whole("top_k", 1, 1_000, none.topK());
        String dataset = fields.text("dataset", "");
        return new Content(perAdd, topK, dataset.isEmpty()
                ? Optional.empty()
                : Optional.of(ArrivalFields.path(folder, dataset)), size);
    }

    private static Optional<MessageSize> size(Fields messages) {
        String text = messages.text("size", "");
        String[] bounds = text.split("\\.\\.", -1);
        try {
            int min = Integer.parseInt(bounds[0].strip());
            int max = Integer.parseInt(bounds[bounds.length - 1].strip());
            if (bounds.length <= 2) {
                return Optional.of(new MessageSize(min, max));
            }
        } catch (NumberFormatException e) {
            // Reported below.
        }
        messages.wrong("size", "expected a number of characters such as 400, or a range such as 100..2000, found '"
                + text + "'");
        return Optional.empty();
    }

    private static List<Threshold> thresholds(Fields fields) {
        List<Threshold> thresholds = new ArrayList<>();
        for (String text : fields.texts("thresholds")) {
            try {
                thresholds.add(Threshold.parse(text));
            } catch (IllegalArgumentException e) {
                fields.wrong("thresholds", String.valueOf(e.getMessage()));
            }
        }
        return thresholds;
    }

    private static List<ScenarioChange> changes(Fields fields) {
        List<ScenarioChange> changes = new ArrayList<>();
        for (Fields change : fields.sections("changes")) {
            Duration at = at(change);
            List<ScenarioChange> found = new ArrayList<>();
            if (change.has("set")) {
                Fields values = change.section("set");
                Map<String, String> settings = new LinkedHashMap<>();
                values.names().forEach(name -> settings.put(name, values.text(name, "")));
                found.add(new ScenarioChange.Settings(at, settings));
            }
            for (String load : List.of("rate", "concurrency")) {
                if (change.has(load)) {
                    found.add(new ScenarioChange.Load(at, change.number(load, 1)));
                }
            }
            if (change.has("mix")) {
                found.add(new ScenarioChange.Mix(at, mix(change)));
            }
            if (found.isEmpty()) {
                change.wrong("at", "nothing is changed; give set, rate, concurrency or mix");
            }
            changes.addAll(found);
            change.end();
        }
        changes.sort(Comparator.comparing(ScenarioChange::at));
        return changes;
    }

    private static Duration at(Fields fields) {
        if (!fields.has("at")) {
            fields.wrong("at", "the time is missing; give at, for instance at: 20s");
        }
        return fields.time("at", Duration.ZERO);
    }

    private static List<ScenarioFault> faults(Fields fields) {
        List<String> kinds = Arrays.stream(Fault.Kind.values()).map(Fault.Kind::label).toList();
        List<ScenarioFault> faults = new ArrayList<>();
        for (Fields fault : fields.sections("faults")) {
            Duration at = at(fault);
            if (!fault.has("kind")) {
                fault.wrong("kind", "the kind is missing; give one of " + String.join(", ", kinds));
            }
            Fault.Kind kind = Fault.Kind.values()[kinds
                    .indexOf(fault.word("kind", kinds, Fault.Kind.STOP.label()))];
            faults.add(new ScenarioFault(at, fault.time("for", Duration.ZERO), new Fault(kind,
                    fault.time("delay", Duration.ZERO), KIB * fault.whole("kib_per_second", 1, 10_000_000, 0))));
            fault.end();
        }
        faults.sort(Comparator.comparing(ScenarioFault::at));
        return faults;
    }
}
