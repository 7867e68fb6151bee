package dev.memfuse.console.fx;

import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.value.ObservableValue;

import org.jspecify.annotations.Nullable;

/// State of a page or of a part of it, shown by a [StatePane]. Exhaustive: switch over it without default.
///
/// [Loading], [Empty] and [Failed] replace the content; [Stale] and [Degraded] put a line above it.
public sealed interface PageState {

    /// The content is complete and current.
    PageState READY = new Ready();

    /// The content is complete and current.
    record Ready() implements PageState {}

    /// The content is being read.
    ///
    /// @param step the current step, without a final point
    /// @param progress 0..1, or a negative value when it is unknown
    record Loading(String step, double progress) implements PageState {}

    /// There is nothing to show yet.
    ///
    /// @param icon one of [Icons]
    /// @param title what is missing, a few words
    /// @param hint what the content will show and how to fill it
    /// @param action the one action that fills the page, if there is one
    record Empty(String icon, String title, String hint, @Nullable Action action) implements PageState {
        public Empty(String icon, String title, String hint) {
            this(icon, title, hint, null);
        }
    }

    /// The content is visible but no longer updated.
    ///
    /// @param since a sentence that says since when and why
    record Stale(String since) implements PageState {}

    /// The content is visible but a part of it is missing.
    ///
    /// @param missing a sentence that says what is missing and what still works
    record Degraded(String missing) implements PageState {}

    /// The content could not be read.
    ///
    /// @param problem what failed, one sentence
    /// @param advice what to do, one sentence; may be empty
    /// @param details text for a report, offered as "Copy details"; may be empty
    /// @param retry repeats the attempt, if that can help
    record Failed(String problem, String advice, String details, @Nullable Action retry) implements PageState {}

    /// A button of a state.
    ///
    /// @param label a verb with its object
    /// @param possible whether it can run now; the button is disabled otherwise
    record Action(String label, Runnable run, ObservableValue<Boolean> possible) {
        /// A button that can always run.
        public Action(String label, Runnable run) {
            this(label, run, new SimpleBooleanProperty(true));
        }
    }
}
