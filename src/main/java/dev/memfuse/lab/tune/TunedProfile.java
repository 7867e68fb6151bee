package dev.memfuse.lab.tune;

import java.util.Optional;

import dev.memfuse.config.MemFuseConfig;
import dev.memfuse.config.profile.ConfigProfiles;
import dev.memfuse.config.schema.ConfigValues;

/// The profile that holds the best settings of a tuning.
public final class TunedProfile {
    private TunedProfile() {}

    /// Returns why no profile can have a name, as a clause; empty when one can.
    public static Optional<String> problem(ConfigProfiles profiles, String name) {
        if (!name.matches("[A-Za-z0-9_-]+")) {
            return Optional.of("a name has letters, digits, - and _");
        }
        return existing(profiles, name).filter(ConfigProfiles.Profile::shipped)
                .map(_ -> name + " is a profile of the program; choose another name");
    }

    /// Returns whether a profile of the user has a name.
    public static boolean taken(ConfigProfiles profiles, String name) {
        return existing(profiles, name).filter(profile -> !profile.shipped()).isPresent();
    }

    private static Optional<ConfigProfiles.Profile> existing(ConfigProfiles profiles, String name) {
        return profiles.list().stream().filter(profile -> profile.name().equals(name)).findFirst();
    }

    /// Returns the settings of the best candidate: those of the engine, changed as the result says.
    public static MemFuseConfig settings(MemFuseConfig running, TuneResult result) {
        return result.changes().stream().reduce(running, (config, change) -> ConfigValues.with(config, change.path(),
                ConfigValues.parse(change.path(), change.after())), (first, _) -> first);
    }
}
