package dev.memfuse.lab.scenario;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import dev.memfuse.config.ConfigProblem;
import dev.memfuse.config.ConfigProblem.Position;
import dev.memfuse.config.schema.NearestName;
import dev.memfuse.config.yaml.YamlNode;
import dev.memfuse.config.yaml.YamlNode.Scalar;
import dev.memfuse.config.yaml.YamlNode.Section;
import dev.memfuse.config.yaml.YamlNode.Sequence;
import org.jspecify.annotations.Nullable;

/// Reads the fields of one section of a scenario and collects the problems of all of them. Each field that is asked for
/// is known; [#end] reports the others.
final class Fields {
    private final Section section;
    private final String path;
    private final List<ConfigProblem> problems;
    private final Map<String, Position> positions;
    private final Set<String> known = new LinkedHashSet<>();

    /// @param path path of the section; empty for the root
    /// @param problems receives the problems
    /// @param positions receives the position of each value by its path
    Fields(Section section, String path, List<ConfigProblem> problems, Map<String, Position> positions) {
        this.section = section;
        this.path = path;
        this.problems = problems;
        this.positions = positions;
    }

    private String pathOf(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    private @Nullable YamlNode find(String name) {
        known.add(name);
        YamlNode found = section.entries().get(name);
        if (found != null) {
            positions.put(pathOf(name), found.position());
        }
        return found;
    }

    /// Returns whether the section has a field; the field becomes known.
    boolean has(String name) {
        known.add(name);
        return section.entries().containsKey(name);
    }

    /// Returns whether a field is there and has one value; [#text] reports one that has not.
    private boolean isValue(String name) {
        return section.entries().get(name) instanceof Scalar;
    }

    /// Reports a problem of a field.
    void wrong(String name, String sentence) {
        YamlNode value = section.entries().get(name);
        problems.add(new ConfigProblem(pathOf(name), sentence,
                Optional.of(value == null ? section.position() : value.position())));
    }

    /// Returns a text; `none` when it is absent or wrong.
    String text(String name, String none) {
        YamlNode found = find(name);
        if (found instanceof Scalar scalar) {
            return scalar.text();
        }
        if (found != null) {
            wrong(name, "expected one value");
        }
        return none;
    }

    /// Returns a decimal number; `none` when it is absent or wrong.
    double number(String name, double none) {
        String text = text(name, "");
        if (!isValue(name)) {
            return none;
        }
        return decimal(name, text).orElse(none);
    }

    private Optional<Double> decimal(String name, String text) {
        try {
            double number = new BigDecimal(text.strip()).doubleValue();
            if (Double.isFinite(number)) {
                return Optional.of(number);
            }
        } catch (NumberFormatException e) {
            // Reported below.
        }
        wrong(name, "expected a number, found " + shown(text));
        return Optional.empty();
    }

    /// Returns a whole number; `none` when it is absent or wrong.
    long whole(String name, long min, long max, long none) {
        String text = text(name, "");
        if (!isValue(name)) {
            return none;
        }
        try {
            long number = new BigDecimal(text.strip()).longValueExact();
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException | ArithmeticException e) {
            // Reported below.
        }
        wrong(name, String.format(Locale.ROOT, "expected a whole number from %,d to %,d, found %s", min, max,
                shown(text)));
        return none;
    }

    /// Returns a time; `none` when it is absent or wrong.
    Duration time(String name, Duration none) {
        String text = text(name, "");
        if (!isValue(name)) {
            return none;
        }
        Optional<Duration> time = Times.parse(text);
        if (time.isEmpty()) {
            wrong(name, "expected a time such as 20s, 500ms or 2m, found " + shown(text));
        }
        return time.orElse(none);
    }

    /// Returns one of some words; `none` when it is absent or wrong.
    String word(String name, Collection<String> words, String none) {
        String text = text(name, "");
        if (!isValue(name)) {
            return none;
        }
        if (words.contains(text)) {
            return text;
        }
        wrong(name, "expected one of " + String.join(", ", words) + ", found " + shown(text) + suggestion(text, words));
        return none;
    }

    private static String shown(String text) {
        return text.isEmpty() ? "nothing" : "'" + text + "'";
    }

    private static String suggestion(String text, Collection<String> words) {
        return NearestName.of(text, words).map(near -> "; did you mean " + near + "?").orElse("");
    }

    /// Returns the texts of a list; one value stands for a list of one.
    List<String> texts(String name) {
        YamlNode found = find(name);
        if (found == null) {
            return List.of();
        }
        if (found instanceof Scalar scalar) {
            return scalar.text().isEmpty() ? List.of() : List.of(scalar.text());
        }
        List<String> texts = new ArrayList<>();
        if (found instanceof Sequence list) {
            for (YamlNode item : list.items()) {
                if (item instanceof Scalar scalar && !scalar.text().isEmpty()) {
                    texts.add(scalar.text());
                } else {
                    problems.add(new ConfigProblem(pathOf(name), "expected one value for each line of the list",
                            Optional.of(item.position())));
                }
            }
        } else {
            wrong(name, "expected a list");
        }
        return texts;
    }

    /// Returns the numbers of a list.
    List<Double> numbers(String name) {
        return texts(name).stream().flatMap(text -> decimal(name, text).stream()).toList();
    }

    /// Returns the fields of a section; an empty section when it is absent or wrong.
    Fields section(String name) {
        YamlNode found = find(name);
        if (found instanceof Section inner) {
            return new Fields(inner, pathOf(name), problems, positions);
        }
        if (found != null) {
            wrong(name, "expected a section with keys and values");
        }
        return new Fields(new Section(Map.of(), Map.of(), section.position()), pathOf(name), problems, positions);
    }

    /// Returns whether a field is a section.
    boolean isSection(String name) {
        return find(name) instanceof Section;
    }

    /// Returns the sections of a list.
    List<Fields> sections(String name) {
        YamlNode found = find(name);
        List<Fields> all = new ArrayList<>();
        if (found instanceof Sequence list) {
            for (int i = 0; i < list.items().size(); i++) {
                String item = pathOf(name) + "[" + (i + 1) + "]";
                if (list.items().get(i) instanceof Section inner) {
                    all.add(new Fields(inner, item, problems, positions));
                } else {
                    problems.add(new ConfigProblem(item, "expected keys such as at, with values",
                            Optional.of(list.items().get(i).position())));
                }
            }
        } else if (found != null) {
            wrong(name, "expected a list");
        }
        return all;
    }

    /// Returns the names of all fields and makes them known.
    Set<String> names() {
        known.addAll(section.entries().keySet());
        return section.entries().keySet();
    }

    /// Reports the fields that nobody asked for.
    void end() {
        section.keys().forEach((name, position) -> {
            if (!known.contains(name)) {
                String near = NearestName.of(name, known).map(known -> "; did you mean " + known + "?")
                        .orElse("; known keys are " + String.join(", ", known));
                problems.add(new ConfigProblem(pathOf(name), "unknown key" + near, Optional.of(position)));
            }
        });
    }
}
