package dev.memfuse.load.recording;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// Fails when a stream has more than a number of bytes.
final class BoundedStream extends FilterInputStream {
    private long left;

    /// @param limit maximum number of bytes
    BoundedStream(InputStream in, long limit) {
        super(in);
        this.left = limit;
    }

    @Override
    public int read() throws IOException {
        int value = in.read();
        count(value < 0 ? 0 : 1);
        return value;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
        int read = in.read(bytes, from, length);
        count(Math.max(0, read));
        return read;
    }

    private void count(int bytes) throws IOException {
        left -= bytes;
        if (left < 0) {
            throw new IOException("it is larger than such a file can be");
        }
    }
}
