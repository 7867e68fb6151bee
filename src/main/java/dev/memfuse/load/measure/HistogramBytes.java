package dev.memfuse.load.measure;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.DataFormatException;

import org.HdrHistogram.Histogram;

/// Distributions as bytes, without any loss: HdrHistogram's compressed format V2 behind its length.
public final class HistogramBytes {
    private static final int MAX_BYTES = 16 << 20;

    private HistogramBytes() {}

    /// Writes a distribution; an empty one as its length 0.
    public static void write(Histogram histogram, DataOutput out) throws IOException {
        if (histogram.getTotalCount() == 0) {
            out.writeInt(0);
            return;
        }
        ByteBuffer bytes = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
        int length = histogram.encodeIntoCompressedByteBuffer(bytes);
        out.writeInt(length);
        out.write(bytes.array(), 0, length);
    }

    /// Reads a distribution.
    ///
    /// @throws IOException when the bytes are no distribution
    public static Histogram read(DataInput in) throws IOException {
        int length = in.readInt();
        if (length == 0) {
            return new Histogram(Measurements.DIGITS);
        }
        if (length < 0 || length > MAX_BYTES) {
            throw new IOException("the length of a distribution is damaged");
        }
        byte[] bytes = new byte[length];
        in.readFully(bytes);
        try {
            return Histogram.decodeFromCompressedByteBuffer(ByteBuffer.wrap(bytes), 0);
        } catch (DataFormatException e) {
            throw new IOException("a distribution is damaged", e);
        }
    }
}
