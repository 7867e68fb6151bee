package dev.memfuse.engine.retrieval;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;

import dev.memfuse.engine.MemoryLayer;
import dev.memfuse.engine.words.Words;
import org.apache.lucene.document.BinaryDocValuesField;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.SegmentInfos;
import org.apache.lucene.index.SerialMergeScheduler;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.TieredMergePolicy;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.IOUtils;
import org.jspecify.annotations.Nullable;

/// One user's texts in a Lucene index on disk: postings of stemmed terms, the texts, and the rows of the [EntryTable],
/// which is filled from them when the index is opened. Written in the background only; a reader sees the last commit.
/// Guarded by the index that owns it.
final class DiskIndex implements AutoCloseable {
    static final String TEXT = "text";
    static final String ENTRY = "entry";
    static final String SLOT = "slot";
    private static final String KEY = "key";
    private static final String ERASED = "erased";
    private static final double RAM_MEGABYTES = 16;
    private static final FieldType WORDS = words();

    /// A strong reference, since the JDK forgets the level of a logger that is collected. Lucene recommends an
    /// incubating module at each start; it only speeds up vectors, which are not in Lucene here.
    private static final Logger RECOMMENDATION = Logger
            .getLogger("org.apache.lucene.internal.vectorization.VectorizationProvider");

    static {
        RECOMMENDATION.setLevel(Level.SEVERE);
    }

    private final FSDirectory directory;
    private final IndexWriter writer;
    private final Map<String, String> header;
    private final List<DirectoryReader> replaced = new ArrayList<>();
    /// Null before the first commit: a commit waits for the disk, and a new index has nothing to keep.
    private @Nullable DirectoryReader reader;
    private Map<Object, DiskSegment> segments = new HashMap<>();

    private DiskIndex(FSDirectory directory, IndexWriter writer, @Nullable DirectoryReader reader,
            Map<String, String> header) {
        this.directory = directory;
        this.writer = writer;
        this.reader = reader;
        this.header = header;
    }

    private static FieldType words() {
        FieldType type = new FieldType();
        type.setIndexOptions(IndexOptions.DOCS_AND_FREQS);
        type.setOmitNorms(true);
        type.freeze();
        return type;
    }

    /// Opens an index, or creates an empty one.
    ///
    /// @param header format, analyzer and model of the index, stored with each commit
    /// @return empty when the index on disk has another header
    static Optional<DiskIndex> open(Path folder, Map<String, String> header) throws IOException {
        FSDirectory directory = FSDirectory.open(folder);
        IndexWriter writer = new IndexWriter(directory, config());
        if (!DirectoryReader.indexExists(directory)) {
            return Optional.of(new DiskIndex(directory, writer, null, header));
        }
        DirectoryReader reader = DirectoryReader.open(directory);
        Map<String, String> found = new HashMap<>(reader.getIndexCommit().getUserData());
        found.remove(ERASED);
        if (!found.equals(header)) {
            reader.close();
            writer.close();
            directory.close();
            return Optional.empty();
        }
        return Optional.of(new DiskIndex(directory, writer, reader, header));
    }

    /// A segment with a single deleted document must be rewritten too, since it still holds the text; by default,
    /// segments with less than 10 % of deleted documents are left as they are.
    private static IndexWriterConfig config() {
        return new IndexWriterConfig().setRAMBufferSizeMB(RAM_MEGABYTES)
                .setMergePolicy(new TieredMergePolicy().setForceMergeDeletesPctAllowed(0))
                .setMergeScheduler(new SerialMergeScheduler()).setCommitOnClose(false);
    }

    /// Returns the time of the user's last deletion whose texts the files of a closed index no longer hold; before all
    /// deletions when it is unknown.
    static long erased(Path folder) throws IOException {
        try (FSDirectory directory = FSDirectory.open(folder)) {
            return erased(SegmentInfos.readLatestCommit(directory).getUserData());
        }
    }

    /// Returns the time of the user's last deletion that the last commit states.
    long erased() throws IOException {
        return reader == null ? Long.MIN_VALUE : erased(reader.getIndexCommit().getUserData());
    }

    private static long erased(Map<String, String> commit) {
        String time = commit.get(ERASED);
        return time == null ? Long.MIN_VALUE : Long.parseLong(time);
    }

    /// Adds an entry, which the next [#commit] makes visible.
    ///
    /// @param packed the entry encoded by [IndexEntryCodec]
    /// @param slot of its vector, or [EntryTable#NONE]
    void add(IndexEntry entry, byte[] packed, int slot) throws IOException {
        Document document = new Document();
        document.add(new StringField(KEY, key(entry), Field.Store.NO));
        document.add(new Field(entry.layer().label(), Words.stream(entry.text()), WORDS));
        document.add(new StoredField(TEXT, entry.text()));
        document.add(new BinaryDocValuesField(ENTRY, new BytesRef(packed)));
        document.add(new NumericDocValuesField(SLOT, slot));
        writer.addDocument(document);
    }

    /// Sets the slot of the vector of an entry; the next [#commit] makes it visible.
    void setSlot(String key, int slot) throws IOException {
        writer.updateNumericDocValue(new Term(KEY, key), SLOT, slot);
    }

    /// Deletes entries. The next [#commit] removes their texts from the disk.
    void delete(List<String> keys) throws IOException {
        writer.deleteDocuments(keys.stream().map(key -> new Term(KEY, key)).toArray(Term[]::new));
        writer.forceMergeDeletes();
    }

    static String key(IndexEntry entry) {
        return key(entry.layer(), entry.id());
    }

    static String key(MemoryLayer layer, UUID id) {
        return layer.label() + id;
    }

    /// Makes additions and deletions durable.
    ///
    /// @param erased time of the user's last deletion whose texts the files no longer hold
    void commit(long erased) throws IOException {
        Map<String, String> data = new HashMap<>(header);
        data.put(ERASED, Long.toString(erased));
        writer.setLiveCommitData(data.entrySet());
        writer.commit();
    }

    /// Returns the segments of the last commit. Those that it returned before remain readable until [#closeReplaced].
    List<DiskSegment> segments() throws IOException {
        DirectoryReader current = refreshed();
        if (current == null) {
            return List.of();
        }
        Map<Object, DiskSegment> loaded = new HashMap<>();
        List<DiskSegment> found = new ArrayList<>();
        for (LeafReaderContext leaf : current.leaves()) {
            Object identity = leaf.reader().getCoreCacheHelper().getKey();
            DiskSegment before = segments.get(identity);
            DiskSegment segment = before == null
                    ? DiskSegment.load(leaf.reader())
                    : new DiskSegment(leaf.reader(), before.ordinals());
            loaded.put(identity, segment);
            found.add(segment);
        }
        segments = loaded;
        return List.copyOf(found);
    }

    /// Returns a reader of the last commit; null before the first one.
    private @Nullable DirectoryReader refreshed() throws IOException {
        DirectoryReader before = reader;
        if (before == null) {
            reader = DirectoryReader.indexExists(directory) ? DirectoryReader.open(directory) : null;
            return reader;
        }
        DirectoryReader newer = DirectoryReader.openIfChanged(before);
        if (newer == null) {
            return before;
        }
        replaced.add(before);
        reader = newer;
        return newer;
    }

    /// Closes the segments that newer ones of [#segments] replace. Call when nothing reads them any more.
    void closeReplaced() throws IOException {
        List<DirectoryReader> closing = List.copyOf(replaced);
        replaced.clear();
        IOUtils.close(closing);
    }

    /// Returns the text of a committed entry; empty when there is none.
    static Optional<String> text(List<DiskSegment> segments, String key) throws IOException {
        for (DiskSegment segment : segments) {
            PostingsEnum found = segment.reader().postings(new Term(KEY, key));
            if (found != null && found.nextDoc() != DocIdSetIterator.NO_MORE_DOCS) {
                return Optional.ofNullable(
                        segment.reader().storedFields().document(found.docID(), Set.of(TEXT)).get(TEXT));
            }
        }
        return Optional.empty();
    }

    @Override
    public void close() throws IOException {
        IOUtils.close(Arrays.asList(this::closeReplaced, reader, writer::rollback, directory));
    }
}
