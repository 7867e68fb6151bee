package dev.memfuse.config.profile;

import java.nio.file.Path;
import java.util.List;

import dev.memfuse.config.MemFuseConfig;
import dev.memfuse.config.schema.ConfigValues;

/// Profiles that are saved with the `postgres.read_only` of the start. The key in force shows how the database in use
/// is open, which can be another one than `postgres.url`, so it would keep the next start from writing to that one.
public final class ProfilesOfStart implements ConfigProfiles {
    private static final String READ_ONLY = "postgres.read_only";

    private final ConfigProfiles profiles;
    private final boolean readOnly;

    /// @param profiles keep the profiles
    /// @param start configuration at the start
    public ProfilesOfStart(ConfigProfiles profiles, MemFuseConfig start) {
        this.profiles = profiles;
        readOnly = start.postgres().readOnly();
    }

    @Override
    public List<Profile> list() {
        return profiles.list();
    }

    @Override
    public MemFuseConfig load(String name) {
        return profiles.load(name);
    }

    @Override
    public Path save(String name, MemFuseConfig config) {
        return profiles.save(name, ConfigValues.with(config, READ_ONLY, readOnly));
    }

    @Override
    public void rename(String name, String newName) {
        profiles.rename(name, newName);
    }

    @Override
    public void delete(String name) {
        profiles.delete(name);
    }
}
