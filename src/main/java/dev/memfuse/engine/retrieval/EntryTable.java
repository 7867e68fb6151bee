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

import dev.memfuse.engine.MemoryLayer;
import dev.memfuse.engine.Message;

/// Everything about a user's entries that is not text or vector, in columns of primitives: about 70 bytes each. An entry
/// is named by its ordinal, which it keeps for the life of the index. Guarded by the index that owns it.
final class EntryTable implements Neighbours {
    static final int NONE = -1;
    private static final MemoryLayer[] LAYERS = MemoryLayer.values();
    private static final int[] NO_SOURCES = {};

    private final List<UUID> sessions = new ArrayList<>();
    private final Map<UUID, Integer> sessionPlaces = new HashMap<>();
    private final List<int[]> tails = new ArrayList<>();
    private final IdTable table = new IdTable();
    private final BitSet live = new BitSet();
    private final BitSet asking = new BitSet();
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

    /// Adds an entry with the next ordinal.
    ///
    /// @param terms how many terms its text has
    int add(IndexEntry entry, int terms) {
        int ordinal = size;
        put(ordinal, entry, terms, NONE);
        asking.set(ordinal, QuestionMark.endsWithQuestion(entry.text()));
        connect(ordinal, entry.sources());
        return ordinal;
    }

    /// Puts an entry where an earlier process had it. Call [#connect] for all in order when all are there.
    void put(int ordinal, IndexEntry entry, int terms, int vectorSlot) {
        reserve(ordinal + 1);
        size = Math.max(size, ordinal + 1);
        high[ordinal] = entry.id().getMostSignificantBits();
        low[ordinal] = entry.id().getLeastSignificantBits();
        layer[ordinal] = (byte) entry.layer().ordinal();
        sequence[ordinal] = entry.sequence();
        created[ordinal] = entry.createdMicros();
        session[ordinal] = sessionPlace(entry.session());
        length[ordinal] = terms;
        slot[ordinal] = vectorSlot;
        previous[ordinal] = NONE;
        next[ordinal] = NONE;
        sources[ordinal] = NO_SOURCES;
        live.set(ordinal);
        liveCount[layer[ordinal]]++;
        liveTerms[layer[ordinal]] += terms;
        table.put(hash(entry.layer(), high[ordinal], low[ordinal]), ordinal, same(entry.layer(), entry.id()),
                place -> hash(layer(place), high[place], low[place]));
    }

    /// Links an entry with its neighbours in the session and with the messages it comes from.
    void connect(int ordinal, List<UUID> sourceIds) {
        if (!sourceIds.isEmpty()) {
            sources[ordinal] = sourceIds.stream().mapToInt(id -> find(MemoryLayer.M0, id))
                    .filter(found -> found != NONE).toArray();
        }
        // Facts stand for themselves; turns and chunks belong to what was said around them.
        if (layer(ordinal) != MemoryLayer.M2) {
            int[] tail = tails.get(session[ordinal]);
            int before = tail[layer[ordinal]];
            while (before != NONE && sequence[before] != Message.UNASSIGNED
                    && sequence[before] > sequence[ordinal]) {
                before = previous[before];
            }
            insert(ordinal, before, tail);
        }
    }

    private void insert(int ordinal, int before, int[] tail) {
        int after = before == NONE ? first(tail[layer[ordinal]]) : next[before];
        previous[ordinal] = before;
        next[ordinal] = after;
        if (before != NONE) {
            next[before] = ordinal;
        }
        if (after == NONE) {
            tail[layer[ordinal]] = ordinal;
        } else {
            previous[after] = ordinal;
        }
    }

    private int first(int tail) {
        int at = tail;
        while (at != NONE && previous[at] != NONE) {
            at = previous[at];
        }
        return at;
    }

    /// Forgets an entry; false when it was forgotten already.
    boolean remove(int ordinal) {
        if (!live.get(ordinal)) {
            return false;
        }
        live.clear(ordinal);
        liveCount[layer[ordinal]]--;
        liveTerms[layer[ordinal]] -= length[ordinal];
        if (previous[ordinal] != NONE) {
            next[previous[ordinal]] = next[ordinal];
        }
        if (next[ordinal] != NONE) {
            previous[next[ordinal]] = previous[ordinal];
        } else if (tails.get(session[ordinal])[layer[ordinal]] == ordinal) {
            tails.get(session[ordinal])[layer[ordinal]] = previous[ordinal];
        }
        return true;
    }

    /// The ordinal of a live entry, or [#NONE].
    int find(MemoryLayer of, UUID id) {
        int found = table.find(hash(of, id.getMostSignificantBits(), id.getLeastSignificantBits()), same(of, id));
        return found != NONE && live.get(found) ? found : NONE;
    }

    private IdTable.Match same(MemoryLayer of, UUID id) {
        return place -> high[place] == id.getMostSignificantBits() && low[place] == id.getLeastSignificantBits()
                && layer[place] == of.ordinal();
    }

    private static int hash(MemoryLayer of, long high, long low) {
        return Long.hashCode((high * 31 + low) * 31 + of.ordinal());
    }

    private int sessionPlace(UUID id) {
        return sessionPlaces.computeIfAbsent(id, _ -> {
            sessions.add(id);
            tails.add(new int[]{NONE, NONE, NONE});
            return sessions.size() - 1;
        });
    }

    private void reserve(int wanted) {
        if (wanted > high.length) {
            int grown = Math.max(wanted, high.length + high.length / 2);
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

    /// Ordinals are smaller than this.
    int size() {
        return size;
    }

    int live(MemoryLayer of) {
        return liveCount[of.ordinal()];
    }

    int live() {
        return live.cardinality();
    }

    /// Terms of all live entries of a layer.
    long terms(MemoryLayer of) {
        return liveTerms[of.ordinal()];
    }

    boolean isLive(int ordinal) {
        return live.get(ordinal);
    }

    /// The live entry after this ordinal, itself included, or -1.
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
    public boolean asks(int ordinal) {
        return asking.get(ordinal);
    }

    /// Says of an entry that an earlier process had that its text ends with a question.
    void asking(int ordinal) {
        asking.set(ordinal);
    }

    /// The numbers of sessions that are known.
    BitSet sessionPlaces(Set<UUID> of) {
        BitSet places = new BitSet();
        of.stream().map(sessionPlaces::get).filter(Objects::nonNull).forEach(places::set);
        return places;
    }

    UUID sessionId(int ordinal) {
        return sessions.get(session[ordinal]);
    }

    long sequence(int ordinal) {
        return sequence[ordinal];
    }

    long createdMicros(int ordinal) {
        return created[ordinal];
    }

    int length(int ordinal) {
        return length[ordinal];
    }

    /// Where its vector is, or [#NONE].
    int slot(int ordinal) {
        return slot[ordinal];
    }

    void slot(int ordinal, int vectorSlot) {
        slot[ordinal] = vectorSlot;
    }

    @Override
    public int previous(int ordinal) {
        return previous[ordinal];
    }

    @Override
    public int next(int ordinal) {
        return next[ordinal];
    }

    /// The messages a chunk or fact comes from; not to be changed.
    int[] sources(int ordinal) {
        return sources[ordinal];
    }
}
