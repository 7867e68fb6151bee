package dev.memfuse.engine.model.language;

import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;

import com.openai.core.http.Headers;
import com.openai.errors.OpenAIException;
import com.openai.errors.OpenAIIoException;
import com.openai.errors.OpenAIServiceException;

/// Why one call of a server failed, and whether it is worth asking again.
///
/// @param reason completes the sentence "The language model at … "
/// @param again whether the same call may succeed later
/// @param after how long the server asks to wait; empty when it does not say
record CallFailure(String reason, boolean again, Optional<Duration> after) {
    private static final int TIMEOUT = 408;
    private static final int CONFLICT = 409;
    private static final int TOO_MANY = 429;
    private static final int SERVER_ERROR = 500;

    static CallFailure of(OpenAIException failure, Instant now) {
        return switch (failure) {
            case OpenAIServiceException service -> ofStatus(service.statusCode(), retryAfter(service.headers(), now));
            case OpenAIIoException _ -> new CallFailure("did not answer", true, Optional.empty());
            default -> new CallFailure("sent something that cannot be read", false, Optional.empty());
        };
    }

    private static CallFailure ofStatus(int status, Optional<Duration> after) {
        boolean again = status == TIMEOUT || status == CONFLICT || status == TOO_MANY || status >= SERVER_ERROR;
        String reason = switch (status) {
            case 401, 403 -> "refused the key (status " + status + "); set MEMFUSE_LLM_API_KEY or OPENAI_API_KEY";
            case 404 -> "does not know the model or the address (status 404); check llm.base_url and llm.model";
            case TOO_MANY -> "is asked too often (status 429)";
            default -> "answered with status " + status;
        };
        return new CallFailure(reason, again, after);
    }

    private static Optional<Duration> retryAfter(Headers headers, Instant now) {
        return headers.values("Retry-After").stream().findFirst().flatMap(text -> waitOf(text.strip(), now));
    }

    /// Seconds, or a date, as RFC 9110 has it.
    private static Optional<Duration> waitOf(String text, Instant now) {
        try {
            if (text.matches("\\d{1,9}(\\.\\d{1,9})?")) {
                return Optional.of(Duration.ofMillis(Math.round(Double.parseDouble(text) * 1000)));
            }
            Duration wait = Duration.between(now,
                    ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
            return Optional.of(wait.isNegative() ? Duration.ZERO : wait);
        } catch (DateTimeParseException _) {
            return Optional.empty();
        }
    }
}
