package dev.memfuse.console.flags;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.memfuse.config.ConfigChange;
import dev.memfuse.config.Tunables;
import dev.memfuse.console.fx.Formats;
import dev.memfuse.metrics.stats.Numbers;

/// An entry of the list of changes: one change, or all changes that one run of an experiment made.
///
/// @param changes oldest first, at least one
record ChangeEntry(List<Tunables.Change> changes) {
    /// Of a setting that takes more values, such as in a sweep, the first are named.
    private static final int MOST_VALUES = 8;

    ChangeEntry {
        changes = List.copyOf(changes);
    }

    /// A setting in an entry.
    ///
    /// @param path its key
    /// @param values the value before, each value that it took, and the one after the entry
    record Course(String path, String values) {}

    /// Groups changes.
    ///
    /// @param history oldest first
    /// @return the entries, that with the newest change first
    static List<ChangeEntry> of(List<Tunables.Change> history) {
        Map<Object, List<Tunables.Change>> entries = new LinkedHashMap<>();
        for (Tunables.Change change : history) {
            Object key = change.run() == null ? new Object() : change.run();
            // The entry of a run that goes on moves to the newest ones.
            List<Tunables.Change> before = entries.remove(key);
            List<Tunables.Change> grown = before == null ? new ArrayList<>() : before;
            grown.add(change);
            entries.put(key, grown);
        }
        return new ArrayList<>(entries.values()).reversed().stream().map(ChangeEntry::new).toList();
    }

    Tunables.Change first() {
        return changes.getFirst();
    }

    /// Returns whether it stands for several changes.
    boolean several() {
        return changes.size() > 1;
    }

    /// Returns what made the changes and how many there are: "comparison: 8 changes until 14:06:11".
    String title() {
        Tunables.Run run = first().run();
        return run == null || !several()
                ? first().cause()
                : run.name() + ": " + Numbers.count(changes.size(), "change") + " until "
                        + Formats.timeOfDay(changes.getLast().at());
    }

    /// Returns the settings that were changed, in the order of their first change.
    List<Course> courses() {
        Map<String, List<ConfigChange>> byPath = new LinkedHashMap<>();
        changes.forEach(change -> change.keys()
                .forEach(key -> byPath.computeIfAbsent(key.path(), _ -> new ArrayList<>()).add(key)));
        return byPath.entrySet().stream().map(one -> new Course(one.getKey(), values(one.getValue()))).toList();
    }

    private static String values(List<ConfigChange> steps) {
        String start = steps.getFirst().beforeLabel();
        String end = steps.getLast().afterLabel();
        List<String> taken = steps.subList(0, steps.size() - 1).stream().map(ConfigChange::afterLabel).distinct()
                .filter(value -> !value.equals(start) && !value.equals(end)).toList();
        List<String> between = taken.size() <= MOST_VALUES
                ? taken
                : new ArrayList<>(taken.subList(0, MOST_VALUES - 1));
        String others = taken.size() <= MOST_VALUES ? "" : " and " + (taken.size() - between.size()) + " more";
        return start + (between.isEmpty() ? "" : "  →  " + String.join(", ", between) + others) + "  →  " + end;
    }
}
