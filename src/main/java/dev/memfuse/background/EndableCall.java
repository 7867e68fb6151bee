package dev.memfuse.background;

import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;

/// A call on a thread of its own that its caller can end while it waits for something that can be ended: a statement of
/// the database, for instance. What cannot be ended runs on, up to the next such wait. An interrupt is no substitute:
/// it closes the channel of the file or socket that the thread happens to use. Thread-safe.
public final class EndableCall {
    private static final ThreadLocal<EndableCall> CURRENT = new ThreadLocal<>();

    private @Nullable Runnable ending;
    private boolean ended;

    /// Runs work as this call, on the current thread.
    public <T> T run(Callable<T> work) throws Exception {
        CURRENT.set(this);
        try {
            return work.call();
        } finally {
            CURRENT.remove();
        }
    }

    /// Returns the call of the current thread; null when it runs none.
    public static @Nullable EndableCall current() {
        return CURRENT.get();
    }

    /// Begins a wait that can be ended; [#leave] ends it.
    ///
    /// @param end ends the wait; called at most once, on the thread of [#end]
    /// @return false when the call has ended, so that the wait must not begin
    public synchronized boolean enter(Runnable end) {
        if (!ended) {
            ending = end;
        }
        return !ended;
    }

    /// Called after a wait.
    ///
    /// @return whether the wait was ended
    public synchronized boolean leave() {
        ending = null;
        return ended;
    }

    /// Ends the wait, if there is one, and all later ones.
    public synchronized void end() {
        ended = true;
        Runnable waiting = ending;
        ending = null;
        if (waiting != null) {
            waiting.run();
        }
    }
}
