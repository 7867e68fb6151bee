package dev.memfuse.server.rest;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

import dev.memfuse.server.rest.PacedOutput.Pace;
import org.junit.jupiter.api.Test;

/// Answers end for clients that read too slowly, and for no others.
class PacedOutputTest {
    private static final byte[] BODY = new byte[200_000];

    /// A client that takes at least a millisecond for each part.
    private static final class Reader extends OutputStream {
        private final ByteArrayOutputStream read = new ByteArrayOutputStream();

        @Override
        public void write(int value) {
            read.write(value);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            long start = System.nanoTime();
            while (System.nanoTime() - start < 1_000_000) {
                LockSupport.parkNanos(100_000);
            }
            read.write(bytes, offset, length);
        }
    }

    @Test
    void aClientBelowTheRateGetsNoFurtherPart() {
        Reader reader = new Reader();
        PacedOutput out = new PacedOutput(reader, new Pace(Duration.ZERO, 1 << 30));

        IOException ended = assertThrows(IOException.class, () -> out.write(BODY));

        assertTrue(String.valueOf(ended.getMessage()).contains("too slowly"), ended.toString());
        assertTrue(reader.read.size() < BODY.length, "the rest is not written");
    }

    @Test
    void aClientAboveTheRateOrWithinThePatienceGetsEverything() throws IOException {
        for (Pace pace : new Pace[]{new Pace(Duration.ZERO, 1), new Pace(Duration.ofHours(1), 1 << 30)}) {
            Reader reader = new Reader();
            PacedOutput out = new PacedOutput(reader, pace);

            out.write(7);
            out.write(BODY, 1, BODY.length - 1);
            out.flush();

            assertEquals(BODY.length, reader.read.size());
            byte[] expected = BODY.clone();
            expected[0] = 7;
            assertArrayEquals(expected, reader.read.toByteArray());
        }
    }
}
