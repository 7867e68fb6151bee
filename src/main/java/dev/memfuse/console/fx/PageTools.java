package dev.memfuse.console.fx;

import java.util.function.Consumer;

/// Tools of the window that every page may use.
///
/// @param tasks runs slow work away from the FX thread
/// @param inform shows one sentence to the user; called on the FX thread
public record PageTools(TaskRunner tasks, Consumer<String> inform) {}
