package dev.memfuse.config.memfuse;

import java.nio.file.Path;
import java.util.Optional;

/// A value of MemFuse's configuration.
///
/// @param path its key in the composed configuration, for instance `database.postgres.pool_size`
/// @param written its text in the file; a list in brackets
/// @param value the text after its interpolations; empty when one of them cannot be resolved here
/// @param file the file that holds it
public record TreeValue(String path, String written, Optional<String> value, Path file) {}
