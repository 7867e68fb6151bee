package dev.memfuse.lab.tune;

import java.util.List;
import java.util.stream.Collectors;

import dev.memfuse.config.ConfigChange;
import dev.memfuse.config.MemFuseConfig;
import dev.memfuse.config.schema.ConfigDiff;

/// Settings that a tuning tries.
///
/// @param number from 1 in the order of the design; 0 is the start
/// @param origin where it comes from, in words: `profile optimized`
/// @param config complete and valid configuration
record Candidate(int number, String origin, MemFuseConfig config) {
    private static final int NAMED = 3;

    /// Returns the settings in which it differs from another configuration.
    List<ConfigChange> changes(MemFuseConfig from) {
        return ConfigDiff.between(from, config);
    }

    /// Returns its name in a few words.
    String name() {
        return number == 0 ? "the start" : "candidate " + number + " (" + origin + ")";
    }

    /// Returns the first changes in words.
    static String describe(List<ConfigChange> changes) {
        String first = changes.stream().limit(NAMED).map(ConfigChange::toString).collect(Collectors.joining(", "));
        return changes.size() > NAMED ? first + " and " + (changes.size() - NAMED) + " more" : first;
    }
}
