package dev.memfuse.engine.retrieval;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;

import dev.memfuse.engine.MemoryLayer;
import dev.memfuse.engine.Message;

/// Attributes of a user's entries, without texts and vectors, in columns of primitives: about 70 bytes an entry. An
/// entry is addressed by its ordinal, which does not change during the life of the index. Guarded by the index that
/// owns it.
final class EntryTable implements Neighbours, Attributes {
    static final int NONE = -1;
    /// Bounds the memory and the time of a query when many texts begin with different words and a colon.
    private static final int MAX_SPEAKERS = 256;
    private static final MemoryLayer[] LAYERS = MemoryLayer.values();
    private static final int[] NO_SOURCES = {};

    private final List<UUID> sessions = new ArrayList<>();
    private final Map<UUID, Integer> sessionNumbers = new HashMap<>();
    private final List<int[]> lastOfSession = new ArrayList<>();
    private final IdTable ids = new IdTable();
    private final BitSet live = new BitSet();
    private final BitSet[] liveOfLayer = {new BitSet(), new BitSet(), new BitSet()};
    private final BitSet questions = new BitSet();
    private final BitSet timeStatements = new BitSet();
    private final Map<String, BitSet> speakers = new HashMap<>();
    private final int[] liveCount = new int[LAYERS.length];
    private final long[] liveTerms = new long[LAYERS.length];
    private long[] high = new long[64];
    private long[] low = new long[64];
    private long[] sequence = new long[64];
    private long[] created = new long[64];
    private int[] session = new int[64];
    private int[] length = new int[64];
    private int[] slot = new int[64];
    private int[] previous = new int[64];
    private int[] next = new int[64];
    private byte[] layer = new byte[64];
    private int[][] sources = new int[64][];
    private int size;
    private long version;

    /// Adds an entry and returns its ordinal.
    ///
    /// @param terms number of terms of its text
    int add(IndexEntry entry, int terms) {
        int ordinal = size;
        put(ordinal, entry, terms, NONE);
        describe(ordinal, TextTraits.of(entry.text()));
        connect(ordinal, entry.sources());
        return ordinal;
    }

    /// Restores an entry with the ordinal it had before. Call [#connect] for all entries in order after the last one.
    void put(int ordinal, IndexEntry entry, int terms, int vectorSlot) {
        reserve(ordinal + 1);
        size = Math.max(size, ordinal + 1);
        high[ordinal] = entry.id().getMostSignificantBits();
        low[ordinal] = entry.id().getLeastSignificantBits();
        layer[ordinal] = (byte) entry.layer().ordinal();
        sequence[ordinal] = entry.sequence();
        created[ordinal] = entry.createdMicros();
        session[ordinal] = sessionNumber(entry.session());
        length[ordinal] = terms;
        slot[ordinal] = vectorSlot;
        previous[ordinal] = NONE;
        next[ordinal] = NONE;
        sources[ordinal] = NO_SOURCES;
        live.set(ordinal);
        liveOfLayer[layer[ordinal]].set(ordinal);
        version++;
        liveCount[layer[ordinal]]++;
        liveTerms[layer[ordinal]] += terms;
        ids.put(hash(entry.layer(), high[ordinal], low[ordinal]), ordinal, same(entry.layer(), entry.id()),
                other -> hash(layer(other), high[other], low[other]));
    }

    /// Links an entry with its neighbours in the session and with its source messages.
    void connect(int ordinal, List<UUID> sourceIds) {
        if (!sourceIds.isEmpty()) {
            version++;
            sources[ordinal] = sourceIds.stream().mapToInt(id -> find(MemoryLayer.M0, id))
                    .filter(found -> found != NONE).toArray();
        }
        // Facts have no neighbours: a fact is complete without the conversation around it.
        if (layer(ordinal) != MemoryLayer.M2) {
            int[] last = lastOfSession.get(session[ordinal]);
            int before = last[layer[ordinal]];
            while (before != NONE && sequence[before] != Message.UNASSIGNED
                    && sequence[before] > sequence[ordinal]) {
                before = previous[before];
            }
            insert(ordinal, before, last);
        }
    }

    private void insert(int ordinal, int before, int[] last) {
        int after = before == NONE ? first(last[layer[ordinal]]) : next[before];
        previous[ordinal] = before;
        next[ordinal] = after;
        if (before != NONE) {
            next[before] = ordinal;
        }
        if (after == NONE) {
            last[layer[ordinal]] = ordinal;
        } else {
            previous[after] = ordinal;
        }
    }

    private int first(int last) {
        int at = last;
        while (at != NONE && previous[at] != NONE) {
            at = previous[at];
        }
        return at;
    }

    /// Removes an entry.
    ///
    /// @return false when it was removed before
    boolean remove(int ordinal) {
        if (!live.get(ordinal)) {
            return false;
        }
        live.clear(ordinal);
        liveOfLayer[layer[ordinal]].clear(ordinal);
        version++;
        liveCount[layer[ordinal]]--;
        liveTerms[layer[ordinal]] -= length[ordinal];
        if (previous[ordinal] != NONE) {
            next[previous[ordinal]] = next[ordinal];
        }
        if (next[ordinal] != NONE) {
            previous[next[ordinal]] = previous[ordinal];
        } else if (lastOfSession.get(session[ordinal])[layer[ordinal]] == ordinal) {
            lastOfSession.get(session[ordinal])[layer[ordinal]] = previous[ordinal];
        }
        return true;
    }

    /// Returns the ordinal of a live entry, or [#NONE].
    int find(MemoryLayer of, UUID id) {
        int found = ids.find(hash(of, id.getMostSignificantBits(), id.getLeastSignificantBits()), same(of, id));
        return found != NONE && live.get(found) ? found : NONE;
    }

    private IdTable.Match same(MemoryLayer of, UUID id) {
        return ordinal -> high[ordinal] == id.getMostSignificantBits() && low[ordinal] == id.getLeastSignificantBits()
                && layer[ordinal] == of.ordinal();
    }

    private static int hash(MemoryLayer of, long high, long low) {
        return Long.hashCode((high * 31 + low) * 31 + of.ordinal());
    }

    private int sessionNumber(UUID id) {
        return sessionNumbers.computeIfAbsent(id, _ -> {
            sessions.add(id);
            lastOfSession.add(new int[]{NONE, NONE, NONE});
            return sessions.size() - 1;
        });
    }

    private void reserve(int capacity) {
        if (capacity > high.length) {
            int grown = Math.max(capacity, high.length + high.length / 2);
            high = Arrays.copyOf(high, grown);
            low = Arrays.copyOf(low, grown);
            sequence = Arrays.copyOf(sequence, grown);
            created = Arrays.copyOf(created, grown);
            session = Arrays.copyOf(session, grown);
            length = Arrays.copyOf(length, grown);
            slot = Arrays.copyOf(slot, grown);
            previous = Arrays.copyOf(previous, grown);
            next = Arrays.copyOf(next, grown);
            layer = Arrays.copyOf(layer, grown);
            sources = Arrays.copyOf(sources, grown);
        }
    }

    /// Returns the number of ordinals in use, removed entries included.
    int size() {
        return size;
    }

    /// Returns the number of live entries of a layer.
    int live(MemoryLayer of) {
        return liveCount[of.ordinal()];
    }

    /// Returns the number of live entries.
    int live() {
        return live.cardinality();
    }

    /// Returns the number of terms in all live entries of a layer.
    long terms(MemoryLayer of) {
        return liveTerms[of.ordinal()];
    }

    /// Adds the live entries of a layer to a set.
    void addLive(MemoryLayer of, BitSet to) {
        to.or(liveOfLayer[of.ordinal()]);
    }

    /// Removes the entries that are no longer live from a set.
    void retainLive(BitSet from) {
        from.and(live);
    }

    /// Returns a number that grows with each change of entries, their sources or slots.
    long version() {
        return version;
    }

    boolean isLive(int ordinal) {
        return live.get(ordinal);
    }

    /// Returns the first live entry with this ordinal or a larger one, or -1.
    int nextLive(int from) {
        return live.nextSetBit(from);
    }

    MemoryLayer layer(int ordinal) {
        return LAYERS[layer[ordinal]];
    }

    UUID id(int ordinal) {
        return new UUID(high[ordinal], low[ordinal]);
    }

    @Override
    public int session(int ordinal) {
        return session[ordinal];
    }

    @Override
    public boolean isQuestion(int ordinal) {
        return questions.get(ordinal);
    }

    @Override
    public boolean statesTime(int ordinal) {
        return timeStatements.get(ordinal);
    }

    @Override
    public BitSet spokenBy(Predicate<String> label) {
        BitSet spoken = new BitSet();
        speakers.forEach((name, ordinals) -> {
            if (label.test(name)) {
                spoken.or(ordinals);
            }
        });
        return spoken;
    }

    /// Sets the traits of an entry's text. Further labels than [#MAX_SPEAKERS] are ignored.
    void describe(int ordinal, TextTraits traits) {
        questions.set(ordinal, traits.question());
        timeStatements.set(ordinal, traits.time());
        traits.speaker().filter(label -> speakers.size() < MAX_SPEAKERS || speakers.containsKey(label))
                .ifPresent(label -> speakers.computeIfAbsent(label, _ -> new BitSet()).set(ordinal));
    }

    /// Returns the numbers of those of the sessions that have entries.
    BitSet sessionNumbers(Set<UUID> of) {
        BitSet numbers = new BitSet();
        of.stream().map(sessionNumbers::get).filter(Objects::nonNull).forEach(numbers::set);
        return numbers;
    }

    UUID sessionId(int ordinal) {
        return sessions.get(session[ordinal]);
    }

    long sequence(int ordinal) {
        return sequence[ordinal];
    }

    @Override
    public long createdMicros(int ordinal) {
        return created[ordinal];
    }

    @Override
    public int length(int ordinal) {
        return length[ordinal];
    }

    /// Returns the slot of its vector, or [#NONE].
    int slot(int ordinal) {
        return slot[ordinal];
    }

    void slot(int ordinal, int vectorSlot) {
        slot[ordinal] = vectorSlot;
        version++;
    }

    @Override
    public int previous(int ordinal) {
        return previous[ordinal];
    }

    @Override
    public int next(int ordinal) {
        return next[ordinal];
    }

    /// Returns the ordinals of the source messages of a chunk or fact. The array must not be changed.
    int[] sources(int ordinal) {
        return sources[ordinal];
    }
}
