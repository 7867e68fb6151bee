package dev.memfuse.monitoring;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A strict parser of the text format 0.0.4 of Prometheus and of OpenMetrics 1.0: refuses a line of neither, a family
/// without a type, a family in two places, a repeated series, and a histogram whose buckets are not cumulative.
public final class MetricsText {
    private static final Pattern META = Pattern.compile("# (HELP|TYPE|UNIT) ([a-zA-Z_:][a-zA-Z0-9_:]*) (.*)");
    private static final Pattern SAMPLE = Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)})? (\\S+)");
    private static final Pattern LABEL = Pattern
            .compile("([a-zA-Z_][a-zA-Z0-9_]*)=\"((?:[^\"\\\\\\n]|\\\\[\\\\\"n])*)\"(,|$)");
    private static final List<String> SUFFIXES = List.of("_bucket", "_sum", "_count", "_total", "_created", "_info");

    private final Map<String, String> types = new LinkedHashMap<>();
    private final Map<String, Double> series = new LinkedHashMap<>();
    private final Set<String> names = new HashSet<>();
    private final Set<String> closed = new HashSet<>();
    private String family = "";

    private MetricsText() {}

    /// @throws IllegalArgumentException when the text is no such format
    public static MetricsText parse(String text) {
        MetricsText parsed = new MetricsText();
        if (!text.endsWith("\n")) {
            throw new IllegalArgumentException("The last line has no end.");
        }
        text.lines().forEach(parsed::line);
        parsed.histograms();
        return parsed;
    }

    /// Returns the names of all samples.
    public Set<String> names() {
        return Set.copyOf(names);
    }

    /// Returns the value of a series.
    ///
    /// @param name with labels in alphabetical order, for instance `up{job="x"}`
    public double value(String name) {
        Double value = series.get(name);
        if (value == null) {
            throw new IllegalArgumentException("There is no " + name + " in " + series.keySet());
        }
        return value;
    }

    /// Returns the type of a family.
    public String type(String name) {
        return types.getOrDefault(name, "none");
    }

    private void line(String line) {
        if (line.equals("# EOF")) {
            return;
        }
        Matcher meta = META.matcher(line);
        if (meta.matches()) {
            enter(meta.group(2));
            if (meta.group(1).equals("TYPE") && types.put(meta.group(2), meta.group(3)) != null) {
                throw new IllegalArgumentException("Two types: " + line);
            }
            return;
        }
        Matcher sample = SAMPLE.matcher(line);
        if (!sample.matches()) {
            throw new IllegalArgumentException("No sample: " + line);
        }
        String name = sample.group(1);
        if (!name.equals(family) && SUFFIXES.stream().noneMatch(suffix -> name.equals(family + suffix))) {
            throw new IllegalArgumentException(name + " is in the family " + family);
        }
        names.add(name);
        String key = name + labels(sample.group(2));
        if (series.put(key, number(sample.group(3))) != null) {
            throw new IllegalArgumentException("Two series: " + key);
        }
    }

    private void enter(String name) {
        if (!name.equals(family)) {
            closed.add(family);
            if (closed.contains(name)) {
                throw new IllegalArgumentException("The family " + name + " is in two places.");
            }
            family = name;
        }
    }

    private static String labels(String text) {
        if (text == null || text.isEmpty()) {
            return "";
        }
        Map<String, String> labels = new TreeMap<>();
        Matcher label = LABEL.matcher(text);
        int end = 0;
        while (label.find() && label.start() == end) {
            labels.put(label.group(1), label.group(2));
            end = label.end();
        }
        if (end != text.length()) {
            throw new IllegalArgumentException("No labels: " + text);
        }
        List<String> sorted = new ArrayList<>();
        labels.forEach((name, value) -> sorted.add(name + "=\"" + value + "\""));
        return "{" + String.join(",", sorted) + "}";
    }

    private static double number(String text) {
        return switch (text) {
            case "+Inf" -> Double.POSITIVE_INFINITY;
            case "-Inf" -> Double.NEGATIVE_INFINITY;
            default -> Double.parseDouble(text);
        };
    }

    private void histograms() {
        Map<String, Double> last = new HashMap<>();
        series.forEach((key, count) -> {
            if (key.contains("_bucket{")) {
                String rest = key.replaceFirst("(,)?le=\"[^\"]*\"", "");
                if (last.getOrDefault(rest, 0.0) > count) {
                    throw new IllegalArgumentException("Not cumulative: " + key);
                }
                last.put(rest, count);
            }
        });
    }
}
