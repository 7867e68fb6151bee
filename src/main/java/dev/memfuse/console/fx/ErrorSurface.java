package dev.memfuse.console.fx;

import java.util.List;

import dev.memfuse.config.ConfigProblem;

/// Where and how the window presents a failure. Exhaustive: switch over it without default.
public sealed interface ErrorSurface {
    /// Invalid input, shown at the fields concerned.
    record FieldHint(List<ConfigProblem> problems) implements ErrorSurface {}

    /// A line that stays until it is dismissed: for failures that need no action at once, and for information.
    ///
    /// @param sentence what happened and what to do
    /// @param detail technical cause, shown as a tooltip; may be empty
    /// @param severity importance
    record Notification(String sentence, String detail, Severity severity) implements ErrorSurface {
        /// Creates a notification about a failure.
        public Notification(String sentence, String detail) {
            this(sentence, detail, Severity.WARNING);
        }
    }

    /// A bar across the window that stays until the problem ends.
    ///
    /// @param problem what is wrong
    /// @param advice what to do
    /// @param severity importance
    /// @param detail output or state that explains the problem, offered for copying; may be empty
    record Banner(String problem, String advice, Severity severity, String detail) implements ErrorSurface {
        /// Creates a banner about a problem that needs the user.
        public Banner(String problem, String advice) {
            this(problem, advice, Severity.ERROR);
        }

        /// Creates a banner without details.
        public Banner(String problem, String advice, Severity severity) {
            this(problem, advice, severity, "");
        }
    }

    /// Importance of a message.
    enum Severity {
        /// Nothing is wrong.
        INFO,
        /// Something works with limits and may recover by itself.
        WARNING,
        /// Something does not work until the user acts.
        ERROR
    }

    /// An unexpected failure, shown in a dialog that offers to copy the details.
    ///
    /// @param sentence what failed
    /// @param code short code, equal for equal failures
    /// @param details the failure and its causes, a line for each; no stack trace
    record Dialog(String sentence, String code, String details) implements ErrorSurface {}
}
