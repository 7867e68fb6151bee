package dev.memfuse.lab.tune;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.memfuse.config.MemFuseConfig;
import dev.memfuse.config.profile.ConfigProfiles;

/// The profiles that a tuning tries first: known to be good. The plan's "before" is none of them.
public final class KnownProfiles {
    private static final List<String> NAMES = List.of("optimized", "phase3", "phase2", "phase1");

    private KnownProfiles() {}

    /// Returns the settings of the known profiles that there are, best first. Reads files.
    public static Map<String, MemFuseConfig> of(ConfigProfiles all) {
        Map<String, MemFuseConfig> profiles = new LinkedHashMap<>();
        List<String> there = all.list().stream().map(ConfigProfiles.Profile::name).toList();
        NAMES.stream().filter(there::contains).forEach(name -> profiles.put(name, all.load(name)));
        return profiles;
    }
}
