package dev.memfuse.cli.option;

import java.nio.file.Path;
import java.util.Optional;

import dev.memfuse.config.section.LogLevel;

/// Options of a command about the log file. A command without them starts nothing and writes none.
public interface LogChoice {

    /// Data folder that holds the log; empty means the user's data folder.
    Optional<Path> dataFolder();

    /// Lowest severity to record; empty means what the configuration says.
    Optional<LogLevel> level();
}
