package dev.memfuse.console.shell;

import java.util.function.ObjIntConsumer;
import java.util.stream.Collectors;

import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

import dev.memfuse.config.ConfigProblem;
import dev.memfuse.console.fx.ErrorPresenter;
import dev.memfuse.console.fx.ErrorSurface;
import org.jspecify.annotations.Nullable;

/// What the user should know and need not act on: one message at a time, the newest, until dismissed. Used on the FX
/// thread.
public final class Notifications implements ErrorPresenter.Display {

    /// A message.
    ///
    /// @param sentence for the user
    /// @param detail for who looks closer; may be empty
    /// @param problem whether something failed
    public record Notice(String sentence, String detail, boolean problem) {}

    private final ObjIntConsumer<ErrorSurface.Dialog> dialogs;
    private final ReadOnlyObjectWrapper<@Nullable Notice> current = new ReadOnlyObjectWrapper<>();

    /// @param dialogs shows what is too grave for one line
    public Notifications(ObjIntConsumer<ErrorSurface.Dialog> dialogs) {
        this.dialogs = dialogs;
    }

    /// Shows one line of good news.
    public void say(String sentence) {
        current.set(new Notice(sentence, "", false));
    }

    /// Takes the message away.
    public void dismiss() {
        current.set(null);
    }

    /// The message now; empty when there is none.
    public ReadOnlyObjectProperty<@Nullable Notice> currentProperty() {
        return current.getReadOnlyProperty();
    }

    @Override
    public void show(ErrorSurface surface, int count) {
        String times = count > 1 ? " (" + count + " times)" : "";
        switch (surface) {
            case ErrorSurface.FieldHint(var problems) -> problem(problems.stream().map(ConfigProblem::toString)
                    .collect(Collectors.joining("; ")) + times, "");
            case ErrorSurface.Notice(String sentence, String detail) -> problem(sentence + times, detail);
            case ErrorSurface.Banner(String problem, String advice, _, String detail) -> problem(problem + " " + advice
                    + times, detail);
            case ErrorSurface.Dialog error -> dialogs.accept(error, count);
        }
    }

    private void problem(String sentence, String detail) {
        current.set(new Notice(sentence, detail, true));
    }
}
