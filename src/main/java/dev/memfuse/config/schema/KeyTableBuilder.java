package dev.memfuse.config.schema;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Builds the rows of [ConfigKeys]. A row begins with the type of its value; the methods of [Row] add what only some
/// rows have.
final class KeyTableBuilder {
    private final List<Row> rows = new ArrayList<>();
    private String prefix = "";
    private String sectionTitle = "";
    private ConfigGroup sectionGroup = ConfigGroup.PATH;

    /// Starts a section: the rows that follow belong to it.
    ///
    /// @param path section of the file, for instance `buffer.journal`
    /// @param title title of the section
    /// @param group group of its keys on the Flags page, unless a row names another
    void section(String path, String title, ConfigGroup group) {
        prefix = path + ".";
        sectionTitle = title;
        sectionGroup = group;
    }

    Row flag(String name, String title, String description) {
        return add(name, ValueRange.flag(), title, description);
    }

    Row integer(String name, int min, int max, String unit, String title, String description) {
        return add(name, ValueRange.integers(min, max, unit), title, description);
    }

    Row seconds(String name, double min, double max, String title, String description) {
        return add(name, ValueRange.seconds(min, max), title, description);
    }

    Row fraction(String name, String title, String description) {
        return add(name, ValueRange.fractions(), title, description);
    }

    Row text(String name, int minLength, String title, String description) {
        return add(name, ValueRange.texts(minLength), title, description);
    }

    /// Adds a text that is a list of words.
    Row words(String name, String title, String description) {
        return add(name, ValueRange.words(), title, description);
    }

    Row choice(String name, Enum<?>[] choices, String title, String description) {
        return add(name, ValueRange.choices(choices), title, description);
    }

    List<ConfigKey> keys() {
        return rows.stream().map(Row::key).toList();
    }

    private Row add(String name, ValueRange range, String title, String description) {
        var row = new Row(prefix + name, title, sectionTitle, sectionGroup, range, description);
        rows.add(row);
        return row;
    }

    /// One row, hot and without a plan's expectation or a risk unless a method says otherwise.
    static final class Row {
        private final String path;
        private final String title;
        private final String section;
        private final ValueRange range;
        private final String description;
        private final Map<String, String> risks = new HashMap<>();
        private ConfigGroup group;
        private String plan = "";
        private boolean hot = true;

        private Row(String path, String title, String section, ConfigGroup group, ValueRange range,
                String description) {
            this.path = path;
            this.title = title;
            this.section = section;
            this.group = group;
            this.range = range;
            this.description = description;
        }

        /// Puts the key into another group than that of its section.
        Row in(ConfigGroup other) {
            group = other;
            return this;
        }

        /// Sets the sentence on what the plan expects.
        Row plan(String expectation) {
            plan = expectation;
            return this;
        }

        /// Names the risk of one value.
        Row risk(Enum<?> value, String risk) {
            risks.put(ConfigValues.word(value), risk);
            return this;
        }

        /// Forbids changes while the engine runs.
        Row fixedAtStart() {
            hot = false;
            return this;
        }

        private ConfigKey key() {
            return new ConfigKey(path, title, section, group, range, hot, description, plan, risks);
        }
    }
}
