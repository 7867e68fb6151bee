package dev.memfuse.engine.buffer;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import dev.memfuse.engine.QueryRequest;
import dev.memfuse.engine.QueryResult;
import dev.memfuse.metrics.SpeculationStats;
import org.jspecify.annotations.Nullable;

/// Remembers the answers of one user's queries until the user writes, and those that were worked out ahead. Thread-safe.
public final class QueryBuffer {
    private static final AtomicBoolean ASKED = new AtomicBoolean();

    private final Cache<Key, Answer> answers = Caffeine.newBuilder().maximumSize(0).executor(Runnable::run)
            .removalListener(this::removed).build();
    private final AtomicLong version = new AtomicLong();
    private final SpeculationStats speculation;

    /// @param speculation counts what became of the answers that were worked out ahead
    public QueryBuffer(SpeculationStats speculation) {
        this.speculation = speculation;
    }

    /// Everything that an answer depends on, beside what is stored.
    ///
    /// @param request with the number of hits that is really taken
    /// @param rules the settings of ranking, compared by equality
    public record Key(QueryRequest request, Object rules) {}

    /// @param waiting true from [#prefetched] until a query takes it
    private record Answer(long version, QueryResult result, AtomicBoolean waiting) {

        /// Whether this is the one that ends the waiting.
        boolean taken() {
            return waiting.get() && waiting.compareAndSet(true, false);
        }
    }

    private void removed(@Nullable Key key, @Nullable Answer answer, RemovalCause cause) {
        if (answer != null && answer.taken()) {
            speculation.wasted();
        }
    }

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
        if (answer == null || answer.version() != version.get()) {
            return Optional.empty();
        }
        if (answer.taken()) {
            speculation.used();
        }
        return Optional.of(answer.result());
    }

    /// Whether an equal query would be answered from here.
    public boolean knows(Key key) {
        Answer answer = answers.getIfPresent(key);
        return answer != null && answer.version() == version.get();
    }

    /// Drops the answers that a write has overtaken, which nobody can get any more.
    public void dropOld() {
        answers.asMap().values().removeIf(answer -> answer.version() != version.get());
    }

    /// Remembers an answer.
    ///
    /// @param asOf the version before the search; an answer that a write overtook is never given
    /// @param capacity how many answers are kept; 0 keeps none
    public void remember(Key key, QueryResult result, long asOf, int capacity) {
        limit(capacity);
        if (capacity > 0) {
            answers.put(key, new Answer(asOf, result, ASKED));
        }
    }

    /// Remembers an answer that was worked out before somebody asked.
    ///
    /// @param asOf the version before the search; an answer that a write overtook is not kept
    /// @param capacity how many answers are kept; 0 keeps none
    public void prefetched(Key key, QueryResult result, long asOf, int capacity) {
        limit(capacity);
        if (capacity > 0 && asOf == version.get()) {
            answers.put(key, new Answer(asOf, result, new AtomicBoolean(true)));
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
