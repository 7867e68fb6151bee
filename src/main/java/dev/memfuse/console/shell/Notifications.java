package dev.memfuse.console.shell;

import java.util.function.ObjIntConsumer;
import java.util.stream.Collectors;

import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

import dev.memfuse.config.ConfigProblem;
import dev.memfuse.console.fx.ErrorPresenter;
import dev.memfuse.console.fx.ErrorSurface;
import dev.memfuse.console.fx.ErrorSurface.Notification;
import dev.memfuse.console.fx.ErrorSurface.Severity;
import org.jspecify.annotations.Nullable;

/// Holds the notification that the window shows: the newest, until it is dismissed. FX thread only.
public final class Notifications implements ErrorPresenter.Display {
    private final ObjIntConsumer<ErrorSurface.Dialog> dialogs;
    private final ReadOnlyObjectWrapper<@Nullable Notification> current = new ReadOnlyObjectWrapper<>();

    /// @param dialogs shows an unexpected failure, with the number of its occurrences
    public Notifications(ObjIntConsumer<ErrorSurface.Dialog> dialogs) {
        this.dialogs = dialogs;
    }

    /// Shows one sentence that needs no action.
    public void inform(String sentence) {
        current.set(new Notification(sentence, "", Severity.INFO));
    }

    /// Shows one sentence about a failure.
    public void warn(String sentence) {
        warn(sentence, "");
    }

    /// Removes the notification.
    public void dismiss() {
        current.set(null);
    }

    /// Returns the current notification; null when there is none.
    public ReadOnlyObjectProperty<@Nullable Notification> currentProperty() {
        return current.getReadOnlyProperty();
    }

    @Override
    public void show(ErrorSurface surface, int count) {
        String times = count > 1 ? " (" + count + " times)" : "";
        switch (surface) {
            case ErrorSurface.FieldHint(var problems) -> warn(problems.stream().map(ConfigProblem::toString)
                    .collect(Collectors.joining("; ")) + times, "");
            case Notification(String sentence, String detail, Severity severity) ->
                current.set(new Notification(sentence + times, detail, severity));
            case ErrorSurface.Banner(String problem, String advice, _, String detail) ->
                warn(problem + " " + advice + times, detail);
            case ErrorSurface.Dialog error -> dialogs.accept(error, count);
        }
    }

    private void warn(String sentence, String detail) {
        current.set(new Notification(sentence, detail));
    }
}
