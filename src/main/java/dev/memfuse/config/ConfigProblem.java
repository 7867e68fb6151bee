package dev.memfuse.config;

import java.util.Optional;

/// One thing that is wrong in a configuration, as a sentence for the user.
///
/// @param path the key concerned, for instance `postgres.pool_size`; empty when it is the file as a whole
/// @param message what is wrong and what would be right
/// @param position file, line and column, when the value came from a file
public record ConfigProblem(String path, String message, Optional<Position> position) {

    /// Where a value stands in a file; line and column count from 1.
    public record Position(String file, int line, int column) {
        @Override
        public String toString() {
            return file + ":" + line + ":" + column;
        }
    }

    @Override
    public String toString() {
        return position.map(p -> p + ": ").orElse("") + (path.isEmpty() ? "" : path + ": ") + message;
    }
}
