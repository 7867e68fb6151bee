package dev.memfuse.engine.retrieval;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import dev.memfuse.engine.exception.EngineException;
import dev.memfuse.engine.retrieval.IndexEntryCodec.Packed;
import dev.memfuse.engine.words.Words;
import dev.memfuse.file.FolderRemoval;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Files of one user's index: Lucene's files and the vectors. Everything can be rebuilt from the database, so an index
/// that cannot be read, or was written for another format or model, is deleted.
///
/// @param entries filled from the files
record IndexFiles(DiskIndex texts, VectorFile vectors, EntryTable entries) implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(IndexFiles.class);
    private static final String FORMAT = "6";
    /// An index is rebuilt when it has more removed entries than live ones, and more than this number.
    private static final int MAX_REMOVED = 10_000;

    /// Opens the index in a folder, which is created when it is missing.
    static IndexFiles open(Path folder, EmbeddingSpace model) throws IOException {
        try {
            Optional<IndexFiles> files = tryOpen(folder, model);
            if (files.isPresent()) {
                return files.get();
            }
            LOG.info("Index: {} was written for another version or model and will be rebuilt", folder);
        } catch (IOException | RuntimeException | InternalError e) {
            // The Java machine reports a page of a mapped file that cannot be read as an InternalError.
            LOG.warn("Index: {} cannot be read and will be rebuilt", folder, e);
        }
        FolderRemoval.remove(folder);
        return tryOpen(folder, model).orElseThrow(() -> new IOException("A new index cannot be opened: " + folder));
    }

    private static Optional<IndexFiles> tryOpen(Path folder, EmbeddingSpace model) throws IOException {
        Files.createDirectories(folder);
        Optional<DiskIndex> opened = DiskIndex.open(folder.resolve("texts"), header(model));
        if (opened.isEmpty()) {
            return Optional.empty();
        }
        DiskIndex texts = opened.get();
        try {
            EntryTable entries = new EntryTable();
            int slots = load(texts, entries);
            if (entries.size() - entries.live() > Math.max(entries.live(), MAX_REMOVED)) {
                texts.close();
                return Optional.empty();
            }
            return Optional.of(new IndexFiles(texts,
                    VectorFile.open(folder, model.dimension(), slots), entries));
        } catch (Throwable e) {
            texts.close();
            throw e;
        }
    }

    private static Map<String, String> header(EmbeddingSpace model) {
        return Map.of("format", FORMAT, "analyzer", Words.version(), "model", model.name(), "dimension",
                Integer.toString(model.dimension()));
    }

    /// Fills the entry table and links the entries in the order of their ordinals.
    ///
    /// @return number of vector slots in use
    private static int load(DiskIndex texts, EntryTable entries) throws IOException {
        int[] slots = {0};
        Map<Integer, List<UUID>> sources = new HashMap<>();
        for (DiskSegment segment : texts.segments()) {
            segment.entries((bytes, slot) -> {
                Packed packed = IndexEntryCodec.unpack(bytes);
                entries.put(packed.ordinal(), packed.entry(), packed.terms(), slot);
                entries.describe(packed.ordinal(), packed.traits());
                slots[0] = Math.max(slots[0], slot + 1);
                if (!packed.entry().sources().isEmpty()) {
                    sources.put(packed.ordinal(), packed.entry().sources());
                }
            });
        }
        for (int i = entries.nextLive(0); i >= 0; i = entries.nextLive(i + 1)) {
            entries.connect(i, sources.getOrDefault(i, List.of()));
        }
        return slots[0];
    }

    /// Returns the time of the user's last deletion whose texts the files of a closed index no longer hold; see
    /// [DiskIndex#erased(Path)].
    static long erased(Path folder) throws IOException {
        return DiskIndex.erased(folder.resolve("texts"));
    }

    /// Returns the exception for a failed access to the files.
    ///
    /// @param attempt what failed: "opened", "read", "written", "used" or "closed"
    static EngineException failure(String attempt, Throwable cause) {
        return new EngineException("The index for queries could not be " + attempt + ": " + cause.getMessage()
                + ". Free disk space or grant access to its folder; the next query rebuilds the index.", "", cause);
    }

    @Override
    public void close() throws IOException {
        try (vectors) {
            texts.close();
        }
    }
}
