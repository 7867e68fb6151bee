package dev.memfuse.server.rest;

import java.io.IOException;
import java.io.OutputStream;
import java.util.UUID;
import java.util.concurrent.Semaphore;

import dev.memfuse.engine.MemoryEngine;
import dev.memfuse.transfer.UserExport;
import jakarta.servlet.http.HttpServletResponse;

/// Streams all data of a user, line by line as they are read, whatever their number. An export holds a connection of
/// the database for its whole time, so few run at a time.
final class ExportRoute {
    static final String PATH = "/api/v1/users/{user_id}/export";
    static final String MEDIA_TYPE = "application/jsonl";
    private static final int CONCURRENT = 2;

    private final Semaphore places = new Semaphore(CONCURRENT);

    static Route route() {
        return Route.get(PATH, "exportUser", "Streams all data of a user as JSON Lines, as the command 'export' writes "
                + "them. A stream without its last line, the end with the checksum, is incomplete.", _ -> {
                    throw new IllegalStateException("answered before");
                }).producing(MEDIA_TYPE);
    }

    /// Writes the stream. What fails before the first bytes has an answer of its own; after them the connection ends,
    /// so that the client sees that the stream is incomplete.
    ///
    /// @throws ApiException with status 503 when too many run
    void stream(MemoryEngine engine, UUID userId, HttpServletResponse response) throws IOException {
        if (!places.tryAcquire()) {
            throw new ApiException(ApiException.UNAVAILABLE,
                    "The server runs as many exports as it may. Try again.");
        }
        try {
            response.setStatus(Reply.OK);
            response.setContentType(MEDIA_TYPE);
            response.setHeader("Cache-Control", "no-store");
            response.setHeader("X-Content-Type-Options", "nosniff");
            response.setHeader("Content-Disposition", "attachment; filename=\"" + userId + ".jsonl\"");
            OutputStream out = PacedOutput.to(response);
            new UserExport(engine).write(userId, out);
            out.flush();
        } finally {
            places.release();
        }
    }
}
