package dev.memfuse.store;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.Callable;

import dev.memfuse.engine.spi.MemoryStore;
import org.jspecify.annotations.Nullable;

/// Lets a test act before and after the calls of a storage, or fail them.
public final class StoreCalls {
    private StoreCalls() {}

    /// Code of a test around each call of a port.
    @FunctionalInterface
    public interface Around {

        /// @param method name of the method with the accessor of its port, for instance `messages.read`
        /// @param call the real call
        @Nullable
        Object call(String method, Callable<@Nullable Object> call) throws Exception;
    }

    /// Returns a storage whose ports run `around` at each call.
    public static MemoryStore around(MemoryStore real, Around around) {
        return proxy(MemoryStore.class, real, (accessor, ports) -> port(accessor, ports.call(), around));
    }

    private static Object port(String accessor, @Nullable Object port, Around around) throws Exception {
        Class<?> type = MemoryStore.class.getMethod(accessor).getReturnType();
        return proxy(type, type.cast(port), (method, call) -> around.call(accessor + "." + method, call));
    }

    /// Returns a port that runs `around` at each call, with the name of the method alone.
    public static <T> T around(Class<T> port, T real, Around around) {
        return proxy(port, real, around);
    }

    private static <T> T proxy(Class<T> type, @Nullable Object real, Around around) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[]{type},
                (_, method, arguments) -> around.call(method.getName(), () -> {
                    try {
                        return method.invoke(real, arguments);
                    } catch (InvocationTargetException e) {
                        if (e.getCause() instanceof Exception cause) {
                            throw cause;
                        }
                        throw e;
                    }
                })));
    }
}
