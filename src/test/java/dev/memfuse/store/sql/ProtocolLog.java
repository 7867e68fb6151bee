package dev.memfuse.store.sql;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Counts and collects the statements that the driver sends, from the driver's log of its protocol.
public final class ProtocolLog {
    private static final Logger PROTOCOL = Logger.getLogger("org.postgresql.core.v3.QueryExecutorImpl");

    private ProtocolLog() {}

    /// Returns the number of statements that this thread sends during some work.
    public static int statementsDuring(Runnable work) {
        Counter counter = new Counter(Thread.currentThread().threadId());
        listen(counter, work);
        return counter.count.get();
    }

    /// Returns the texts of all statements that any thread sends for the first time on a connection.
    public static Set<String> textsDuring(Runnable work) {
        Texts texts = new Texts();
        listen(texts, work);
        return texts.found;
    }

    private static void listen(Handler handler, Runnable work) {
        PROTOCOL.setUseParentHandlers(false);
        PROTOCOL.setLevel(Level.FINEST);
        PROTOCOL.addHandler(handler);
        try {
            work.run();
        } finally {
            PROTOCOL.removeHandler(handler);
            PROTOCOL.setLevel(null);
            PROTOCOL.setUseParentHandlers(true);
        }
    }

    private static final class Texts extends Handler {
        private static final Pattern SENT = Pattern.compile(" FE=> (?:Parse|SimpleQuery)\\(.*?query=\"(.*)\".*",
                Pattern.DOTALL);
        private final Set<String> found = ConcurrentHashMap.newKeySet();

        @Override
        public void publish(LogRecord record) {
            Matcher sent = SENT.matcher(new SimpleFormatter().formatMessage(record));
            if (sent.matches()) {
                found.add(sent.group(1).strip());
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
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
