package dev.memfuse.store.pool;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;

import dev.memfuse.metrics.Work;
import dev.memfuse.metrics.WorkStats;

/// A socket that counts the bytes and the round trips of a connection to a server. The driver reads and writes whole
/// buffers, so that the cost is one addition each.
class CountedSocket extends Socket {
    private final WorkStats work;
    /// Whether data was sent since the last receipt: the next receipt ends a round trip. One thread at a time uses a
    /// connection.
    private volatile boolean awaiting;

    CountedSocket(WorkStats work) {
        this.work = work;
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return new FilterInputStream(super.getInputStream()) {
            @Override
            public int read() throws IOException {
                int value = super.read();
                received(value < 0 ? 0 : 1);
                return value;
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                int count = super.read(bytes, offset, length);
                received(count);
                return count;
            }
        };
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        return new FilterOutputStream(super.getOutputStream()) {
            @Override
            public void write(int value) throws IOException {
                out.write(value);
                sent(1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                out.write(bytes, offset, length);
                sent(length);
            }
        };
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
