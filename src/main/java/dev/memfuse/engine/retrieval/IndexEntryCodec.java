package dev.memfuse.engine.retrieval;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import dev.memfuse.engine.MemoryLayer;
import org.apache.lucene.util.BytesRef;

/// Encodes a row of the [EntryTable] without its text and without its slot, which changes: ordinal, number of terms,
/// layer, question flag, id, session, sequence, time, sources.
final class IndexEntryCodec {
    private static final int FIXED = 4 + 4 + 1 + 1 + 16 + 16 + 8 + 8;
    private static final MemoryLayer[] LAYERS = MemoryLayer.values();

    private IndexEntryCodec() {}

    /// A decoded entry, without its text.
    ///
    /// @param question whether the text ends with a question
    record Packed(int ordinal, int terms, boolean question, IndexEntry entry) {}

    static byte[] pack(int ordinal, int terms, IndexEntry entry) {
        ByteBuffer bytes = ByteBuffer.allocate(FIXED + 16 * entry.sources().size());
        bytes.putInt(ordinal).putInt(terms).put((byte) entry.layer().ordinal())
                .put((byte) (QuestionMark.endsWithQuestion(entry.text()) ? 1 : 0));
        put(bytes, entry.id());
        put(bytes, entry.session());
        bytes.putLong(entry.sequence()).putLong(entry.createdMicros());
        entry.sources().forEach(source -> put(bytes, source));
        return bytes.array();
    }

    static int ordinal(BytesRef packed) {
        return ByteBuffer.wrap(packed.bytes, packed.offset, packed.length).getInt();
    }

    static Packed unpack(BytesRef packed) {
        ByteBuffer bytes = ByteBuffer.wrap(packed.bytes, packed.offset, packed.length);
        int ordinal = bytes.getInt();
        int terms = bytes.getInt();
        MemoryLayer layer = LAYERS[bytes.get()];
        boolean question = bytes.get() != 0;
        UUID id = uuid(bytes);
        UUID session = uuid(bytes);
        long sequence = bytes.getLong();
        long created = bytes.getLong();
        List<UUID> sources = new ArrayList<>();
        while (bytes.hasRemaining()) {
            sources.add(uuid(bytes));
        }
        return new Packed(ordinal, terms, question,
                new IndexEntry(layer, id, session, sequence, created, List.copyOf(sources), ""));
    }

    private static void put(ByteBuffer bytes, UUID id) {
        bytes.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
    }

    private static UUID uuid(ByteBuffer bytes) {
        return new UUID(bytes.getLong(), bytes.getLong());
    }
}
