package dev.memfuse.console.context;

import dev.memfuse.config.Tunables;
import dev.memfuse.config.profile.ConfigProfiles;

/// The settings in force and the named profiles.
public record Settings(Tunables tunables, ConfigProfiles profiles) {}
