package dev.memfuse.server.rest;

import java.util.Optional;
import java.util.function.Function;

/// Names in addresses. Some clients write a blank as a plus sign, others a plus sign as itself.
final class Names {
    private Names() {}

    /// Finds an entity by its name as it stands, or else with blanks for plus signs.
    static <T> Optional<T> find(String name, Function<String, Optional<T>> read) {
        Optional<T> found = read.apply(name);
        return found.isPresent() || name.indexOf('+') < 0 ? found : read.apply(name.replace('+', ' '));
    }
}
