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

import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.document.BinaryDocValuesField;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.SerialMergeScheduler;
import org.apache.lucene.index.Term;
import org.apache.lucene.store.FSDirectory;

/// One user's texts in a Lucene index on disk: postings of stemmed terms, the text itself, and what the [EntryTable] needs
/// when the index is opened again. Written in the background only; a reader sees what was committed. Guarded by its owner.
final class DiskIndex implements AutoCloseable {
    static final String TEXT = "text";
    static final String ENTRY = "entry";
    private static final String KEY = "key";
    private static final double RAM_MEGABYTES = 16;
    private static final FieldType WORDS = words();

    /// Held, or the level would be forgotten. Lucene recommends a module of the JDK that would print a warning at each
    /// start; what it speeds up are vectors, and those are not in Lucene here.
    private static final java.util.logging.Logger RECOMMENDATION = java.util.logging.Logger
            .getLogger("org.apache.lucene.internal.vectorization.VectorizationProvider");

    static {
        RECOMMENDATION.setLevel(java.util.logging.Level.SEVERE);
    }

    private final FSDirectory directory;
    private final IndexWriter writer;
    private final Map<String, String> header;
    private DirectoryReader reader;
    private Map<Object, DiskSegment> segments = new HashMap<>();

    private DiskIndex(FSDirectory directory, IndexWriter writer, DirectoryReader reader, Map<String, String> header) {
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
    /// @param header what the index was made with: version, analyzer, model
    /// @return empty when what is there was made with another header
    static Optional<DiskIndex> open(Path folder, Map<String, String> header) throws IOException {
        FSDirectory directory = FSDirectory.open(folder);
        IndexWriter writer = new IndexWriter(directory,
                new IndexWriterConfig(new EnglishAnalyzer()).setRAMBufferSizeMB(RAM_MEGABYTES)
                        .setMergeScheduler(new SerialMergeScheduler()).setCommitOnClose(false));
        if (!DirectoryReader.indexExists(directory)) {
            writer.setLiveCommitData(header.entrySet());
            writer.commit();
        }
        DirectoryReader reader = DirectoryReader.open(directory);
        if (!reader.getIndexCommit().getUserData().equals(header)) {
            reader.close();
            writer.close();
            directory.close();
            return Optional.empty();
        }
        return Optional.of(new DiskIndex(directory, writer, reader, header));
    }

    /// Adds an entry to what the next [#commit] makes visible.
    ///
    /// @param packed what [IndexEntryCodec] made of it
    void add(IndexEntry entry, byte[] packed) throws IOException {
        Document document = new Document();
        document.add(new StringField(KEY, key(entry), Field.Store.NO));
        document.add(new Field(entry.layer().label(), entry.text(), WORDS));
        document.add(new StoredField(TEXT, entry.text()));
        document.add(new BinaryDocValuesField(ENTRY, new org.apache.lucene.util.BytesRef(packed)));
        writer.addDocument(document);
    }

    /// Removes entries; their texts leave the disk with the next [#commit].
    void delete(List<String> keys) throws IOException {
        writer.deleteDocuments(keys.stream().map(key -> new Term(KEY, key)).toArray(Term[]::new));
        writer.forceMergeDeletes();
    }

    static String key(IndexEntry entry) {
        return key(entry.layer(), entry.id());
    }

    static String key(dev.memfuse.engine.MemoryLayer layer, java.util.UUID id) {
        return layer.label() + id;
    }

    /// Puts everything on the disk.
    void commit() throws IOException {
        writer.setLiveCommitData(header.entrySet());
        writer.commit();
    }

    /// The segments as of the last commit.
    List<DiskSegment> segments() throws IOException {
        DirectoryReader newer = DirectoryReader.openIfChanged(reader);
        if (newer != null) {
            reader.close();
            reader = newer;
        }
        Map<Object, DiskSegment> known = new HashMap<>();
        List<DiskSegment> found = new ArrayList<>();
        for (LeafReaderContext leaf : reader.leaves()) {
            Object identity = leaf.reader().getCoreCacheHelper().getKey();
            DiskSegment before = segments.get(identity);
            DiskSegment segment = before == null
                    ? DiskSegment.load(leaf.reader())
                    : new DiskSegment(leaf.reader(), before.ordinals());
            known.put(identity, segment);
            found.add(segment);
        }
        segments = known;
        return List.copyOf(found);
    }

    /// The text of an entry that was committed; empty when it is not there.
    static Optional<String> text(List<DiskSegment> segments, String key) throws IOException {
        for (DiskSegment segment : segments) {
            var found = segment.reader().postings(new Term(KEY, key));
            if (found != null && found.nextDoc() != org.apache.lucene.search.DocIdSetIterator.NO_MORE_DOCS) {
                return Optional.ofNullable(
                        segment.reader().storedFields().document(found.docID(), Set.of(TEXT)).get(TEXT));
            }
        }
        return Optional.empty();
    }

    /// Terms of a text as the index has them.
    static String analyzer() {
        return "english " + org.apache.lucene.util.Version.LATEST;
    }

    @Override
    public void close() throws IOException {
        org.apache.lucene.util.IOUtils.close(Arrays.asList(reader, writer::rollback, directory));
    }
}
