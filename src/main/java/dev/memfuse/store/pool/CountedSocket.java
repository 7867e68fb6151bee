package dev.memfuse.store.pool;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.WeakHashMap;

import dev.memfuse.metrics.Work;
import dev.memfuse.metrics.WorkStats;
import org.jspecify.annotations.Nullable;

/// A socket that counts the bytes and the round trips of a connection to a server, and knows which thread waits for an
/// answer. The driver reads and writes whole buffers, so that the cost is an addition and a few writes each.
class CountedSocket extends Socket {
    /// The sockets in use, for [#waitOf]; a socket that nobody closed does not stay.
    private static final Set<CountedSocket> OPEN = Collections
            .synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

    private final WorkStats work;
    private volatile @Nullable Thread reader;
    private volatile @Nullable Thread writer;
    /// Begin of the call of the reader or the writer. One thread at a time uses a connection.
    private volatile long waitingSince;
    /// Whether data was sent since the last receipt: the next receipt ends a round trip.
    private volatile boolean awaiting;

    CountedSocket(WorkStats work) {
        this.work = work;
        OPEN.add(this);
    }

    /// Returns for how long a thread has waited for a server without sending or receiving anything; empty when it does
    /// not wait, or when the answer is there and only the thread has no processor yet.
    static Optional<Duration> waitOf(Thread thread) {
        synchronized (OPEN) {
            long now = System.nanoTime();
            return OPEN.stream().filter(socket -> socket.writer == thread
                    || (socket.reader == thread && !socket.answered()))
                    .map(socket -> Duration.ofNanos(Math.max(0, now - socket.waitingSince)))
                    .findFirst();
        }
    }

    private boolean answered() {
        try {
            return super.getInputStream().available() > 0;
        } catch (IOException e) {
            // Closed or broken: the reader learns it by itself.
            return false;
        }
    }

    @Override
    @SuppressWarnings("UnsynchronizedOverridesSynchronized") // the set has a lock of its own, as the socket has
    public void close() throws IOException {
        OPEN.remove(this);
        super.close();
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return new FilterInputStream(super.getInputStream()) {
            @Override
            public int read() throws IOException {
                begin();
                try {
                    int value = super.read();
                    received(value < 0 ? 0 : 1);
                    return value;
                } finally {
                    reader = null;
                }
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                begin();
                try {
                    int count = super.read(bytes, offset, length);
                    received(count);
                    return count;
                } finally {
                    reader = null;
                }
            }
        };
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        return new FilterOutputStream(super.getOutputStream()) {
            @Override
            public void write(int value) throws IOException {
                write(new byte[]{(byte) value}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                waitingSince = System.nanoTime();
                writer = Thread.currentThread();
                try {
                    out.write(bytes, offset, length);
                } finally {
                    writer = null;
                }
                sent(length);
            }
        };
    }

    private void begin() {
        waitingSince = System.nanoTime();
        reader = Thread.currentThread();
    }

    private void sent(int count) {
        awaiting = true;
        work.add(Work.DATABASE_BYTES, count);
    }

    private void received(int count) {
        if (count <= 0) {
            return;
        }
        if (awaiting) {
            awaiting = false;
            work.add(Work.ROUND_TRIPS, 1);
        }
        work.add(Work.DATABASE_BYTES, count);
    }
}
