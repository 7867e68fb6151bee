package dev.memfuse.engine.model;

import java.io.IOException;
import java.io.InputStream;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.stream.IntStream;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.memfuse.config.section.EmbeddingModelKind;
import dev.memfuse.engine.exception.EngineException;
import dev.memfuse.engine.model.ModelSpec.Pooling;
import dev.memfuse.engine.model.tokenizer.WordPieces;

/// An included quantized model, run by ONNX Runtime.
///
/// Batches are sorted by length, because padding short texts to long ones costs more than a batch saves. One session,
/// one thread per call; callers provide the parallelism. Thread-safe; to be called on platform threads, since native
/// code blocks the carrier of a virtual thread.
public final class OnnxEmbeddingModel implements EmbeddingModel, AutoCloseable {
    private static final int DIMENSION = 384;
    /// The same for all models, so that a chunk of one model fits the window of the others.
    private static final int WINDOW = 256;
    /// By path on the class path.
    private static final Map<String, WordPieces> TOKENIZERS = new ConcurrentHashMap<>();

    private final ModelSpec spec;
    private final OrtSession session;
    private final WordPieces pieces;
    /// Held for reading by each native call and for writing to close.
    private final ReadWriteLock nativeCalls = new ReentrantReadWriteLock();
    private boolean closed;

    /// Reads a tokenizer by its path on the class path.
    @FunctionalInterface
    private interface PiecesReader {
        WordPieces read(String path) throws IOException;
    }

    private OnnxEmbeddingModel(ModelSpec spec, OrtSession session, WordPieces pieces) {
        this.spec = spec;
        this.session = session;
        this.pieces = pieces;
    }

    /// Loads a model from the class path: reads 25 to 35 MB and creates a native session. The engines of a process
    /// share its tokenizer.
    ///
    /// @throws EngineException when the model or its native libraries cannot be loaded, or the process is ending
    public static OnnxEmbeddingModel load(EmbeddingModelKind kind) {
        return load(kind, OnnxEmbeddingModel::sharedPieces);
    }

    /// Loads a model that shares nothing, as the services without a cache own it.
    ///
    /// @throws EngineException when the model or its native libraries cannot be loaded, or the process is ending
    public static OnnxEmbeddingModel loadAlone(EmbeddingModelKind kind) {
        return load(kind, OnnxEmbeddingModel::pieces);
    }

    private static OnnxEmbeddingModel load(EmbeddingModelKind kind, PiecesReader reader) {
        return OpenModels.instance().load(() -> load(ModelSpec.of(kind), reader));
    }

    private static OnnxEmbeddingModel load(ModelSpec spec, PiecesReader reader) {
        // Before any other class of the library, each of which would load its native libraries.
        OrtEnvironment environment = OnnxEnvironment.get();
        try (InputStream weights = resource(spec.weights());
                OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            WordPieces pieces = reader.read(spec.tokenizer());
            return new OnnxEmbeddingModel(spec, environment.createSession(weights.readAllBytes(), options), pieces);
        } catch (IOException | OrtException e) {
            throw new EngineException(
                    "The embedding model " + spec.name() + " could not be loaded: " + e.getMessage(), "", e);
        }
    }

    /// Reads a tokenizer unless an engine of this process has read it: that is a quarter of the time of a load.
    private static WordPieces sharedPieces(String path) throws IOException {
        WordPieces known = TOKENIZERS.get(path);
        if (known != null) {
            return known;
        }
        WordPieces read = pieces(path);
        TOKENIZERS.put(path, read);
        return read;
    }

    private static WordPieces pieces(String path) throws IOException {
        try (InputStream description = resource(path)) {
            return WordPieces.read(description, WINDOW);
        }
    }

    private static InputStream resource(String path) throws IOException {
        InputStream stream = OnnxEmbeddingModel.class.getResourceAsStream(path);
        if (stream == null) {
            throw new IOException("missing on the class path: " + path);
        }
        return stream;
    }

    @Override
    public String name() {
        return spec.name();
    }

    @Override
    public int dimension() {
        return DIMENSION;
    }

    @Override
    public int window() {
        return WINDOW;
    }

    @Override
    public int countTokens(String text) {
        return pieces.count(text);
    }

    @Override
    public boolean fits(String text) {
        return pieces.fits(text);
    }

    @Override
    public List<String> split(String text) {
        return pieces.split(text);
    }

    @Override
    public boolean meansPieces() {
        return spec.pooling() == Pooling.MEAN;
    }

    /// Encodes texts, in their order.
    ///
    /// @throws EngineException when native code fails, or the model is closed
    @Override
    public List<Encoding> encode(List<String> texts) {
        nativeCalls.readLock().lock();
        try {
            if (closed) {
                throw new EngineException("The embedding model is closed.", spec.name(), null);
            }
            return encodings(texts);
        } finally {
            nativeCalls.readLock().unlock();
        }
    }

    private List<Encoding> encodings(List<String> texts) {
        long[][] ids = texts.stream().map(pieces::encode).toArray(long[][]::new);
        Integer[] shortestFirst = IntStream.range(0, ids.length).boxed()
                .sorted(Comparator.comparingInt(i -> ids[i].length)).toArray(Integer[]::new);
        Encoding[] encodings = new Encoding[ids.length];
        try {
            int[] lengths = Arrays.stream(shortestFirst).mapToInt(i -> ids[i].length).toArray();
            for (PaddedRuns.Run run : PaddedRuns.of(lengths)) {
                run(texts, ids, Arrays.copyOfRange(shortestFirst, run.from(), run.to()), encodings);
            }
        } catch (OrtException e) {
            throw new EngineException("The embedding model failed: " + e.getMessage(), spec.name(), e);
        }
        return List.of(encodings);
    }

    private void run(List<String> texts, long[][] pieceIds, Integer[] batch, Encoding[] encodings)
            throws OrtException {
        int width = pieceIds[batch[batch.length - 1]].length;
        long[] ids = new long[batch.length * width];
        long[] mask = new long[batch.length * width];
        for (int row = 0; row < batch.length; row++) {
            long[] source = pieceIds[batch[row]];
            System.arraycopy(source, 0, ids, row * width, source.length);
            Arrays.fill(mask, row * width, row * width + source.length, 1);
        }
        long[] shape = {batch.length, width};
        OrtEnvironment environment = OnnxEnvironment.get();
        try (OnnxTensor idTensor = OnnxTensor.createTensor(environment, LongBuffer.wrap(ids), shape);
                OnnxTensor maskTensor = OnnxTensor.createTensor(environment, LongBuffer.wrap(mask), shape);
                OnnxTensor typeTensor = OnnxTensor.createTensor(environment, LongBuffer.wrap(new long[ids.length]),
                        shape);
                OrtSession.Result result = session.run(inputs(idTensor, maskTensor, typeTensor))) {
            FloatBuffer states = ((OnnxTensor) result.get(0)).getFloatBuffer();
            for (int row = 0; row < batch.length; row++) {
                int text = batch[row];
                encodings[text] = encoding(states, row * width, pieceIds[text].length, texts.get(text));
            }
        }
    }

    /// Returns the encoding of a text.
    ///
    /// @param first index of the state of its first word piece
    /// @param length number of its word pieces
    private Encoding encoding(FloatBuffer states, int first, int length, String text) {
        if (spec.pooling() == Pooling.FIRST) {
            return Encoding.of(sum(states, first, 1), new float[DIMENSION]);
        }
        // The last word piece is the mark of the end.
        int end = text.isBlank() ? 0 : Math.min(length, pieces.encode(LastSentence.of(text)).length) - 2;
        return Encoding.of(sum(states, first, length), sum(states, first + length - 1 - end, end));
    }

    private Map<String, OnnxTensor> inputs(OnnxTensor ids, OnnxTensor mask, OnnxTensor types) {
        Map<String, OnnxTensor> inputs = new HashMap<>(
                Map.of("input_ids", ids, "attention_mask", mask, "token_type_ids", types));
        inputs.keySet().retainAll(session.getInputNames());
        return inputs;
    }

    /// Returns the sum of consecutive states.
    ///
    /// @param first index of the first state
    /// @param count number of states
    private static float[] sum(FloatBuffer states, int first, int count) {
        float[] sum = new float[DIMENSION];
        float[] state = new float[DIMENSION];
        for (int at = first; at < first + count; at++) {
            states.get(at * DIMENSION, state);
            for (int i = 0; i < DIMENSION; i++) {
                sum[i] += state[i];
            }
        }
        return sum;
    }

    /// Refuses further calls, waits for those that run, and releases the native session. A second call has no effect.
    @Override
    public void close() {
        nativeCalls.writeLock().lock();
        try {
            if (!closed) {
                closed = true;
                session.close();
            }
        } catch (OrtException e) {
            throw new EngineException("The embedding model could not be closed: " + e.getMessage(), spec.name(), e);
        } finally {
            nativeCalls.writeLock().unlock();
            OpenModels.instance().closed(this);
        }
    }
}
