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
import java.util.UUID;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

import dev.memfuse.engine.Fact;
import dev.memfuse.engine.MemoryLayer;
import dev.memfuse.engine.Message;
import dev.memfuse.engine.exception.EngineException;
import dev.memfuse.engine.spi.Chunk;
import org.jspecify.annotations.Nullable;

/// Texts and vectors of everything remembered of one user, stored or buffered. Exact: every entry in scope is scored, so
/// no other user's data and no approximation costs recall.
///
/// What is new is kept in memory; [#save] moves it to the disk, away from writers and queries. A query sees both as one.
///
/// Thread-safe: queries run beside each other; every method holds the index for the time of its computation only, never
/// across a model call or a write to the disk.
public final class UserIndex implements AutoCloseable {
    private final IndexFiles files;
    private final EmbeddingSpace model;
    private final EntryTable catalog;
    private final VectorScores nearness;
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private final Object saving = new Object();
    private List<DiskSegment> segments;
    private MemorySegment moving = new MemorySegment();
    private MemorySegment tail = new MemorySegment();
    private List<String> removedKeys = new ArrayList<>();

    private UserIndex(IndexFiles files, EmbeddingSpace model) throws IOException {
        this.files = files;
        this.model = model;
        this.catalog = files.catalog();
        this.nearness = new VectorScores(catalog);
        this.segments = files.texts().segments();
    }

    /// Opens the index in a folder; what is there and does not fit is thrown away.
    ///
    /// @throws EngineException when the folder cannot be used
    public static UserIndex open(Path folder, EmbeddingSpace model) {
        try {
            IndexFiles files = IndexFiles.open(folder, model);
            return new UserIndex(files, model);
        } catch (IOException e) {
            throw failure("opened", e);
        }
    }

    private static EngineException failure(String what, Exception cause) {
        return new EngineException("The index for queries could not be " + what + ": " + cause.getMessage()
                + ". Make room or give access to its folder; it is built again by the next query.", "", cause);
    }

    /// A message without a vector.
    public record Unembedded(int ordinal, String text) {}

    /// A query that was matched by words already.
    @SuppressWarnings("ArrayRecordComponent") // scores by ordinal, never compared
    record Matched(float[] lexical, BitSet scope) {}

    /// Adds a message; one that is known already is left as it is.
    public void add(Message message) {
        put(new IndexEntry(MemoryLayer.M0, message.id(), message.session().sessionId(), message.sequence(),
                IndexEntry.micros(message.createdAt()), List.of(), message.content()), null);
    }

    /// Adds a chunk, or gives a known one its vector; one whose messages are unknown is ignored.
    public void add(Chunk chunk) {
        derived(MemoryLayer.M1, chunk.id(), chunk.messageIds(), chunk.content())
                .ifPresent(entry -> put(entry, chunk.model().equals(model.name()) ? chunk.vector() : null));
    }

    /// Adds a fact, or gives a known one its vector; one whose messages are unknown is ignored.
    public void add(Fact fact) {
        derived(MemoryLayer.M2, fact.id(), fact.messageIds(), fact.content())
                .ifPresent(entry -> put(entry, fact.model().equals(model.factName()) ? fact.vector() : null));
    }

    /// A chunk or fact was said when and where its first message was.
    private Optional<IndexEntry> derived(MemoryLayer layer, UUID id, List<UUID> sources, String content) {
        return reading(() -> {
            int first = catalog.find(MemoryLayer.M0, sources.getFirst());
            return first == EntryTable.NONE
                    ? Optional.empty()
                    : Optional.of(new IndexEntry(layer, id, catalog.sessionId(first), catalog.sequence(first),
                            catalog.createdMicros(first), sources, content));
        });
    }

    private void put(IndexEntry entry, float @Nullable [] vector) {
        Map<String, Integer> terms = Terms.count(entry.text());
        int length = terms.values().stream().mapToInt(Integer::intValue).sum();
        writing(() -> {
            int ordinal = catalog.find(entry.layer(), entry.id());
            if (ordinal == EntryTable.NONE) {
                ordinal = catalog.add(entry, length);
                tail.add(ordinal, entry, terms);
            }
            if (vector != null) {
                vector(ordinal, vector);
            }
        });
    }

    private void vector(int ordinal, float[] vector) {
        try {
            if (catalog.slot(ordinal) == EntryTable.NONE) {
                catalog.slot(ordinal, files.vectors().add(vector));
            } else {
                files.vectors().set(catalog.slot(ordinal), vector);
            }
        } catch (IOException e) {
            throw failure("written", e);
        }
    }

    /// Remembers the vector of a message until the index is closed.
    public void embedded(Unembedded message, float[] vector) {
        writing(() -> vector(message.ordinal(), vector));
    }

    /// Forgets messages, with the chunks and facts that come from them; unknown ones are ignored.
    ///
    /// @return whether a chunk or fact went that came from other messages too
    public boolean remove(Collection<UUID> messageIds) {
        boolean[] shared = {false};
        writing(() -> {
            BitSet gone = new BitSet();
            messageIds.stream().mapToInt(id -> catalog.find(MemoryLayer.M0, id))
                    .filter(found -> found != EntryTable.NONE)
                    .forEach(gone::set);
            shared[0] = remove(gone);
        });
        return shared[0];
    }

    /// Forgets everything of a session.
    public void removeSession(UUID sessionId) {
        writing(() -> {
            BitSet gone = new BitSet();
            for (int i = catalog.nextLive(0); i >= 0; i = catalog.nextLive(i + 1)) {
                if (catalog.sessionId(i).equals(sessionId)) {
                    gone.set(i);
                }
            }
            remove(gone);
        });
    }

    private boolean remove(BitSet gone) {
        if (gone.isEmpty()) {
            return false;
        }
        boolean shared = false;
        for (int i = catalog.nextLive(0); i >= 0; i = catalog.nextLive(i + 1)) {
            int[] sources = catalog.sources(i);
            if (Arrays.stream(sources).anyMatch(gone::get)) {
                shared |= !Arrays.stream(sources).allMatch(gone::get);
                forget(i);
            }
        }
        gone.stream().forEach(this::forget);
        return shared;
    }

    private void forget(int ordinal) {
        if (catalog.remove(ordinal)) {
            removedKeys.add(DiskIndex.key(catalog.layer(ordinal), catalog.id(ordinal)));
            if (catalog.slot(ordinal) != EntryTable.NONE) {
                files.vectors().clear(catalog.slot(ordinal));
            }
        }
    }

    /// Entries known.
    public int size() {
        return reading(catalog::live);
    }

    /// Compares the index with what is stored and buffered, and mends it. One at a time.
    Reconciliation reconcile() {
        return new Reconciliation(this);
    }

    EntryTable catalog() {
        return catalog;
    }

    <T> T reading(java.util.function.Supplier<T> work) {
        return locked(lock.readLock(), work);
    }

    private void writing(Runnable work) {
        locked(lock.writeLock(), () -> {
            work.run();
            return true;
        });
    }

    private static <T> T locked(Lock held, java.util.function.Supplier<T> work) {
        held.lock();
        try {
            return work.get();
        } catch (UncheckedIOException e) {
            throw failure("read", e);
        } finally {
            held.unlock();
        }
    }

    /// Forgets these entries.
    void removeOrdinals(BitSet gone) {
        writing(() -> remove(gone));
    }

    /// Scores the words of a query.
    Matched match(String query, Scope scope) {
        return reading(() -> new Matched(new Bm25(catalog, sources()).scores(Terms.count(query).keySet(),
                scope.layers()), scope.of(catalog)));
    }

    private List<TermSource> sources() {
        List<TermSource> sources = new ArrayList<>(segments);
        sources.add(moving);
        sources.add(tail);
        return sources;
    }

    /// Messages without a vector that a query should not miss: the best by words, then the newest.
    ///
    /// @param byWords at most so many of the first sort
    /// @param newest so many of the newest messages are looked at
    List<Unembedded> unembedded(Matched matched, int byWords, int newest) {
        return reading(() -> {
            BitSet without = nearness.without(matched.scope());
            List<Unembedded> found = new ArrayList<>();
            without.stream().filter(i -> matched.lexical()[i] > 0).boxed()
                    .sorted(Comparator.comparingDouble(i -> -matched.lexical()[i])).limit(byWords)
                    .forEach(i -> found.add(new Unembedded(i, text(i))));
            int last = matched.scope().length() - 1;
            for (int seen = 0; last >= 0 && seen < newest; seen++) {
                if (without.get(last) && matched.lexical()[last] == 0) {
                    found.add(new Unembedded(last, text(last)));
                }
                last = matched.scope().previousSetBit(last - 1);
            }
            return found;
        });
    }

    private String text(int ordinal) {
        IndexEntry fresh = tail.entry(ordinal);
        IndexEntry entry = fresh == null ? moving.entry(ordinal) : fresh;
        if (entry != null) {
            return entry.text();
        }
        try {
            return DiskIndex.text(segments, DiskIndex.key(catalog.layer(ordinal), catalog.id(ordinal))).orElse("");
        } catch (IOException e) {
            throw failure("read", e);
        }
    }

    /// The best entries for a query, best first.
    ///
    /// @param vector of the query, normalised
    Ranking rank(Matched matched, float[] vector, RankingRules rules, int wanted) {
        return reading(() -> {
            BitSet scope = (BitSet) matched.scope().clone();
            for (int i = scope.nextSetBit(0); i >= 0; i = scope.nextSetBit(i + 1)) {
                if (!catalog.isLive(i)) {
                    scope.clear(i);
                }
            }
            Signals signals = new Signals(matched.lexical(),
                    nearness.scores(files.vectors().scores(vector), matched.lexical().length), scope,
                    catalog);
            return new Ranking(Fusion.rank(signals, rules, wanted).stream().map(this::found).toList(),
                    scope.cardinality());
        });
    }

    private ScoredEntry found(Ranked ranked) {
        int ordinal = ranked.place();
        MemoryLayer layer = catalog.layer(ordinal);
        UUID id = catalog.id(ordinal);
        return layer == MemoryLayer.M0
                ? new ScoredEntry(layer, id, List.of(id), Optional.empty(), ranked.score(), ranked.shares())
                : new ScoredEntry(layer, id, Arrays.stream(catalog.sources(ordinal)).mapToObj(catalog::id).toList(),
                        Optional.of(text(ordinal)), ranked.score(), ranked.shares());
    }

    /// Entries that [#save] would move to the disk, and removals that it would make there.
    public int unsaved() {
        return reading(() -> tail.size() + removedKeys.size());
    }

    /// Whether texts are still on the disk that were removed.
    boolean hasRemovals() {
        return reading(() -> !removedKeys.isEmpty());
    }

    /// Moves to the disk what is only in memory, and takes from it what was removed. Blocks for the disk.
    ///
    /// @throws EngineException when the disk does not take it; then the index must be closed
    public void save() {
        synchronized (saving) {
            List<String> removed = new ArrayList<>();
            writing(() -> {
                moving = tail;
                tail = new MemorySegment();
                removed.addAll(removedKeys);
                removedKeys = new ArrayList<>();
            });
            try {
                write(removed);
                List<DiskSegment> saved = files.texts().segments();
                writing(() -> {
                    segments = saved;
                    moving = new MemorySegment();
                });
            } catch (IOException e) {
                throw failure("written", e);
            }
        }
    }

    private void write(List<String> removed) throws IOException {
        files.texts().delete(removed);
        for (int ordinal : moving.ordinals()) {
            IndexEntry entry = moving.entry(ordinal);
            int[] facts = reading(() -> catalog.isLive(ordinal)
                    ? new int[]{catalog.length(ordinal), catalog.slot(ordinal)}
                    : new int[0]);
            if (entry != null && facts.length > 0) {
                files.texts().add(entry, IndexEntryCodec.pack(ordinal, facts[0], facts[1], entry));
            }
        }
        // Before the texts: a committed entry never refers to a vector that is not there.
        files.vectors().force();
        files.texts().commit();
    }

    /// Lets go of the files, without saving.
    @Override
    public void close() {
        writing(() -> {
            try {
                files.close();
            } catch (IOException e) {
                throw failure("closed", e);
            }
        });
    }
}
