package dev.memfuse.server.rest;

import java.util.concurrent.atomic.AtomicLong;

/// Memory for the bodies of all requests that run. Their number is limited and the size of each, but the product is
/// more than a heap: without a common limit a few clients end the engine. Thread-safe; nothing waits.
public final class BodyMemory {
    /// Part of the heap that bodies and what is read from them may take.
    private static final int SHARE = 4;

    private final long limit;
    private final AtomicLong used = new AtomicLong();

    /// @param limit maximum number of bytes of all bodies
    public BodyMemory(long limit) {
        this.limit = limit;
    }

    /// Returns a memory of a quarter of the heap.
    public static BodyMemory ofHeap() {
        return new BodyMemory(Runtime.getRuntime().maxMemory() / SHARE);
    }

    /// Takes bytes for a body.
    ///
    /// @param held bytes that the body has already
    /// @throws ApiException with status 413 when the body alone is too large, 503 when others hold too much
    void take(long bytes, long held) {
        if (held + bytes > limit) {
            throw new ApiException(ApiException.TOO_LARGE, "The body needs more memory than the server has for one. "
                    + "Send fewer values at a time, or give the program more memory.");
        }
        if (used.addAndGet(bytes) > limit) {
            used.addAndGet(-bytes);
            throw new ApiException(ApiException.UNAVAILABLE,
                    "The server holds as many bodies as its memory allows. Try again.");
        }
    }

    void giveBack(long bytes) {
        used.addAndGet(-bytes);
    }

    /// Returns the bytes that bodies have now.
    public long used() {
        return used.get();
    }
}
