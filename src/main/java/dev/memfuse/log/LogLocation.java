package dev.memfuse.log;

import java.nio.file.Path;
import java.util.Optional;

/// Path of the log file, or the reason why there is none.
///
/// @param file absolute path of the file this process writes to
/// @param problem sentence with the reason why there is no file; empty when there is a file
public record LogLocation(Optional<Path> file, String problem) {

    /// Returns the location of an open file.
    public static LogLocation at(Path file) {
        return new LogLocation(Optional.of(file), "");
    }

    /// Returns the location without a file.
    ///
    /// @param problem one sentence
    public static LogLocation none(String problem) {
        return new LogLocation(Optional.empty(), problem);
    }

    /// Returns one sentence that points the user to the details of a failure.
    public String hint() {
        return file.map(path -> "The log has the details: " + path).orElse("There is no log file: " + problem);
    }
}
