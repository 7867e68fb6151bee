package dev.memfuse.server.rest;

import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/// The successful answer of a route.
///
/// @param status HTTP status
/// @param code code in the envelope, mostly the status
/// @param data the envelope's data; null for a reply without a body
/// @param complete false when the database was unreachable, so that stored messages are missing
record Reply(int status, int code, @Nullable Map<String, @Nullable Object> data, String message, boolean complete) {
    static final int OK = 200;
    static final int CREATED = 201;
    static final int NO_CONTENT = 204;

    Reply(int status, @Nullable Map<String, @Nullable Object> data, String message, boolean complete) {
        this(status, status, data, message, complete);
    }

    /// Returns the reply with another code in the envelope.
    Reply withCode(int other) {
        return new Reply(status, other, data, message, complete);
    }

    static Reply ok(String name, Object value, String message) {
        return new Reply(OK, Map.of(name, value), message, true);
    }

    static Reply created(String name, Object value, String message) {
        return new Reply(CREATED, Map.of(name, value), message, true);
    }

    static Reply noContent() {
        return new Reply(NO_CONTENT, null, "", true);
    }

    /// Returns the reply marked as incomplete, or as complete.
    Reply degraded(boolean degraded) {
        return new Reply(status, code, data, message, !degraded);
    }

    /// Returns an object with these names and values, in their order.
    static Map<String, @Nullable Object> object(@Nullable Object... pairs) {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            object.put(String.valueOf(pairs[i]), pairs[i + 1]);
        }
        return object;
    }
}
