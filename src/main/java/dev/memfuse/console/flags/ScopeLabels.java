package dev.memfuse.console.flags;

import javafx.util.StringConverter;

import dev.memfuse.engine.LayerBuild.Scope;
import org.jspecify.annotations.Nullable;

/// Names the rounds of a job for the user.
final class ScopeLabels extends StringConverter<Scope> {

    @Override
    public String toString(@Nullable Scope scope) {
        return switch (scope) {
            case null -> "";
            case MISSING -> "Missing rounds";
            case MADE_BY_RULES -> "Again: rounds made by rules";
        };
    }

    @Override
    public Scope fromString(String text) {
        throw new UnsupportedOperationException("The names cannot be edited.");
    }
}
