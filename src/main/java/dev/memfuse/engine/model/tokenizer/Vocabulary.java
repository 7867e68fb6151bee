package dev.memfuse.engine.model.tokenizer;

import java.util.Arrays;
import java.util.Map;

/// The word pieces of a model as a trie over code points: two roots, one for pieces that begin a word and one for those
/// that continue it. Immutable.
final class Vocabulary {
    /// Root of the pieces that begin a word.
    static final int WORD_START = 0;
    /// Root of the pieces that continue a word.
    static final int CONTINUATION = 1;
    /// No node, or no piece.
    static final int NONE = -1;

    private static final int CODE_POINT_BITS = 21;
    private static final long EMPTY = -1;
    /// Fibonacci hashing: spreads consecutive keys.
    private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

    /// Open addressing: `node << 21 | code point`, and the child at the same position.
    private long[] edges = new long[1 << 16];
    private int[] children = new int[edges.length];
    private int[] ids = new int[1 << 15];
    private int nodes;

    /// @param pieces ids of the pieces
    /// @param prefix prefix of the pieces that continue a word, such as `##`
    Vocabulary(Map<String, Integer> pieces, String prefix) {
        Arrays.fill(edges, EMPTY);
        addNode();
        addNode();
        pieces.forEach((piece, id) -> {
            boolean continues = !prefix.isEmpty() && piece.startsWith(prefix) && piece.length() > prefix.length();
            int node = continues ? CONTINUATION : WORD_START;
            for (int codePoint : piece.substring(continues ? prefix.length() : 0).codePoints().toArray()) {
                node = addChild(node, codePoint);
            }
            ids[node] = id;
        });
    }

    /// Returns the node behind a code point, or [#NONE].
    int child(int node, int codePoint) {
        long key = key(node, codePoint);
        for (int at = slot(key);; at = (at + 1) & (edges.length - 1)) {
            if (edges[at] == key) {
                return children[at];
            }
            if (edges[at] == EMPTY) {
                return NONE;
            }
        }
    }

    /// Returns the id of the piece that ends at a node, or [#NONE].
    int id(int node) {
        return ids[node];
    }

    private static long key(int node, int codePoint) {
        return ((long) node << CODE_POINT_BITS) | codePoint;
    }

    private int slot(long key) {
        return (int) ((key * MULTIPLIER) >>> Long.numberOfLeadingZeros(edges.length - 1));
    }

    private int addChild(int node, int codePoint) {
        int child = child(node, codePoint);
        if (child != NONE) {
            return child;
        }
        child = addNode();
        if (nodes > edges.length / 2) {
            grow();
        }
        put(key(node, codePoint), child);
        return child;
    }

    private int addNode() {
        if (nodes == ids.length) {
            ids = Arrays.copyOf(ids, nodes * 2);
        }
        ids[nodes] = NONE;
        return nodes++;
    }

    private void put(long key, int child) {
        int at = slot(key);
        while (edges[at] != EMPTY) {
            at = (at + 1) & (edges.length - 1);
        }
        edges[at] = key;
        children[at] = child;
    }

    private void grow() {
        long[] oldEdges = edges;
        int[] oldChildren = children;
        edges = new long[oldEdges.length * 2];
        Arrays.fill(edges, EMPTY);
        children = new int[edges.length];
        for (int i = 0; i < oldEdges.length; i++) {
            if (oldEdges[i] != EMPTY) {
                put(oldEdges[i], oldChildren[i]);
            }
        }
    }
}
