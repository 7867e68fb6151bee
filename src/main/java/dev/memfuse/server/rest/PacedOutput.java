package dev.memfuse.server.rest;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;

import jakarta.servlet.http.HttpServletResponse;

/// Writes answers to clients that read them at a bearable rate. A client that takes a few bytes now and then would hold
/// an answer in memory, or the connection of the database of an export, for days. Not thread-safe.
public final class PacedOutput extends OutputStream {
    private static final int SLICE = 32 * 1024;

    private final OutputStream out;
    private final Pace pace;
    private long written;
    private long waited;

    /// The slowest bearable client.
    ///
    /// @param patience time of waiting for a client that is not judged
    /// @param bytesPerSecond lowest number of bytes for each second of waiting after that
    record Pace(Duration patience, int bytesPerSecond) {
        static final Pace USUAL = new Pace(Duration.ofSeconds(30), 8 * 1024);
    }

    /// @param pace slowest bearable client
    PacedOutput(OutputStream out, Pace pace) {
        this.out = out;
        this.pace = pace;
    }

    static PacedOutput to(HttpServletResponse response) throws IOException {
        return new PacedOutput(response.getOutputStream(), Pace.USUAL);
    }

    /// Writes the whole body of an answer.
    ///
    /// @throws IOException when the client is gone or reads too slowly
    public static void answer(HttpServletResponse response, byte[] body) throws IOException {
        response.setContentLength(body.length);
        if (body.length <= SLICE) {
            response.getOutputStream().write(body);
        } else {
            to(response).write(body);
        }
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[]{(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        for (int done = 0; done < length; done += SLICE) {
            slice(bytes, offset + done, Math.min(SLICE, length - done));
        }
    }

    private void slice(byte[] bytes, int offset, int length) throws IOException {
        long start = System.nanoTime();
        out.write(bytes, offset, length);
        waited += System.nanoTime() - start;
        written += length;
        long judged = waited - pace.patience().toNanos();
        if (judged > 0 && written < judged / 1e9 * pace.bytesPerSecond()) {
            throw new IOException("The client reads its answer too slowly.");
        }
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }
}
