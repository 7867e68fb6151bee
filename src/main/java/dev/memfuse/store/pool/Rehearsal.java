package dev.memfuse.store.pool;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.IdentityHashMap;

import org.jspecify.annotations.Nullable;

/// Calls of the store on one connection and in one transaction that its owner rolls back: nothing that they write
/// remains. Every statement is shown to an observer before it is executed. For one thread; calls on other threads work
/// as always.
public final class Rehearsal {
    private static final ScopedValue<Rehearsal> CURRENT = ScopedValue.newInstance();

    private final Connection connection;
    private final Connection shared;
    private final Observer observer;
    private final IdentityHashMap<PreparedStatement, String> texts = new IdentityHashMap<>();

    /// Receives the statements.
    @FunctionalInterface
    public interface Observer {
        /// Called before a statement is executed.
        ///
        /// @param connection in the transaction of the rehearsal; may be used for other statements
        /// @param text the statement as it was prepared, with `?` for its parameters
        /// @param statement the statement with its parameters; must not be executed
        void executing(Connection connection, String text, PreparedStatement statement) throws SQLException;
    }

    /// @param connection not in autocommit mode; its owner rolls back and closes it
    public Rehearsal(Connection connection, Observer observer) {
        this.connection = connection;
        this.observer = observer;
        shared = (Connection) Proxy.newProxyInstance(Connection.class.getClassLoader(),
                new Class<?>[]{Connection.class}, (_, method, arguments) -> invoke(method, arguments));
    }

    /// Runs calls of the store as this rehearsal, on the current thread.
    public void run(Runnable calls) {
        ScopedValue.where(CURRENT, this).run(calls);
    }

    /// Returns the rehearsal of the current thread; null outside of one.
    static @Nullable Rehearsal current() {
        return CURRENT.isBound() ? CURRENT.get() : null;
    }

    /// Runs work of a lease.
    <T> T perform(Database.Work<T> work) throws SQLException {
        return work.run(shared);
    }

    /// Called before a bound statement is executed.
    public static void executing(PreparedStatement statement) throws SQLException {
        Rehearsal now = current();
        if (now != null) {
            String text = now.texts.get(statement);
            if (text != null) {
                now.observer.executing(now.connection, text, statement);
            }
        }
    }

    /// The connection that calls see neither ends the transaction nor is it closed.
    private @Nullable Object invoke(Method method, Object @Nullable [] arguments) throws Throwable {
        return switch (method.getName()) {
            case "commit", "rollback", "close", "setAutoCommit" -> null;
            case "getAutoCommit" -> false;
            case "isClosed" -> false;
            default -> {
                try {
                    Object result = method.invoke(connection, arguments);
                    if (result instanceof PreparedStatement statement && arguments != null
                            && arguments[0] instanceof String text) {
                        texts.put(statement, text);
                    }
                    yield result;
                } catch (InvocationTargetException e) {
                    throw e.getCause();
                }
            }
        };
    }
}
