package dev.memfuse.engine.retrieval;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

import dev.memfuse.engine.Fact;
import dev.memfuse.engine.MemoryLayer;
import dev.memfuse.engine.Message;
import dev.memfuse.engine.QueryResult.Share;
import dev.memfuse.engine.exception.EngineException;
import dev.memfuse.engine.spi.Chunk;
import dev.memfuse.engine.spi.ErasureStore;
import dev.memfuse.engine.words.Words;
import org.jspecify.annotations.Nullable;

/// Texts and vectors of one user's messages, chunks and facts, stored or buffered. Exact: every entry in scope is
/// scored, so neither data of other users nor an approximation reduces recall.
///
/// New entries are kept in memory until [#save] writes them to the disk in the background. Queries see both.
///
/// Thread-safe: queries run concurrently. A method holds the lock during its computation only, never during a model
/// call or a write to the disk.
public final class UserIndex implements AutoCloseable {
    private final IndexFiles files;
    private final EmbeddingSpace space;
    private final EntryTable entries;
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private final Object saveLock = new Object();
    private final SegmentedTexts texts;
    private final IndexContent content;
    /// Replaced by the first query after a change.
    private volatile VectorScores vectorScores;

    private UserIndex(IndexFiles files, EmbeddingSpace space) throws IOException {
        this.files = files;
        this.space = space;
        this.entries = files.entries();
        this.vectorScores = VectorScores.of(entries);
        this.texts = new SegmentedTexts(files.texts().segments(), files.texts().erased());
        this.content = new IndexContent(entries, texts, files.vectors());
    }

    /// Opens the index in a folder, or creates an empty one. Files of another format or space are deleted.
    ///
    /// @throws EngineException when the folder cannot be used
    public static UserIndex open(Path folder, EmbeddingSpace space) {
        try {
            IndexFiles files = IndexFiles.open(folder, space);
            return new UserIndex(files, space);
        } catch (IOException e) {
            throw IndexFiles.failure("opened", e);
        }
    }

    /// A message without a vector.
    public record Unembedded(int ordinal, String text) {}

    /// BM25 scores, scope and hints of a query.
    @SuppressWarnings("ArrayRecordComponent") // scores by ordinal, never compared
    record Matched(float[] lexical, BitSet scope, Hints hints) {}

    /// All of a query that does not need its vector.
    ///
    /// @param version [version][EntryTable#version] of the entries
    record Prepared(Matched matched, FusionBase base, long version) {}

    /// Adds a message. A message that the index has is left unchanged.
    public void add(Message message) {
        put(IndexEntry.of(message), null);
    }

    /// Adds a chunk, or sets the vector of one that the index has. A chunk whose messages are unknown is ignored.
    public void add(Chunk chunk) {
        derived(MemoryLayer.M1, chunk.id(), chunk.messageIds(), chunk.content())
                .ifPresent(entry -> put(entry, chunk.model().equals(space.name()) ? chunk.vector() : null));
    }

    /// Adds a fact, or sets the vector of one that the index has. A fact whose messages are unknown is ignored.
    public void add(Fact fact) {
        (fact.isByHand()
                ? Optional.of(IndexEntry.byHand(fact))
                : derived(MemoryLayer.M2, fact.id(), fact.messageIds(), fact.content()))
                .ifPresent(entry -> put(entry, fact.model().equals(space.factName()) ? fact.vector() : null));
    }

    /// Sets the vectors of messages. Unknown messages and vectors of another space are left out.
    ///
    /// @param model name of the model that made them
    public void addVectors(Map<UUID, float[]> vectors, String model) {
        if (!model.equals(space.name())) {
            return;
        }
        underWriteLock(() -> vectors.forEach(content::addVector));
    }

    private Optional<IndexEntry> derived(MemoryLayer layer, UUID id, List<UUID> sources, String text) {
        return underReadLock(() -> content.derived(layer, id, sources, text));
    }

    private void put(IndexEntry entry, float @Nullable [] vector) {
        Words.Terms terms = Words.count(entry.text());
        underWriteLock(() -> content.put(entry, terms, vector));
    }

    /// Sets the vector of a message until the index is closed.
    public void setVector(Unembedded message, float[] vector) {
        underWriteLock(() -> content.setVector(message.ordinal(), vector));
    }

    /// Removes messages with the chunks and facts derived from them; unknown ids are ignored.
    ///
    /// @return whether a removed chunk or fact was also derived from other messages
    public boolean remove(Collection<UUID> messageIds) {
        return locked(lock.writeLock(), () -> content.removeMessages(messageIds));
    }

    /// Removes facts; unknown ids are ignored.
    void removeFacts(Collection<UUID> factIds) {
        underWriteLock(() -> content.removeFacts(factIds));
    }

    /// Removes all entries of a session.
    public void removeSession(UUID sessionId) {
        underWriteLock(() -> content.removeSession(sessionId));
    }

    /// Removes entries by ordinal, with the chunks and facts derived from them.
    void removeOrdinals(BitSet ordinals) {
        underWriteLock(() -> content.remove(ordinals));
    }

    /// Returns the number of ordinals, which bounds the work of a query.
    int ordinals() {
        return underReadLock(entries::size);
    }

    /// Returns the number of entries.
    public int size() {
        return underReadLock(entries::live);
    }

    /// Starts a comparison with storage and buffers. At most one may be in progress.
    ///
    /// @param cancelled true makes the comparison fail with an exception
    Reconciliation reconcile(BooleanSupplier cancelled) {
        return new Reconciliation(this, cancelled);
    }

    /// Returns the space of the vectors.
    EmbeddingSpace space() {
        return space;
    }

    EntryTable entries() {
        return entries;
    }

    <T> T underReadLock(Supplier<T> work) {
        return locked(lock.readLock(), work);
    }

    private void underWriteLock(Runnable work) {
        locked(lock.writeLock(), () -> {
            work.run();
            return true;
        });
    }

    private static <T> T locked(Lock held, Supplier<T> work) {
        held.lock();
        try {
            return work.get();
        } catch (UncheckedIOException e) {
            throw IndexFiles.failure("read", e);
        } catch (InternalError e) {
            // So the Java machine reports a page of a mapped file for which the disk has no place.
            throw IndexFiles.failure("used", e);
        } finally {
            held.unlock();
        }
    }

    /// Removes entries by ordinal.
    ///
    /// @param time of the user's last deletion that is now applied
    void finishReconciliation(BitSet ordinals, long time) {
        underWriteLock(() -> {
            content.remove(ordinals);
            texts.erased(time);
        });
    }

    /// Returns the time of the last deletion that is applied; see [ErasureStore].
    long erased() {
        return underReadLock(texts::erased);
    }

    /// Advances the time of the last deletion that is applied.
    ///
    /// @return false when another deletion came in between, which is not applied
    boolean erased(long before, long after) {
        return locked(lock.writeLock(), () -> {
            boolean next = texts.erased() == before;
            if (next) {
                texts.erased(after);
            }
            return next;
        });
    }

    /// Scores the terms of a query, and finds its hints.
    Matched match(QueryText query, Scope scope, HintWeights weights) {
        return underReadLock(() -> {
            BitSet passing = scope.of(entries);
            return new Matched(new Bm25(entries, texts.sources()).scores(Words.of(query.text()), scope.layers()),
                    passing, Hints.of(query, passing, entries, weights));
        });
    }

    /// Computes all of a query that does not need its vector.
    Prepared prepare(QueryText query, Scope scope, RankingRules rules) {
        return underReadLock(() -> {
            Matched matched = match(query, scope, rules.hintWeights());
            return new Prepared(matched,
                    FusionBase.of(matched.lexical(), matched.scope(), matched.hints(), rules), entries.version());
        });
    }

    /// Returns whether every message has a vector, directly or through a chunk.
    boolean isEmbedded() {
        return underReadLock(() -> vectorScores().hasAllMessages());
    }

    /// Returns messages without a vector: the best by BM25, then those of the newest messages that no term matches.
    ///
    /// @param byTerms maximum number of messages by BM25
    /// @param newest number of the newest messages to inspect
    List<Unembedded> unembedded(Matched matched, int byTerms, int newest) {
        return underReadLock(() -> {
            BitSet without = vectorScores().withoutVector(matched.scope());
            List<Unembedded> found = new ArrayList<>();
            without.stream().filter(i -> matched.lexical()[i] > 0).boxed()
                    .sorted(Comparator.comparingDouble(i -> -matched.lexical()[i])).limit(byTerms)
                    .forEach(i -> found.add(new Unembedded(i, content.text(i))));
            int last = matched.scope().length() - 1;
            for (int seen = 0; last >= 0 && seen < newest; seen++) {
                if (without.get(last) && matched.lexical()[last] == 0) {
                    found.add(new Unembedded(last, content.text(last)));
                }
                last = matched.scope().previousSetBit(last - 1);
            }
            return found;
        });
    }

    /// Returns the best entries for a query, best first.
    ///
    /// @param vector of the query, normalised
    /// @param limit maximum number of entries
    Ranking rank(Matched matched, float[] vector, RankingRules rules, int limit) {
        return underReadLock(() -> {
            BitSet scope = (BitSet) matched.scope().clone();
            entries.retainLive(scope);
            return rank(matched, scope, FusionBase.of(matched.lexical(), scope, matched.hints(), rules), vector, rules,
                    limit);
        });
    }

    /// Returns the same for a prepared query.
    Ranking rank(Prepared prepared, float[] vector, RankingRules rules, int limit) {
        return underReadLock(() -> prepared.version() == entries.version()
                ? rank(prepared.matched(), prepared.matched().scope(), prepared.base(), vector, rules, limit)
                : rank(prepared.matched(), vector, rules, limit));
    }

    private Ranking rank(Matched matched, BitSet scope, FusionBase base, float[] vector, RankingRules rules,
            int limit) {
        Signals signals = new Signals(matched.lexical(),
                vectorScores().scores(files.vectors(), vector, matched.lexical().length), scope, entries,
                matched.hints());
        return new Ranking(Fusion.rank(signals, base, rules, limit, this::scored), base.size(),
                vectorScores().countWithout(scope), OptionalLong.of(texts.erased()));
    }

    private VectorScores vectorScores() {
        VectorScores current = vectorScores;
        if (!current.isOf(entries)) {
            current = VectorScores.of(entries);
            vectorScores = current;
        }
        return current;
    }

    private ScoredEntry scored(int ordinal, List<Share> shares) {
        MemoryLayer layer = entries.layer(ordinal);
        UUID id = entries.id(ordinal);
        return layer == MemoryLayer.M0
                ? ScoredEntry.of(layer, id, List.of(id), Optional.empty(), shares)
                : ScoredEntry.of(layer, id, sources(ordinal, id), Optional.of(content.text(ordinal)), shares);
    }

    private List<UUID> sources(int ordinal, UUID id) {
        int[] sources = entries.sources(ordinal);
        return sources.length == 0 ? List.of(id) : Arrays.stream(sources).mapToObj(entries::id).toList();
    }

    /// Returns the number of changes that the next [#save] writes.
    public int unsaved() {
        return underReadLock(texts::unsaved);
    }

    /// Returns whether the disk holds texts of removed entries.
    boolean hasRemovals() {
        return underReadLock(texts::hasRemovals);
    }

    /// Writes new entries to the disk and deletes removed ones there. Blocks for the disk.
    ///
    /// @throws EngineException when writing fails; the index must then be closed
    public void save() {
        synchronized (saveLock) {
            SegmentedTexts.Save save = locked(lock.writeLock(), texts::startSave);
            try {
                write(save);
                List<DiskSegment> saved = files.texts().segments();
                underWriteLock(() -> texts.finishSave(save, saved));
                files.texts().closeReplaced();
            } catch (IOException e) {
                throw IndexFiles.failure("written", e);
            }
        }
    }

    private void write(SegmentedTexts.Save save) throws IOException {
        files.texts().delete(save.removed());
        for (int ordinal : save.added().ordinals()) {
            IndexEntry entry = save.added().entry(ordinal);
            int[] row = underReadLock(() -> entries.isLive(ordinal)
                    ? new int[]{entries.length(ordinal), entries.slot(ordinal)}
                    : new int[0]);
            if (entry != null && row.length > 0) {
                files.texts().add(entry, IndexEntryCodec.pack(ordinal, row[0], entry), row[1]);
            }
        }
        for (int ordinal = save.vectors().nextSetBit(0); ordinal >= 0; ordinal = save.vectors()
                .nextSetBit(ordinal + 1)) {
            int added = ordinal;
            int slot = underReadLock(() -> entries.isLive(added) ? entries.slot(added) : EntryTable.NONE);
            if (slot != EntryTable.NONE) {
                files.texts().setSlot(DiskIndex.key(entries.layer(added), entries.id(added)), slot);
            }
        }
        // Vectors first: a committed entry never refers to a missing vector.
        files.vectors().force();
        files.texts().commit(save.erased());
    }

    /// Closes the files without saving.
    @Override
    public void close() {
        underWriteLock(() -> {
            try {
                files.close();
            } catch (IOException e) {
                throw IndexFiles.failure("closed", e);
            }
        });
    }
}
