package dev.memfuse.cli.option;

import java.nio.file.Path;
import java.util.Optional;

import dev.memfuse.config.section.LogLevel;

/// Options of a command about the log file. A command without them starts nothing and writes none.
public interface LogChoice {

    /// Returns the data folder that holds the log; empty means the user's data folder.
    Optional<Path> dataFolder();

    /// Returns the lowest severity to record; empty means the level of the configuration.
    Optional<LogLevel> level();
}
