package dev.memfuse.engine.retrieval;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;

import dev.memfuse.engine.MemoryLayer;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.DocAndFloatFeatureBuffer;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.BytesRef;

/// A committed segment of a [DiskIndex].
///
/// @param ordinals ordinal in the [EntryTable] of each document
@SuppressWarnings("ArrayRecordComponent") // a column of numbers, never compared
record DiskSegment(LeafReader reader, int[] ordinals) implements TermSource {

    /// Receives the encoded entry of each live document, and the slot of its vector or [EntryTable#NONE].
    @FunctionalInterface
    interface EntryConsumer {
        void accept(BytesRef packed, int slot);
    }

    static DiskSegment load(LeafReader reader) throws IOException {
        int[] ordinals = new int[reader.maxDoc()];
        Arrays.fill(ordinals, EntryTable.NONE);
        BinaryDocValues packed = reader.getBinaryDocValues(DiskIndex.ENTRY);
        if (packed != null) {
            for (int doc = packed.nextDoc(); doc != DocIdSetIterator.NO_MORE_DOCS; doc = packed.nextDoc()) {
                ordinals[doc] = IndexEntryCodec.ordinal(packed.binaryValue());
            }
        }
        return new DiskSegment(reader, ordinals);
    }

    /// Passes the encoded entry and the slot of each live document to `consumer`.
    void entries(EntryConsumer consumer) throws IOException {
        Bits live = reader.getLiveDocs();
        BinaryDocValues packed = reader.getBinaryDocValues(DiskIndex.ENTRY);
        NumericDocValues slots = reader.getNumericDocValues(DiskIndex.SLOT);
        if (packed == null || slots == null) {
            return;
        }
        for (int doc = packed.nextDoc(); doc != DocIdSetIterator.NO_MORE_DOCS; doc = packed.nextDoc()) {
            if (live == null || live.get(doc)) {
                int slot = slots.advanceExact(doc) ? (int) slots.longValue() : EntryTable.NONE;
                consumer.accept(packed.binaryValue(), slot);
            }
        }
    }

    @Override
    public void collect(MemoryLayer layer, String term, PostingConsumer consumer) {
        try {
            Terms terms = reader.terms(layer.label());
            TermsEnum found = terms == null ? null : terms.iterator();
            if (found == null || !found.seekExact(new BytesRef(term))) {
                return;
            }
            PostingsEnum postings = found.postings(null, PostingsEnum.FREQS);
            if (postings.nextDoc() == DocIdSetIterator.NO_MORE_DOCS) {
                return;
            }
            // By blocks: document by document takes several times as long.
            DocAndFloatFeatureBuffer block = new DocAndFloatFeatureBuffer();
            for (postings.nextPostings(DocIdSetIterator.NO_MORE_DOCS, block); block.size > 0; postings
                    .nextPostings(DocIdSetIterator.NO_MORE_DOCS, block)) {
                pass(block, consumer);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void pass(DocAndFloatFeatureBuffer block, PostingConsumer consumer) {
        int size = block.size;
        int[] found = new int[size];
        int[] frequencies = new int[size];
        for (int i = 0; i < size; i++) {
            found[i] = ordinals[block.docs[i]];
            frequencies[i] = (int) block.features[i];
        }
        consumer.accept(found, frequencies, size);
    }
}
