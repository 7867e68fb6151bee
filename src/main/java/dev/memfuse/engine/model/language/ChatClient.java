package dev.memfuse.engine.model.language;

import java.io.IOException;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

import javax.net.ssl.SSLException;

import dev.memfuse.background.BackgroundThreads;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// A client of OpenAI's chat completions at one address. The key goes to this address only: redirects are not followed,
/// and an address without TLS is reached without a proxy. Thread-safe.
final class ChatClient implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(30);
    private static final int OK = 200;

    private final HttpClient http;
    private final URI address;
    private final Optional<String> key;

    /// @param baseUrl URL of the API, including its version
    /// @param key the API key; empty sends none
    ChatClient(String baseUrl, Optional<String> key) {
        this(baseUrl, key, "");
    }

    /// @param certificates file with trusted certificates in PEM form; empty for those of Java only
    /// @throws LanguageModelException when the address or the file is not usable
    ChatClient(String baseUrl, Optional<String> key, String certificates) {
        this.address = address(baseUrl);
        this.key = key;
        boolean secure = "https".equalsIgnoreCase(address.getScheme());
        HttpClient.Builder builder = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(CONNECT_TIMEOUT)
                .proxy(secure ? ProxySelector.getDefault() : HttpClient.Builder.NO_PROXY)
                .executor(BackgroundThreads.virtualPerTask("engine-llm"));
        if (!certificates.isEmpty()) {
            builder.sslContext(TrustedCertificates.context(Path.of(certificates)));
        }
        http = builder.build();
    }

    private static URI address(String baseUrl) {
        try {
            URI url = URI.create((baseUrl.endsWith("/") ? baseUrl : baseUrl + "/") + "chat/completions");
            // Checks scheme and host too.
            return HttpRequest.newBuilder(url).build().uri();
        } catch (IllegalArgumentException e) {
            throw new LanguageModelException("llm.base_url is not the address of a server: " + baseUrl, e);
        }
    }

    /// Returns the answer to a prompt. Blocks.
    ///
    /// @throws CallFailedException when the server does not answer in time, or with anything but a completion
    Completion complete(String model, Prompt prompt, Duration timeout) throws CallFailedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(address).header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body(model, prompt)));
        key.ifPresent(value -> request.header("Authorization", "Bearer " + value));
        HttpResponse<String> response = send(request.build(), timeout);
        if (response.statusCode() != OK) {
            throw new CallFailedException(CallFailure.ofStatus(response.statusCode(), response.headers()),
                    null);
        }
        try {
            JsonNode answer = JSON.readTree(response.body());
            JsonNode content = answer.path("choices").path(0).path("message").path("content");
            JsonNode usage = answer.path("usage");
            return new Completion(content.isString() ? Optional.of(content.stringValue()) : Optional.empty(),
                    tokens(usage.path("prompt_tokens")), tokens(usage.path("completion_tokens")));
        } catch (JacksonException e) {
            throw new CallFailedException(CallFailure.UNREADABLE, e);
        }
    }

    private static OptionalLong tokens(JsonNode count) {
        return count.isIntegralNumber() && count.canConvertToInt() && count.intValue() >= 0
                ? OptionalLong.of(count.intValue())
                : OptionalLong.empty();
    }

    private static String body(String model, Prompt prompt) {
        ObjectNode body = JSON.createObjectNode().put("model", model);
        body.putArray("messages").add(message("system", prompt.system())).add(message("user", prompt.user()));
        body.put("temperature", prompt.temperature()).put("max_completion_tokens", prompt.maxTokens());
        body.putObject("response_format").put("type", "json_object");
        return body.toString();
    }

    private static ObjectNode message(String role, String content) {
        return JSON.createObjectNode().put("role", role).put("content", content);
    }

    /// The time limit includes the body of the answer, which the client's own one does not.
    private HttpResponse<String> send(HttpRequest request, Duration timeout) throws CallFailedException {
        CompletableFuture<HttpResponse<String>> answer = http.sendAsync(request,
                info -> info.statusCode() == OK ? new AnswerBody() : new IgnoredBody());
        try {
            return answer.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new CallFailedException(CallFailure.NO_ANSWER, e);
        } catch (ExecutionException e) {
            throw new CallFailedException(failure(e.getCause()), e.getCause());
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw new LanguageModelException("The call of the language model was interrupted.", e);
        }
    }

    private static CallFailure failure(@Nullable Throwable cause) {
        return switch (cause) {
            case AnswerBody.TooLongException _ -> CallFailure.TOO_LONG;
            case SSLException e -> concernsCertificate(e) ? CallFailure.UNTRUSTED : CallFailure.NO_TLS;
            case IOException _ -> CallFailure.NO_ANSWER;
            case null, default -> CallFailure.UNREADABLE;
        };
    }

    private static boolean concernsCertificate(SSLException failure) {
        return Stream.<Throwable>iterate(failure, Objects::nonNull, Throwable::getCause)
                .anyMatch(GeneralSecurityException.class::isInstance);
    }

    /// Lets running calls end, and accepts no others. Does not block.
    void retire() {
        http.shutdown();
    }

    /// Ends running calls.
    @Override
    public void close() {
        http.shutdownNow();
    }
}
