package dev.memfuse.background;

import java.time.Duration;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;

/// A thread that repeats a turn until [#close] or until the turn returns false. A failed turn is reported, and the next
/// one follows after a pause; an interrupt that does not come from [#close] is ignored. When the thread itself dies,
/// [BackgroundHealth] starts another one. Thread-safe.
public final class BackgroundLoop implements AutoCloseable {
    private static final Duration STALL_LIMIT = Duration.ofSeconds(5);
    private static final long PAUSE_NANOS = Duration.ofMillis(100).toNanos();

    private final Turn turn;
    private final ThreadFactory threads;
    private final Pulse pulse;
    /// Held while a thread is started, so that the loop never has two.
    private final ReentrantLock lock = new ReentrantLock();
    private volatile @Nullable Thread thread;
    private volatile boolean closed;
    private volatile boolean ended;

    /// One turn of a loop.
    @FunctionalInterface
    public interface Turn {
        /// Does the work of one turn. Waits within [BackgroundLoop#await].
        ///
        /// @return false to end the loop
        boolean run() throws InterruptedException;
    }

    /// A wait of a turn.
    ///
    /// @param <T> result of the wait
    @FunctionalInterface
    public interface Wait<T> {
        T get() throws InterruptedException;
    }

    /// Creates a loop on a platform thread, which is a daemon.
    ///
    /// @param name name of the thread, and of the component in reports
    public BackgroundLoop(String name, Turn turn) {
        this(name, turn, BackgroundThreads.platform(name).factory());
    }

    /// @param threads creates the thread, and another one after its death
    public BackgroundLoop(String name, Turn turn, ThreadFactory threads) {
        this.turn = turn;
        this.threads = threads;
        pulse = new Pulse(name, STALL_LIMIT);
    }

    /// Starts the loop. Called once.
    public void start() {
        lock.lock();
        try {
            startThread();
        } finally {
            lock.unlock();
        }
        // The watchdog must not see a loop whose thread is about to start: it would start a second one.
        BackgroundHealth.add(this);
        if (ended || closed) {
            BackgroundHealth.remove(this);
        }
    }

    private void startThread() {
        Thread started = threads.newThread(this::run);
        started.start();
        thread = started;
    }

    private void run() {
        while (!ended && !closed) {
            try {
                pulse.busy();
                ended = !turn.run();
            } catch (InterruptedException e) {
                // Only close ends the loop. A turn that is interrupted again and again must not spin.
                pulse.idle();
                if (!closed) {
                    LockSupport.parkNanos(this, PAUSE_NANOS);
                }
            } catch (Throwable e) {
                survive(e);
            }
        }
        pulse.idle();
        ended = true;
        BackgroundHealth.remove(this);
    }

    private void survive(Throwable failure) {
        boolean interrupted = Thread.interrupted();
        if (closed && interrupted) {
            return;
        }
        BackgroundHealth.report(pulse.component(), failure);
        pulse.idle();
        LockSupport.parkNanos(this, PAUSE_NANOS);
    }

    /// Waits as part of a turn. Without this call a wait longer than five seconds counts as standing still.
    public <T extends @Nullable Object> T await(Wait<T> wait) throws InterruptedException {
        pulse.idle();
        try {
            return wait.get();
        } finally {
            pulse.busy();
        }
    }

    /// Waits for a time as part of a turn. May return early. Clears an interrupt, or the loop would spin.
    ///
    /// @param nanos at most 0 for no wait
    public void parkNanos(long nanos) {
        pulse.idle();
        LockSupport.parkNanos(this, nanos);
        if (!closed) {
            Thread.interrupted();
        }
        pulse.busy();
    }

    /// Ends a wait of [#parkNanos].
    public void unpark() {
        LockSupport.unpark(thread);
    }

    Pulse pulse() {
        return pulse;
    }

    /// Starts another thread when the loop's thread died.
    ///
    /// @return whether it did
    boolean revive() {
        lock.lock();
        try {
            Thread current = thread;
            if (ended || closed || current == null || current.getState() != Thread.State.TERMINATED) {
                return false;
            }
            startThread();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /// Returns whether the loop is closed; a turn that waits reads it.
    public boolean closed() {
        return closed;
    }

    /// Interrupts the turn and ends the loop after it. Does not block.
    @Override
    public void close() {
        closed = true;
        BackgroundHealth.remove(this);
        Thread current;
        lock.lock();
        try {
            current = thread;
        } finally {
            lock.unlock();
        }
        if (current != null && current != Thread.currentThread()) {
            current.interrupt();
        }
    }

    /// Waits until the loop has ended by itself or by [#close]; an interrupt does not end the wait.
    public void join() {
        boolean interrupted = false;
        for (Thread current = thread; current != null
                && (current.isAlive() || revive()); current = thread) {
            try {
                current.join(Duration.ofNanos(PAUSE_NANOS));
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
