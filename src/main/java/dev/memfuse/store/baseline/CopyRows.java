package dev.memfuse.store.baseline;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/// Writes rows in the binary format of `COPY`: a header, for each row its number of fields and for each field its
/// length and bytes, a trailer. Not thread-safe.
///
/// Source: PostgreSQL's documentation of COPY, "Binary Format".
final class CopyRows {
    private static final byte[] HEADER = {'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0, 0, 0, 0, 0, 0,
            0, 0, 0};
    private static final Instant EPOCH = Instant.parse("2000-01-01T00:00:00Z");

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 18);
    private final DataOutputStream to = new DataOutputStream(bytes);

    CopyRows() {
        run(() -> to.write(HEADER));
    }

    private interface Write {
        void run() throws IOException;
    }

    private CopyRows run(Write write) {
        try {
            write.run();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Begins a row.
    CopyRows row(int fields) {
        return run(() -> to.writeShort(fields));
    }

    /// Adds a `uuid`.
    CopyRows id(UUID id) {
        return run(() -> {
            to.writeInt(2 * Long.BYTES);
            to.writeLong(id.getMostSignificantBits());
            to.writeLong(id.getLeastSignificantBits());
        });
    }

    /// Adds an `int8`.
    CopyRows number(long number) {
        return run(() -> {
            to.writeInt(Long.BYTES);
            to.writeLong(number);
        });
    }

    /// Adds a `text`.
    CopyRows text(String text) {
        return run(() -> {
            byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
            to.writeInt(encoded.length);
            to.write(encoded);
        });
    }

    /// Adds a `timestamptz`: microseconds since the year 2000.
    CopyRows time(Instant at) {
        return number(ChronoUnit.MICROS.between(EPOCH, at));
    }

    /// Returns all bytes, with the trailer.
    byte[] end() {
        run(() -> to.writeShort(-1));
        return bytes.toByteArray();
    }
}
