package dev.memfuse.server.rest;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// The JSON of replies: `{status, code, data, message, errors}`, and `{detail}` for violations of a model.
public final class Envelope {
    /// Media type of every reply.
    public static final String MEDIA_TYPE = "application/json";

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private Envelope() {}

    static byte[] success(int code, @Nullable Object data, String message) {
        return write("success", code, data, message, null);
    }

    static byte[] error(ApiException failure) {
        return error(failure.status(), failure.sentence(), failure.errors());
    }

    /// Returns an error without a field.
    public static byte[] error(int status, String message) {
        return error(new ApiException(status, message));
    }

    private static byte[] error(int status, String message, List<ApiException.FieldError> errors) {
        return write("error", status, null, message, errors.stream().map(error -> {
            Map<String, Object> written = new LinkedHashMap<>();
            written.put("field", error.field());
            written.put("message", error.message());
            return written;
        }).toList());
    }

    static byte[] violations(ModelException failure) {
        return json(Map.of("detail", failure.violations().stream().map(violation -> {
            Map<String, Object> written = new LinkedHashMap<>();
            written.put("type", violation.type());
            written.put("loc", violation.location());
            written.put("msg", violation.message());
            return written;
        }).toList()));
    }

    private static byte[] write(String status, int code, @Nullable Object data, String message,
            @Nullable Object errors) {
        Map<String, @Nullable Object> envelope = new LinkedHashMap<>();
        envelope.put("status", status);
        envelope.put("code", code);
        envelope.put("data", data);
        envelope.put("message", message);
        envelope.put("errors", errors);
        return json(envelope);
    }

    static byte[] json(Object value) {
        return JSON.writeValueAsBytes(value);
    }
}
