package dev.memfuse.bootstrap;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

import dev.memfuse.background.BackgroundHealth;
import dev.memfuse.engine.host.EngineState;

/// The state of a hosted engine, and those who follow it. Each listener is told every state once and in the order in
/// which they were published, from the one in force when it was added. Thread-safe.
final class EngineStates {
    private final List<Consumer<EngineState>> listeners = new CopyOnWriteArrayList<>();
    /// Held while listeners are told: a listener that is added meanwhile would be told the new state twice, or an older
    /// one after it.
    private final ReentrantLock telling = new ReentrantLock();
    private volatile EngineState current;

    EngineStates(EngineState first) {
        current = first;
    }

    /// Returns the state that was published last. Does not wait for the listeners.
    EngineState current() {
        return current;
    }

    /// Puts a state in force and tells the listeners.
    void publish(EngineState next) {
        telling.lock();
        try {
            current = next;
            listeners.forEach(listener -> tell(listener, next));
        } finally {
            telling.unlock();
        }
    }

    /// Tells a listener the state in force and each later one, on the thread that publishes it.
    void follow(Consumer<EngineState> listener) {
        telling.lock();
        try {
            listeners.add(listener);
            tell(listener, current);
        } finally {
            telling.unlock();
        }
    }

    /// A listener that fails is reported: neither the others nor the start of the engine fail with it.
    private static void tell(Consumer<EngineState> listener, EngineState state) {
        try {
            listener.accept(state);
        } catch (Throwable e) {
            BackgroundHealth.report("engine state listener", e);
        }
    }
}
