package dev.memfuse.engine.words;

import java.io.IOException;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;

import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.Analyzer.ReuseStrategy;
import org.apache.lucene.analysis.Analyzer.TokenStreamComponents;
import org.apache.lucene.analysis.TokenFilter;
import org.apache.lucene.analysis.TokenStream;
import org.jspecify.annotations.Nullable;

/// The streams of an analyzer that no text uses at the moment, for any thread. Lucene keeps one for each thread: calls
/// on threads of their own would each make another, with a buffer of 2 MiB. Thread-safe.
final class IdleStreams extends ReuseStrategy {
    private static final int MOST = 2 * Runtime.getRuntime().availableProcessors();

    private final Queue<TokenStreamComponents> idle = new ArrayBlockingQueue<>(MOST);

    @Override
    public @Nullable TokenStreamComponents getReusableComponents(Analyzer analyzer, String field) {
        return idle.poll();
    }

    /// Called with new components, whose first text uses them: each close of their stream makes them idle.
    @Override
    public void setReusableComponents(Analyzer analyzer, String field, TokenStreamComponents components) {
        ((Last) components.getTokenStream()).onClose = () -> {
            boolean _ = idle.offer(components);
        };
    }

    /// The last filter of a stream.
    static final class Last extends TokenFilter {
        private Runnable onClose = () -> {};
        private boolean open;

        Last(TokenStream input) {
            super(input);
        }

        @Override
        public boolean incrementToken() throws IOException {
            return input.incrementToken();
        }

        @Override
        public void reset() throws IOException {
            super.reset();
            open = true;
        }

        @Override
        public void close() throws IOException {
            super.close();
            if (open) {
                open = false;
                onClose.run();
            }
        }
    }
}
