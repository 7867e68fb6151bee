package dev.memfuse.store;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/// Counts the statements that this thread makes the driver send, by the driver's own log of its protocol.
final class Statements {
    private static final Logger PROTOCOL = Logger.getLogger("org.postgresql.core.v3.QueryExecutorImpl");

    private Statements() {}

    static int during(Runnable work) {
        Counter counter = new Counter(Thread.currentThread().threadId());
        PROTOCOL.setUseParentHandlers(false);
        PROTOCOL.setLevel(Level.FINEST);
        PROTOCOL.addHandler(counter);
        try {
            work.run();
            return counter.count.get();
        } finally {
            PROTOCOL.removeHandler(counter);
            PROTOCOL.setLevel(null);
            PROTOCOL.setUseParentHandlers(true);
        }
    }

    private static final class Counter extends Handler {
        private final AtomicInteger count = new AtomicInteger();
        private final long thread;

        Counter(long thread) {
            this.thread = thread;
        }

        @Override
        public void publish(LogRecord record) {
            String message = record.getMessage();
            if (record.getLongThreadID() == thread
                    && (message.startsWith(" FE=> Execute") || message.startsWith(" FE=> SimpleQuery"))) {
                count.incrementAndGet();
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
