package dev.memfuse.console.context;

import dev.memfuse.config.Tunables;
import dev.memfuse.config.connection.SavedConnections;
import dev.memfuse.config.profile.ConfigProfiles;

/// The settings in force, the named profiles, and the saved connections.
public record Settings(Tunables tunables, ConfigProfiles profiles, SavedConnections connections) {}
