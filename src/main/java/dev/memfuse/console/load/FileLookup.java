package dev.memfuse.console.load;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import dev.memfuse.console.fx.TaskRunner;
import org.jspecify.annotations.Nullable;

/// Looks up a file that a form names, off the FX thread, and keeps the newest answer. An answer that is older than a
/// second is returned and looked up again, because the file may have changed. FX thread only.
///
/// @param <T> the answer
final class FileLookup<T> {
    private static final long FRESH = TimeUnit.SECONDS.toNanos(1);

    private final TaskRunner tasks;
    private final Function<String, T> look;
    private final Runnable answered;
    private @Nullable String wanted;
    private @Nullable String known;
    private @Nullable T answer;
    private long at;
    private boolean asking;

    /// @param look returns the answer for a text; called off the FX thread, throws nothing
    /// @param answered called when another answer has arrived
    FileLookup(TaskRunner tasks, Function<String, T> look, Runnable answered) {
        this.tasks = tasks;
        this.look = look;
        this.answered = answered;
    }

    /// Returns the answer for a text; empty while it is looked up.
    Optional<T> of(String text) {
        boolean current = text.equals(known) && System.nanoTime() - at < FRESH;
        if (!current && !text.equals(wanted)) {
            asking = true;
            start(text);
            asking = false;
        }
        return text.equals(known) ? Optional.ofNullable(answer) : Optional.empty();
    }

    private void start(String text) {
        wanted = text;
        tasks.call("look up file", () -> look.apply(text)).onSuccess(found -> {
            if (text.equals(wanted)) {
                boolean same = text.equals(known) && found.equals(answer);
                wanted = null;
                known = text;
                answer = found;
                at = System.nanoTime();
                if (!asking && !same) {
                    answered.run();
                }
            }
        }).start();
    }
}
