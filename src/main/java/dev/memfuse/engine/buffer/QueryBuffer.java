package dev.memfuse.engine.buffer;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.memfuse.engine.QueryRequest;
import dev.memfuse.engine.QueryResult;

/// Remembers the answers of one user's queries until the user writes. Thread-safe.
public final class QueryBuffer {
    private final Cache<Key, Answer> answers = Caffeine.newBuilder().maximumSize(0).executor(Runnable::run).build();
    private final AtomicLong version = new AtomicLong();

    /// Everything that an answer depends on, beside what is stored.
    ///
    /// @param request with the number of hits that is really taken
    /// @param rules the settings of ranking, compared by equality
    public record Key(QueryRequest request, Object rules) {}

    private record Answer(long version, QueryResult result) {}

    /// The version of the user's memory now; read it before searching and give it to [#remember].
    public long version() {
        return version.get();
    }

    /// The user wrote: every remembered answer is old.
    public void written() {
        version.incrementAndGet();
    }

    /// The user deleted something: no remembered answer may keep its text.
    public void forget() {
        written();
        answers.invalidateAll();
    }

    /// The remembered answer of an equal query, if nothing was written since.
    ///
    /// @param capacity how many answers are kept now; 0 forgets them all
    public Optional<QueryResult> find(Key key, int capacity) {
        limit(capacity);
        if (capacity == 0) {
            return Optional.empty();
        }
        Answer answer = answers.getIfPresent(key);
        return answer != null && answer.version() == version.get() ? Optional.of(answer.result()) : Optional.empty();
    }

    /// Remembers an answer.
    ///
    /// @param asOf the version before the search; an answer that a write overtook is never given
    /// @param capacity how many answers are kept; 0 keeps none
    public void remember(Key key, QueryResult result, long asOf, int capacity) {
        limit(capacity);
        if (capacity > 0) {
            answers.put(key, new Answer(asOf, result));
        }
    }

    private void limit(int capacity) {
        answers.policy().eviction().ifPresent(eviction -> {
            if (eviction.getMaximum() != capacity) {
                eviction.setMaximum(capacity);
            }
        });
    }
}
