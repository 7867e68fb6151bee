package dev.memfuse.engine.model.language;

import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;

/// Failure of a call to the server.
///
/// @param reason completes the sentence "The language model at …"
/// @param retryable whether the same call may succeed later
/// @param retryAfter wait that the server requests; empty without one
record CallFailure(String reason, boolean retryable, Optional<Duration> retryAfter) {
    private static final int TIMEOUT = 408;
    private static final int CONFLICT = 409;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int SERVER_ERROR = 500;

    /// No answer, or none in time.
    static final CallFailure NO_ANSWER = new CallFailure("did not answer", true, Optional.empty());
    /// A connection that ended or failed before TLS was agreed, or a server that speaks no TLS.
    static final CallFailure NO_TLS = new CallFailure("did not agree on TLS", true, Optional.empty());
    /// A certificate that is not trusted.
    static final CallFailure UNTRUSTED = new CallFailure("has no trusted certificate; see llm.certificates", false,
            Optional.empty());
    /// An answer above [AnswerBody#MAX_BYTES].
    static final CallFailure TOO_LONG = new CallFailure("sent an answer of more than 1 MiB", false, Optional.empty());
    /// An answer in another format.
    static final CallFailure UNREADABLE = new CallFailure("sent an unreadable answer", false, Optional.empty());

    /// Returns the failure that a status means.
    ///
    /// @param headers of the answer, for the wait that it requests
    static CallFailure ofStatus(int status, HttpHeaders headers) {
        boolean retryable = status == TIMEOUT || status == CONFLICT || status == TOO_MANY_REQUESTS
                || status >= SERVER_ERROR;
        String reason = switch (status) {
            case 301, 302, 303, 307, 308 -> "redirects to another address (status " + status
                    + "), which is not followed; set llm.base_url";
            case 401, 403 -> "refused the key (status " + status + "); set MEMFUSE_LLM_API_KEY or OPENAI_API_KEY, "
                    + "and restart the program after a change of the server";
            case 404 -> "has no such model or address (status 404); check llm.base_url and llm.model";
            case TOO_MANY_REQUESTS -> "received too many requests (status 429)";
            default -> "answered with status " + status;
        };
        return new CallFailure(reason, retryable,
                headers.firstValue("retry-after-ms").flatMap(CallFailure::millis).or(
                        () -> headers.firstValue("Retry-After")
                                .flatMap(text -> waitOf(text.strip(), headers.allValues("Date")))));
    }

    /// Returns the wait in OpenAI's header, which is more exact than the one of RFC 9110.
    private static Optional<Duration> millis(String text) {
        String number = text.strip();
        return number.matches("\\d{1,12}(\\.\\d{1,9})?")
                ? Optional.of(Duration.ofMillis(Math.round(Double.parseDouble(number))))
                : Optional.empty();
    }

    /// Returns the wait in a header of RFC 9110: seconds, or a date. A date counts from the date of the answer, which
    /// is of the same clock; without one it says nothing.
    private static Optional<Duration> waitOf(String text, List<String> answered) {
        try {
            if (text.matches("\\d{1,9}(\\.\\d{1,9})?")) {
                return Optional.of(Duration.ofMillis(Math.round(Double.parseDouble(text) * 1000)));
            }
            if (answered.isEmpty()) {
                return Optional.empty();
            }
            Duration wait = Duration.between(time(answered.getFirst()), time(text));
            return Optional.of(wait.isNegative() ? Duration.ZERO : wait);
        } catch (DateTimeParseException _) {
            return Optional.empty();
        }
    }

    private static Instant time(String text) {
        return ZonedDateTime.parse(text.strip(), DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
    }
}
