package dev.memfuse.cli.option;

import java.nio.file.Path;
import java.util.Optional;

import dev.memfuse.config.section.LogLevel;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The option of commands that work in the data folder and start no engine, as a mixin.
public final class DataFolderArguments implements LogChoice {
    @Option(names = "--data-dir", paramLabel = "DIR",
            description = "Folder of the program's data (default: the user's data folder).")
    private @Nullable Path dataDir;

    @Override
    public Optional<Path> dataFolder() {
        return Optional.ofNullable(dataDir);
    }

    @Override
    public Optional<LogLevel> level() {
        return Optional.empty();
    }
}
