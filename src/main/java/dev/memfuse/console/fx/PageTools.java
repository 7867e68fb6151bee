package dev.memfuse.console.fx;

import java.util.function.Consumer;

/// Tools of the window that every page may use.
///
/// @param tasks runs slow work away from the FX thread
/// @param changes runs changes of settings, one after the other
/// @param inform shows one sentence of good news, which leaves by itself; called on the FX thread
/// @param warn shows one sentence about a failure, which stays until it is dismissed; called on the FX thread
/// @param remembered values that survive a restart
/// @param preferences choices of the user for the window
public record PageTools(TaskRunner tasks, TaskRunner changes, Consumer<String> inform, Consumer<String> warn,
        Remembered remembered, Preferences preferences) {
    /// Creates tools with the remembered preferences, which say failures as they say anything else.
    public PageTools(TaskRunner tasks, TaskRunner changes, Consumer<String> inform, Remembered remembered) {
        this(tasks, changes, inform, inform, remembered, new Preferences(remembered));
    }

    /// Creates tools that remember nothing of earlier starts.
    public PageTools(TaskRunner tasks, TaskRunner changes, Consumer<String> inform) {
        this(tasks, changes, inform, new Remembered());
    }

    /// Creates tools whose changes are tasks like the others.
    public PageTools(TaskRunner tasks, Consumer<String> inform) {
        this(tasks, tasks, inform);
    }
}
