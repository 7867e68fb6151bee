package dev.memfuse.engine.model.language;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

import org.jspecify.annotations.Nullable;

/// Text of an answer; the body fails with a [TooLongException] above [#MAX_BYTES].
final class AnswerBody implements HttpResponse.BodySubscriber<String> {
    static final long MAX_BYTES = 1L << 20;

    private final HttpResponse.BodySubscriber<String> text = HttpResponse.BodySubscribers
            .ofString(StandardCharsets.UTF_8);
    private Flow.@Nullable Subscription subscription;
    private long received;

    /// An answer was longer than allowed.
    static final class TooLongException extends IOException {
        private static final long serialVersionUID = 1;
    }

    @Override
    public CompletionStage<String> getBody() {
        return text.getBody();
    }

    @Override
    public void onSubscribe(Flow.Subscription to) {
        subscription = to;
        text.onSubscribe(to);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        received += buffers.stream().mapToLong(ByteBuffer::remaining).sum();
        if (received <= MAX_BYTES) {
            text.onNext(buffers);
        } else if (subscription != null) {
            subscription.cancel();
            subscription = null;
            text.onError(new TooLongException());
        }
    }

    @Override
    public void onError(Throwable failure) {
        text.onError(failure);
    }

    @Override
    public void onComplete() {
        text.onComplete();
    }
}
