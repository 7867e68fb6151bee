package dev.memfuse.lab.tune;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import dev.memfuse.config.MemFuseConfig;
import dev.memfuse.config.schema.ConfigKey;
import dev.memfuse.config.schema.ConfigSchema;
import dev.memfuse.config.schema.ConfigValidator;
import dev.memfuse.config.schema.ConfigValues;
import dev.memfuse.lab.trial.Guardrails;

/// The candidates of a tuning: first the known profiles, then variations of the first profile and of the start by a
/// Latin hypercube over the search space, so that few candidates cover the range of each setting. The same seed gives
/// the same candidates.
///
/// @param start settings at the start
/// @param profiles known good settings by name, best first
/// @param kept keys and sections that stay as they are at the start
record Design(MemFuseConfig start, Map<String, MemFuseConfig> profiles, List<String> kept) {

    /// Returns the candidates: valid, different from the start and from each other, and no less durable than the start.
    ///
    /// @param count maximum number
    List<Candidate> candidates(int count, long seed) {
        Map<MemFuseConfig, String> chosen = new LinkedHashMap<>();
        List<MemFuseConfig> bases = new ArrayList<>();
        profiles.forEach((name, config) -> {
            MemFuseConfig kept = keeping(config);
            bases.add(kept);
            offer(chosen, kept, "profile " + name);
        });
        List<String> names = new ArrayList<>(profiles.keySet());
        List<Dimension> space = SearchSpace.without(kept).dimensions();
        double[][] positions = latinHypercube(count, space.size(), new Random(seed));
        for (int i = 0; i < count && chosen.size() < count; i++) {
            boolean fromStart = bases.isEmpty() || i % 2 == 1;
            MemFuseConfig config = fromStart ? start : bases.getFirst();
            for (int d = 0; d < space.size(); d++) {
                Dimension dimension = space.get(d);
                config = ConfigValues.with(config, dimension.key(), dimension.value(config, positions[i][d]));
            }
            offer(chosen, config, "variation of " + (fromStart ? "the start" : names.getFirst()));
        }
        List<Candidate> candidates = new ArrayList<>();
        chosen.forEach((config, origin) -> {
            if (candidates.size() < count) {
                candidates.add(new Candidate(candidates.size() + 1, origin, config));
            }
        });
        return List.copyOf(candidates);
    }

    private void offer(Map<MemFuseConfig, String> chosen, MemFuseConfig config, String origin) {
        if (!config.equals(start) && ConfigValidator.problems(config).isEmpty()
                && Guardrails.safety(config) >= Guardrails.safety(start)) {
            chosen.putIfAbsent(config, origin);
        }
    }

    /// Returns a profile with the kept keys, those that are fixed at start, and those of load and network as they are.
    private MemFuseConfig keeping(MemFuseConfig profile) {
        MemFuseConfig config = profile;
        for (ConfigKey key : ConfigSchema.keys(profile, start)) {
            if (!key.hot() || key.path().startsWith("load.") || key.path().startsWith("network.")
                    || SearchSpace.isKept(key.path(), kept)) {
                config = ConfigValues.with(config, key.path(), ConfigValues.get(start, key.path()));
            }
        }
        return config;
    }

    /// Returns points of the unit cube: each dimension has one point in each of `points` equal intervals.
    static double[][] latinHypercube(int points, int dimensions, Random random) {
        double[][] cube = new double[points][dimensions];
        for (int d = 0; d < dimensions; d++) {
            List<Integer> intervals = new ArrayList<>();
            for (int i = 0; i < points; i++) {
                intervals.add(i);
            }
            Collections.shuffle(intervals, random);
            for (int i = 0; i < points; i++) {
                cube[i][d] = (intervals.get(i) + random.nextDouble()) / points;
            }
        }
        return cube;
    }
}
