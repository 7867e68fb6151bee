package dev.memfuse.config;

import java.util.Optional;

/// One problem of a configuration, as a sentence for the user.
///
/// @param path the key, for instance `postgres.pool_size`; empty when the problem concerns the file as a whole
/// @param message the expected and the found value
/// @param position position of the value; empty when it is not from a file or the command line
public record ConfigProblem(String path, String message, Optional<Position> position) {

    /// A position in a file.
    ///
    /// @param file name of the file, or `--set`
    /// @param line line, from 1; for `--set` the number of the option
    /// @param column column, from 1
    public record Position(String file, int line, int column) {
        /// Returns the position as "file:line:column".
        @Override
        public String toString() {
            return file + ":" + line + ":" + column;
        }
    }

    /// Returns position, key and message as one line.
    @Override
    public String toString() {
        return position.map(p -> p + ": ").orElse("") + (path.isEmpty() ? "" : path + ": ") + message;
    }
}
