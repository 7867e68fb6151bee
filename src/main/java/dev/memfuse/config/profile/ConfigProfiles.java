package dev.memfuse.config.profile;

import java.nio.file.Path;
import java.util.List;

import dev.memfuse.config.MemFuseConfig;

/// Named configurations: the shipped ones (`legacy`, `phase1`, `phase2`, `phase3`, `optimized`) and those the user
/// saved. Methods read and write files, so the FX thread does not call them.
public interface ConfigProfiles {

    /// Name and description of a profile.
    ///
    /// @param name short name, as in `--profile`
    /// @param description the comment at the top of its file
    /// @param shipped whether it is part of the program and cannot be overwritten
    record Profile(String name, String description, boolean shipped) {}

    /// Returns all profiles: the shipped ones, then the saved ones by name.
    List<Profile> list();

    /// Returns the complete configuration of a profile.
    ///
    /// @throws ConfigException when there is no such profile (the message lists all) or it is not valid
    MemFuseConfig load(String name);

    /// Saves a configuration as a profile of the user; replaces a saved profile of that name.
    ///
    /// @return the written file
    /// @throws ConfigException when the name is not letters, digits, `-` or `_`, or is that of a shipped profile
    Path save(String name, MemFuseConfig config);

    /// Gives a saved profile another name.
    ///
    /// @throws ConfigException when it is not a saved profile, the new name cannot be used (see [#save]) or another
    ///     profile has it
    void rename(String name, String newName);

    /// Deletes a saved profile.
    ///
    /// @throws ConfigException when it is not a saved profile or cannot be deleted
    void delete(String name);
}
