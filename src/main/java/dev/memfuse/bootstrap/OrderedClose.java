package dev.memfuse.bootstrap;

import org.jspecify.annotations.Nullable;

/// Takes the steps of a shutdown in their order, each one also after one that failed: what is buffered must be stored,
/// and a server must end, whatever went wrong before.
final class OrderedClose {
    private OrderedClose() {}

    /// A step of a shutdown.
    @FunctionalInterface
    interface Step {
        /// Closes something; blocks until that has ended.
        void close();
    }

    /// Takes all steps.
    ///
    /// @throws RuntimeException or Error of the first step that failed; those of the others are suppressed in it
    static void all(Step... steps) {
        Throwable first = null;
        for (Step step : steps) {
            try {
                step.close();
            } catch (Throwable e) {
                first = first == null ? e : suppressing(first, e);
            }
        }
        rethrow(first);
    }

    private static Throwable suppressing(Throwable first, Throwable next) {
        if (!first.equals(next)) {
            first.addSuppressed(next);
        }
        return first;
    }

    private static void rethrow(@Nullable Throwable failure) {
        switch (failure) {
            case null -> {
            }
            case Error error -> throw error;
            case RuntimeException exception -> throw exception;
            default -> throw new IllegalStateException(failure);
        }
    }
}
