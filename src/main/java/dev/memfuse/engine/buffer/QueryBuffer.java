package dev.memfuse.engine.buffer;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import dev.memfuse.engine.QueryRequest;
import dev.memfuse.engine.QueryResult;
import dev.memfuse.metrics.SpeculationStats;
import org.jspecify.annotations.Nullable;

/// Caches the answers of one user's queries until the user writes, including answers computed ahead. An answer is
/// returned only while no process deleted anything of the user since. Thread-safe.
public final class QueryBuffer {
    private static final AtomicBoolean NOT_PREFETCHED = new AtomicBoolean();

    private final Cache<Key, Answer> answers = Caffeine.newBuilder().maximumSize(0).executor(Runnable::run)
            .removalListener(this::removed).build();
    private final AtomicLong version = new AtomicLong();
    private final SpeculationStats speculation;

    /// @param speculation counts used and unused answers that were computed ahead
    public QueryBuffer(SpeculationStats speculation) {
        this.speculation = speculation;
    }

    /// Identity of an answer.
    ///
    /// @param request with its effective number of hits
    /// @param rules settings of ranking, compared by equality
    public record Key(QueryRequest request, Object rules) {}

    /// @param unused true from [#putPrefetched] until a query uses the answer or it is removed
    private record Answer(long version, long erased, QueryResult result, AtomicBoolean unused) {

        /// Marks a prefetched answer as counted; returns true for the first call only.
        boolean countOnce() {
            return unused.get() && unused.compareAndSet(true, false);
        }
    }

    private void removed(@Nullable Key key, @Nullable Answer answer, RemovalCause cause) {
        if (answer != null && answer.countOnce()) {
            speculation.wasted();
        }
    }

    /// Returns the version of the user's memory, to be read before a search and passed to [#put].
    public long version() {
        return version.get();
    }

    /// Invalidates all answers, after a write of the user.
    public void invalidate() {
        version.incrementAndGet();
    }

    /// Removes all answers, since they may hold texts that the user deleted.
    public void clear() {
        invalidate();
        answers.invalidateAll();
    }

    /// Returns the answer of an equal query, unless a write or a deletion invalidated it.
    ///
    /// @param capacity maximum number of answers; 0 removes all
    /// @param erased reads the time of the user's last deletion by any process, when there is an answer; empty when the
    ///        database cannot be reached
    public Optional<QueryResult> get(Key key, int capacity, Supplier<OptionalLong> erased) {
        limit(capacity);
        if (capacity == 0) {
            return Optional.empty();
        }
        Answer answer = answers.getIfPresent(key);
        if (answer == null || answer.version() != version.get()) {
            return Optional.empty();
        }
        OptionalLong current = erased.get();
        if (current.isPresent() && current.getAsLong() != answer.erased()) {
            clear();
            return Optional.empty();
        }
        if (answer.countOnce()) {
            speculation.used();
        }
        return Optional.of(current.isPresent() ? answer.result() : answer.result().asDegraded());
    }

    /// Returns whether there is a valid answer of an equal query.
    public boolean contains(Key key) {
        Answer answer = answers.getIfPresent(key);
        return answer != null && answer.version() == version.get();
    }

    /// Removes invalidated answers.
    public void evictStale() {
        answers.asMap().values().removeIf(answer -> answer.version() != version.get());
    }

    /// Caches an answer.
    ///
    /// @param asOf version before the search; an answer is never returned after a later write
    /// @param erased time of the user's last deletion that the answer respects
    /// @param capacity maximum number of answers; 0 keeps none
    public void put(Key key, QueryResult result, long asOf, long erased, int capacity) {
        limit(capacity);
        if (capacity > 0) {
            answers.put(key, new Answer(asOf, erased, result, NOT_PREFETCHED));
        }
    }

    /// Caches an answer that was computed ahead of its query.
    ///
    /// @param asOf version before the search; the answer is discarded after a later write
    /// @param erased time of the user's last deletion that the answer respects
    /// @param capacity maximum number of answers; 0 keeps none
    public void putPrefetched(Key key, QueryResult result, long asOf, long erased, int capacity) {
        limit(capacity);
        if (capacity > 0 && asOf == version.get()) {
            answers.put(key, new Answer(asOf, erased, result, new AtomicBoolean(true)));
        } else {
            speculation.wasted();
        }
        speculation.prefetched();
    }

    private void limit(int capacity) {
        answers.policy().eviction().ifPresent(eviction -> {
            if (eviction.getMaximum() != capacity) {
                eviction.setMaximum(capacity);
            }
        });
    }
}
