package dev.memfuse.engine.retrieval;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

import dev.memfuse.engine.retrieval.IndexEntryCodec.Packed;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One user's index as it is on disk: Lucene's files, and the vectors beside them. All of it can be made again from the
/// database, so what cannot be read, or was made for another version or model, is thrown away.
///
/// @param catalog filled from what was on disk
record IndexFiles(DiskIndex texts, VectorFile vectors, EntryTable catalog) implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(IndexFiles.class);
    private static final String FORMAT = "2";
    private static final int WORTH_REBUILDING = 10_000;

    /// Opens the index in a folder, which is created when missing.
    static IndexFiles open(Path folder, EmbeddingSpace model) throws IOException {
        try {
            Optional<IndexFiles> files = tryOpen(folder, model);
            if (files.isPresent()) {
                return files.get();
            }
            LOG.info("Index: {} was made for another version or model and is built again", folder);
        } catch (IOException | RuntimeException e) {
            LOG.warn("Index: {} cannot be read and is built again", folder, e);
        }
        Folders.delete(folder);
        return tryOpen(folder, model).orElseThrow(() -> new IOException("An empty index was refused: " + folder));
    }

    private static Optional<IndexFiles> tryOpen(Path folder, EmbeddingSpace model) throws IOException {
        Files.createDirectories(folder);
        Optional<DiskIndex> opened = DiskIndex.open(folder.resolve("texts"), header(model));
        if (opened.isEmpty()) {
            return Optional.empty();
        }
        DiskIndex texts = opened.get();
        try {
            EntryTable catalog = new EntryTable();
            int slots = load(texts, catalog);
            if (catalog.size() - catalog.live() > Math.max(catalog.live(), WORTH_REBUILDING)) {
                texts.close();
                return Optional.empty();
            }
            return Optional.of(new IndexFiles(texts,
                    VectorFile.open(folder.resolve("vectors"), model.dimension(), slots), catalog));
        } catch (IOException | RuntimeException e) {
            texts.close();
            throw e;
        }
    }

    private static Map<String, String> header(EmbeddingSpace model) {
        return Map.of("format", FORMAT, "analyzer", DiskIndex.analyzer(), "model", model.name(), "dimension",
                Integer.toString(model.dimension()));
    }

    /// Fills the catalog; entries are linked in the order in which they came, when all are there.
    ///
    /// @return slots in use
    private static int load(DiskIndex texts, EntryTable catalog) throws IOException {
        int[] slots = {0};
        var sources = new java.util.HashMap<Integer, java.util.List<java.util.UUID>>();
        for (DiskSegment segment : texts.segments()) {
            segment.entries(bytes -> {
                Packed packed = IndexEntryCodec.unpack(bytes);
                catalog.put(packed.ordinal(), packed.entry(), packed.terms(), packed.slot());
                if (packed.asks()) {
                    catalog.asking(packed.ordinal());
                }
                slots[0] = Math.max(slots[0], packed.slot() + 1);
                if (!packed.entry().sources().isEmpty()) {
                    sources.put(packed.ordinal(), packed.entry().sources());
                }
            });
        }
        for (int i = catalog.nextLive(0); i >= 0; i = catalog.nextLive(i + 1)) {
            catalog.connect(i, sources.getOrDefault(i, java.util.List.of()));
        }
        return slots[0];
    }

    @Override
    public void close() throws IOException {
        try (vectors) {
            texts.close();
        }
    }
}
