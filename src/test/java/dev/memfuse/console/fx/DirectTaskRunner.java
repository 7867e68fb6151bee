package dev.memfuse.console.fx;

import java.util.concurrent.Callable;
import java.util.function.Consumer;

/// Runs tasks immediately on the calling thread, so that tests of view models need neither toolkit nor waiting.
public final class DirectTaskRunner implements TaskRunner {
    @Override
    public <T> Task<T> call(String name, Callable<T> work) {
        return new Direct<>(work);
    }

    private static final class Direct<T> implements Task<T> {
        private final Callable<T> work;
        private Consumer<T> success = _ -> {};
        private Consumer<Throwable> failure = e -> {
            throw new AssertionError("A failure without a consumer", e);
        };

        Direct(Callable<T> work) {
            this.work = work;
        }

        @Override
        public Task<T> onSuccess(Consumer<T> consumer) {
            success = consumer;
            return this;
        }

        @Override
        public Task<T> onFailure(Consumer<Throwable> consumer) {
            failure = consumer;
            return this;
        }

        @Override
        public void start() {
            T value;
            try {
                value = work.call();
            } catch (Exception e) {
                failure.accept(e);
                return;
            }
            success.accept(value);
        }
    }
}
