package dev.memfuse.config.profile;

import java.nio.file.Path;
import java.util.List;

import dev.memfuse.config.MemFuseConfig;

/// Named configurations: those shipped (`legacy`, `phase1`, `phase2`, `phase3`, `optimized`) and those the user saved.
/// Methods read and write files: call them away from the FX thread.
public interface ConfigProfiles {

    /// One profile.
    ///
    /// @param name short name, as in `--profile`
    /// @param description the first comment lines of its file
    /// @param shipped whether it came with the program and cannot be overwritten
    record Profile(String name, String description, boolean shipped) {}

    /// All profiles, shipped ones first.
    List<Profile> list();

    /// The configuration of a profile, complete.
    ///
    /// @throws ConfigException when there is none of this name (the message lists those there are) or it is not valid
    MemFuseConfig load(String name);

    /// Saves a configuration as a profile of the user; replaces an older one of that name as a whole.
    ///
    /// @return the file written
    /// @throws ConfigException when the name is not letters, digits, `-` or `_`, or is that of a shipped profile
    Path save(String name, MemFuseConfig config);
}
