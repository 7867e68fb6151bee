package dev.memfuse.console.fx;

import java.util.List;

import dev.memfuse.config.ConfigProblem;

/// Where and how a failure meets the user. Exhaustive: switch over it without default.
public sealed interface ErrorSurface {
    /// Wrong input: shown at the fields concerned.
    record FieldHint(List<ConfigProblem> problems) implements ErrorSurface {}

    /// Recoverable: one line that stays until dismissed.
    ///
    /// @param sentence what went wrong and what to do
    /// @param detail helps who looks closer; may be empty
    record Notice(String sentence, String detail) implements ErrorSurface {}

    /// Degraded: a bar across the window with the action that may help.
    ///
    /// @param problem what is wrong
    /// @param advice what to do
    /// @param weight how bad it is
    /// @param detail output or state that explains the problem, for a copy; may be empty
    record Banner(String problem, String advice, Weight weight, String detail) implements ErrorSurface {
        /// A banner about something that does not work.
        public Banner(String problem, String advice) {
            this(problem, advice, Weight.ERROR);
        }

        /// A banner that explains itself.
        public Banner(String problem, String advice, Weight weight) {
            this(problem, advice, weight, "");
        }
    }

    /// How bad something is.
    enum Weight {
        /// Something works with limits and may recover by itself.
        WARNING,
        /// Something does not work until the user acts.
        ERROR
    }

    /// Unexpected: a dialog with a way to copy everything.
    ///
    /// @param sentence what was going on
    /// @param code short and stable for the same fault
    /// @param details the stack trace
    record Dialog(String sentence, String code, String details) implements ErrorSurface {}
}
