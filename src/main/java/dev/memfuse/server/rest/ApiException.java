package dev.memfuse.server.rest;

import java.util.List;

import dev.memfuse.config.schema.TypedText;

/// Ends a request with an error in the envelope. The message is a sentence for the client.
public final class ApiException extends RuntimeException {
    public static final int BAD_REQUEST = 400;
    public static final int UNAUTHORIZED = 401;
    public static final int FORBIDDEN = 403;
    public static final int NOT_FOUND = 404;
    public static final int METHOD_NOT_ALLOWED = 405;
    public static final int TOO_LARGE = 413;
    public static final int UNSUPPORTED_TYPE = 415;
    public static final int TOO_MANY_REQUESTS = 429;
    public static final int FAILED = 500;
    public static final int NOT_IMPLEMENTED = 501;
    public static final int UNAVAILABLE = 503;
    /// Of ids and names that messages repeat.
    private static final int LONGEST = 200;

    private final int status;
    private final List<FieldError> errors;

    /// An error of one field.
    ///
    /// @param field name of the field, or `general`
    public record FieldError(String field, String message) {}

    /// @param status HTTP status, 400..599
    public ApiException(int status, String message) {
        this(status, message, List.of(new FieldError("general", message)));
    }

    /// @param field name of the field that causes it
    public ApiException(int status, String field, String message) {
        this(status, message, List.of(new FieldError(field, message)));
    }

    private ApiException(int status, String message, List<FieldError> errors) {
        super(message, null, false, false);
        this.status = status;
        this.errors = errors;
    }

    /// Returns the HTTP status.
    public int status() {
        return status;
    }

    /// Returns the message of the envelope.
    public String sentence() {
        return String.valueOf(getMessage());
    }

    /// Returns the errors by field, at least one.
    public List<FieldError> errors() {
        return errors;
    }

    /// Returns the error for a missing entity.
    ///
    /// @param kind for instance `User`
    static ApiException unknown(String kind, String field, String id) {
        return new ApiException(NOT_FOUND, field, kind + " with ID '" + TypedText.excerpt(id, LONGEST) + "' not found");
    }

    /// Returns the error for a missing name.
    static ApiException unknownName(String kind, String name) {
        return new ApiException(NOT_FOUND, "name",
                kind + " with name '" + TypedText.excerpt(name, LONGEST) + "' not found");
    }

    /// Returns the error for a name that is taken.
    static ApiException duplicate(String kind, String name) {
        return new ApiException(BAD_REQUEST, "name",
                kind + " with name '" + TypedText.excerpt(name, LONGEST) + "' already exists");
    }
}
