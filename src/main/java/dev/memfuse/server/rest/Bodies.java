package dev.memfuse.server.rest;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.IntSupplier;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads the bodies of requests: JSON within limits of size, time and memory. Thread-safe.
///
/// @param maxBytes returns the maximum size of a body
/// @param timeout maximum time of the transfer of a body
/// @param memory memory of all bodies
public record Bodies(IntSupplier maxBytes, Duration timeout, BodyMemory memory) {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int CHUNK = 16 * 1024;
    /// Bytes of memory for a byte of a body: itself, and its characters.
    private static final int COPIES = 2;
    /// Bytes of memory for a token of JSON: an empty object of two tokens takes the most.
    private static final int TOKEN_BYTES = 64;
    /// Tokens whose memory is taken at once; fewer take none.
    private static final int TOKENS = 1_024;
    private static final Set<String> CHARSETS = Set.of("utf-8", "utf8", "us-ascii");

    /// A body that was read. Closing it gives its memory back.
    public static final class Received implements AutoCloseable {
        private final BodyMemory memory;
        private byte[] bytes = new byte[0];
        private long held;

        private Received(BodyMemory memory) {
            this.memory = memory;
        }

        private void take(long more) {
            memory.take(more, held);
            held += more;
        }

        /// Returns the bytes; the caller does not change them.
        public byte[] bytes() {
            return bytes;
        }

        /// Takes the memory for what the body contains, and parses it.
        ///
        /// @throws JacksonException when it is no JSON
        /// @throws ApiException with status 413 or 503 when there is not enough memory
        public JsonNode parse() {
            take(COPIES * (long) bytes.length);
            if (bytes.length <= CHUNK) {
                // A token has a byte at least; counting takes longer than it spares.
                take(TOKEN_BYTES * (long) bytes.length);
            } else {
                takeTokens();
            }
            return JSON.readTree(bytes);
        }

        private void takeTokens() {
            try (JsonParser parser = JSON.createParser(bytes)) {
                for (int count = 1; parser.nextToken() != null; count++) {
                    if (count % TOKENS == 0) {
                        take(TOKEN_BYTES * (long) TOKENS);
                    }
                }
            }
        }

        @Override
        public void close() {
            memory.giveBack(held);
            held = 0;
        }
    }

    /// Returns the body of a request that has none.
    public Received none() {
        return new Received(memory);
    }

    /// Reads a body.
    ///
    /// @throws ApiException with status 408, 413, 415 or 503
    public Received read(HttpServletRequest request) throws IOException {
        int limit = maxBytes.getAsInt();
        if (request.getContentLengthLong() > limit) {
            throw tooLarge(limit);
        }
        requireJson(request);
        Received received = none();
        boolean complete = false;
        try {
            received.bytes = bytes(request, limit, received);
            complete = true;
            return received;
        } finally {
            if (!complete) {
                received.close();
            }
        }
    }

    private byte[] bytes(HttpServletRequest request, int limit, Received received) throws IOException {
        long start = System.nanoTime();
        // Buffers of the announced length, as far as it is small: nobody reserves memory by announcing a large body.
        int announced = (int) Math.clamp(request.getContentLengthLong(), 0L, CHUNK - 1L);
        ByteArrayOutputStream body = new ByteArrayOutputStream(announced);
        byte[] chunk = new byte[announced == 0 ? CHUNK : announced + 1];
        request.setAttribute(UnreadBody.READ, true);
        InputStream in = request.getInputStream();
        for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
            received.take(COPIES * (long) read);
            body.write(chunk, 0, read);
            if (body.size() > limit) {
                throw tooLarge(limit);
            }
            if (System.nanoTime() - start > timeout.toNanos()) {
                throw new ApiException(408, "The body of the request took too long.");
            }
        }
        return body.toByteArray();
    }

    private static ApiException tooLarge(int limit) {
        return new ApiException(ApiException.TOO_LARGE, "The body is larger than " + limit + " bytes.");
    }

    /// A body without a media type counts as JSON.
    private static void requireJson(HttpServletRequest request) {
        List<String> type = parts(request.getContentType());
        String encoding = String.valueOf(request.getHeader("Content-Encoding")).toLowerCase(Locale.ROOT);
        if (!type.isEmpty() && !type.getFirst().isEmpty() && !type.getFirst().equals(Envelope.MEDIA_TYPE)) {
            throw new ApiException(ApiException.UNSUPPORTED_TYPE, "The body must be " + Envelope.MEDIA_TYPE + ".");
        }
        if (type.stream().skip(1).map(part -> part.replace("\"", "").replace(" ", ""))
                .anyMatch(part -> part.startsWith("charset=") && !CHARSETS.contains(part.substring(8)))) {
            throw new ApiException(ApiException.UNSUPPORTED_TYPE, "The body must be encoded in UTF-8.");
        }
        if (!Set.of("null", "", "identity").contains(encoding.strip())) {
            throw new ApiException(ApiException.UNSUPPORTED_TYPE,
                    "The server does not decompress bodies. Send them without Content-Encoding.");
        }
    }

    private static List<String> parts(@Nullable String contentType) {
        return contentType == null
                ? List.of()
                : List.of(contentType.toLowerCase(Locale.ROOT).split(";", -1)).stream().map(String::strip).toList();
    }
}
