package dev.memfuse.server.rest;

import java.util.List;

/// Ends a request whose body violates its model: status 422 with a list of violations, without the envelope.
final class ModelException extends RuntimeException {
    private final List<Violation> violations;

    /// A violation.
    ///
    /// @param type kind of the violation, for instance `missing`
    /// @param location path to the value, names and positions, beginning with `body`
    /// @param message a sentence that does not repeat the value
    record Violation(String type, List<Object> location, String message) {}

    ModelException(List<Violation> violations) {
        super("The body violates its model.", null, false, false);
        this.violations = List.copyOf(violations);
    }

    ModelException(String type, List<Object> location, String message) {
        this(List.of(new Violation(type, location, message)));
    }

    List<Violation> violations() {
        return violations;
    }
}
