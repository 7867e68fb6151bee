package dev.memfuse.engine.retrieval;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import dev.memfuse.engine.MemoryLayer;
import org.apache.lucene.util.BytesRef;

/// Encodes a row of the [EntryTable] without its text and without its slot, which changes: ordinal, number of terms,
/// layer, traits, id, session, sequence, time, speaker, sources.
final class IndexEntryCodec {
    private static final int FIXED = 4 + 4 + 1 + 1 + 16 + 16 + 8 + 8 + 1;
    private static final int QUESTION = 1;
    private static final int TIME = 2;
    private static final MemoryLayer[] LAYERS = MemoryLayer.values();

    private IndexEntryCodec() {}

    /// A decoded entry, without its text.
    ///
    /// @param traits traits of the text
    record Packed(int ordinal, int terms, TextTraits traits, IndexEntry entry) {}

    static byte[] pack(int ordinal, int terms, IndexEntry entry) {
        TextTraits traits = TextTraits.of(entry.text());
        byte[] speaker = traits.speaker().orElse("").getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(FIXED + speaker.length + 16 * entry.sources().size());
        bytes.putInt(ordinal).putInt(terms).put((byte) entry.layer().ordinal())
                .put((byte) ((traits.question() ? QUESTION : 0) | (traits.time() ? TIME : 0)));
        put(bytes, entry.id());
        put(bytes, entry.session());
        bytes.putLong(entry.sequence()).putLong(entry.createdMicros());
        bytes.put((byte) speaker.length).put(speaker);
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
        int traits = bytes.get();
        UUID id = uuid(bytes);
        UUID session = uuid(bytes);
        long sequence = bytes.getLong();
        long created = bytes.getLong();
        byte[] speaker = new byte[Byte.toUnsignedInt(bytes.get())];
        bytes.get(speaker);
        List<UUID> sources = new ArrayList<>();
        while (bytes.hasRemaining()) {
            sources.add(uuid(bytes));
        }
        return new Packed(ordinal, terms,
                new TextTraits((traits & QUESTION) != 0, (traits & TIME) != 0, label(speaker)),
                new IndexEntry(layer, id, session, sequence, created, List.copyOf(sources), ""));
    }

    private static Optional<String> label(byte[] speaker) {
        return speaker.length == 0 ? Optional.empty() : Optional.of(new String(speaker, StandardCharsets.UTF_8));
    }

    private static void put(ByteBuffer bytes, UUID id) {
        bytes.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
    }

    private static UUID uuid(ByteBuffer bytes) {
        return new UUID(bytes.getLong(), bytes.getLong());
    }
}
