package dev.memfuse.console.settings;

import java.nio.file.Path;

/// A folder of the program.
///
/// @param name what it holds: "Recordings"
/// @param path its location; it may not exist yet
public record Folder(String name, Path path) {}
