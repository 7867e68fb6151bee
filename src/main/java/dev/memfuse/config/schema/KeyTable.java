package dev.memfuse.config.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import dev.memfuse.config.schema.ConfigKey.Kind;

/// Collects the rows of [ConfigSchema], so that each is one readable line there.
final class KeyTable {
    private static final int LONGEST_TEXT = 2000;

    private final List<ConfigKey> rows = new ArrayList<>();
    private String prefix = "";
    private String title = "";
    private boolean hot = true;

    /// The rows that follow stand in this section of the file, under this title on a page.
    KeyTable section(String path, String sectionTitle) {
        prefix = path + ".";
        title = sectionTitle;
        return this;
    }

    /// The next row alone is fixed at start.
    KeyTable fixed() {
        hot = false;
        return this;
    }

    KeyTable flag(String name, String description, String plan) {
        return row(name, Kind.BOOLEAN, 0, 0, List.of(), "", description, plan);
    }

    KeyTable whole(String name, int min, int max, String unit, String description, String plan) {
        return row(name, Kind.INTEGER, min, max, List.of(), unit, description, plan);
    }

    KeyTable seconds(String name, double min, double max, String description, String plan) {
        return row(name, Kind.SECONDS, min, max, List.of(), "s", description, plan);
    }

    KeyTable share(String name, String description, String plan) {
        return row(name, Kind.FRACTION, 0, 1, List.of(), "", description, plan);
    }

    KeyTable text(String name, int shortest, String description, String plan) {
        return row(name, Kind.TEXT, shortest, LONGEST_TEXT, List.of(), "", description, plan);
    }

    KeyTable choice(String name, Enum<?>[] choices, String description, String plan) {
        List<String> words = Stream.of(choices).map(ConfigKey::word).toList();
        return row(name, Kind.CHOICE, 0, 0, words, "", description, plan);
    }

    List<ConfigKey> rows() {
        return List.copyOf(rows);
    }

    private KeyTable row(String name, Kind kind, double min, double max, List<String> choices, String unit,
            String description, String plan) {
        rows.add(new ConfigKey(prefix + name, kind, min, max, choices, unit, hot, description, plan, title));
        hot = true;
        return this;
    }
}
