package dev.memfuse.engine.model;

import java.io.IOException;
import java.io.InputStream;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.huggingface.tokenizers.jni.CharSpan;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.memfuse.engine.EngineException;
import org.jspecify.annotations.Nullable;

/// all-MiniLM-L6-v2 (quantized) in ONNX Runtime: mean pooling over the word pieces, then normalisation to length 1.
///
/// Texts are embedded in small batches sorted by length, because padding a short text to a long one costs more than a
/// batch saves. One session, one thread per call; callers bring the parallelism. Thread-safe; call it on platform
/// threads, since native code would hold a virtual thread's carrier.
public final class OnnxEmbeddingModel implements EmbeddingModel, AutoCloseable {
    private static final String NAME = "all-MiniLM-L6-v2";
    private static final int DIMENSION = 384;
    private static final int WINDOW = 256;
    private static final int SPECIAL_TOKENS = 2;
    private static final int BATCH = 16;

    private final OrtSession session;
    private final HuggingFaceTokenizer tokenizer;

    private OnnxEmbeddingModel(OrtSession session, HuggingFaceTokenizer tokenizer) {
        this.session = session;
        this.tokenizer = tokenizer;
    }

    /// Loads the model from the class path: some 25 MB are read and a native session is made.
    ///
    /// @throws EngineException when the model or its native libraries cannot be loaded
    public static OnnxEmbeddingModel load() {
        try (InputStream model = resource("/all-minilm-l6-v2-q.onnx");
                InputStream vocabulary = resource("/all-minilm-l6-v2-q-tokenizer.json");
                OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            OrtSession session = OrtEnvironment.getEnvironment().createSession(model.readAllBytes(), options);
            return new OnnxEmbeddingModel(session, HuggingFaceTokenizer.newInstance(vocabulary,
                    Map.of("padding", "false", "truncation", "false", "modelMaxLength", "100000")));
        } catch (IOException | OrtException e) {
            throw new EngineException("The embedding model " + NAME + " could not be loaded: " + e.getMessage(), "", e);
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
        return NAME;
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
        return tokenizer.encode(text).getIds().length;
    }

    @Override
    public List<String> split(String text) {
        Encoding encoding = tokenizer.encode(text);
        if (encoding.getIds().length <= WINDOW) {
            return List.of(text);
        }
        int[] starts = starts(text, encoding.getCharTokenSpans());
        List<String> pieces = new ArrayList<>();
        for (int from = 0; from < starts.length;) {
            int to = Math.min(from + WINDOW - SPECIAL_TOKENS, starts.length);
            // The two halves of a word that is cut may have more word pieces than the word had.
            for (int excess = excess(text, starts, from, to); excess > 0; excess = excess(text, starts, from, to)) {
                to = Math.max(from + 1, to - excess);
            }
            pieces.add(between(text, starts, from, to));
            from = to;
        }
        return pieces;
    }

    private int excess(String text, int[] starts, int from, int to) {
        return to - from == 1 ? 0 : countTokens(between(text, starts, from, to)) - WINDOW;
    }

    private static String between(String text, int[] starts, int from, int to) {
        return text.substring(starts[from], to < starts.length ? starts[to] : text.length()).strip();
    }

    /// Where the word pieces begin in the text. The tokenizer counts code points, Java counts chars.
    private static int[] starts(String text, @Nullable CharSpan[] spans) {
        List<Integer> starts = new ArrayList<>();
        int codePoints = 0;
        int chars = 0;
        for (CharSpan span : spans) {
            if (span != null && span.getEnd() > span.getStart() && (starts.isEmpty() || span.getStart() > codePoints)) {
                chars = text.offsetByCodePoints(chars, span.getStart() - codePoints);
                codePoints = span.getStart();
                starts.add(chars);
            }
        }
        return starts.stream().mapToInt(Integer::intValue).toArray();
    }

    @Override
    public List<float[]> embed(List<String> texts) {
        Encoding[] encodings = tokenizer.batchEncode(texts);
        Integer[] shortestFirst = IntStream.range(0, encodings.length).boxed()
                .sorted(Comparator.comparingInt(i -> encodings[i].getIds().length)).toArray(Integer[]::new);
        float[][] vectors = new float[encodings.length][];
        try {
            for (int from = 0; from < shortestFirst.length; from += BATCH) {
                run(encodings, Arrays.copyOfRange(shortestFirst, from, Math.min(from + BATCH, shortestFirst.length)),
                        vectors);
            }
        } catch (OrtException e) {
            throw new EngineException("The embedding model failed: " + e.getMessage(), NAME, e);
        }
        return List.of(vectors);
    }

    private void run(Encoding[] encodings, Integer[] batch, float[][] vectors) throws OrtException {
        int width = Math.min(WINDOW, encodings[batch[batch.length - 1]].getIds().length);
        long[] ids = new long[batch.length * width];
        long[] mask = new long[batch.length * width];
        for (int row = 0; row < batch.length; row++) {
            long[] pieces = encodings[batch[row]].getIds();
            int length = Math.min(width, pieces.length);
            System.arraycopy(pieces, 0, ids, row * width, length);
            Arrays.fill(mask, row * width, row * width + length, 1);
        }
        long[] shape = {batch.length, width};
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (OnnxTensor idTensor = OnnxTensor.createTensor(environment, LongBuffer.wrap(ids), shape);
                OnnxTensor maskTensor = OnnxTensor.createTensor(environment, LongBuffer.wrap(mask), shape);
                OnnxTensor typeTensor = OnnxTensor.createTensor(environment, LongBuffer.wrap(new long[ids.length]),
                        shape);
                OrtSession.Result result = session.run(Map.of("input_ids", idTensor, "attention_mask", maskTensor,
                        "token_type_ids", typeTensor))) {
            FloatBuffer states = ((OnnxTensor) result.get(0)).getFloatBuffer();
            for (int row = 0; row < batch.length; row++) {
                int length = Math.min(width, encodings[batch[row]].getIds().length);
                vectors[batch[row]] = meanNormalised(states, row * width * DIMENSION, length);
            }
        }
    }

    private static float[] meanNormalised(FloatBuffer states, int from, int length) {
        float[] sum = new float[DIMENSION];
        float[] piece = new float[DIMENSION];
        for (int at = 0; at < length; at++) {
            states.get(from + at * DIMENSION, piece);
            for (int i = 0; i < DIMENSION; i++) {
                sum[i] += piece[i];
            }
        }
        double square = 0;
        for (float value : sum) {
            square += (double) value * value;
        }
        float scale = square == 0 ? 0 : (float) (1 / Math.sqrt(square));
        for (int i = 0; i < DIMENSION; i++) {
            sum[i] *= scale;
        }
        return sum;
    }

    @Override
    public void close() {
        tokenizer.close();
        try {
            session.close();
        } catch (OrtException e) {
            throw new EngineException("The embedding model could not be closed: " + e.getMessage(), NAME, e);
        }
    }
}
