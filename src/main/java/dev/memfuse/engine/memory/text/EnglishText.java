package dev.memfuse.engine.memory.text;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import dev.memfuse.engine.exception.EngineException;
import dev.memfuse.engine.memory.text.Sentence.Word;
import dev.memfuse.engine.validation.DerivedText;
import opennlp.tools.postag.POSModel;
import opennlp.tools.postag.POSTaggerME;
import opennlp.tools.sentdetect.SentenceDetectorME;
import opennlp.tools.sentdetect.SentenceModel;
import opennlp.tools.tokenize.TokenizerME;
import opennlp.tools.tokenize.TokenizerModel;
import org.jspecify.annotations.Nullable;

/// Splits English text into sentences and tagged words with the models of Apache OpenNLP, trained on the English Web
/// Treebank. The first call loads the models, which takes about a tenth of a second. Thread-safe.
public final class EnglishText {
    private static final String SENTENCES = "/opennlp-en-ud-ewt-sentence-1.2-2.5.0.bin";
    private static final String WORDS = "/opennlp-en-ud-ewt-tokens-1.2-2.5.0.bin";
    private static final String TAGS = "/opennlp-en-ud-ewt-pos-1.2-2.5.0.bin";
    /// Longer messages are documents rather than statements; only their beginning is read.
    private static final int MAX_CHARS = 50_000;

    /// The models take a time that grows with the square of the length: longer lines are split in parts, and of longer
    /// sentences the beginning is tagged.
    private static final int MAX_LINE = 4_000;
    private static final int MAX_SENTENCE = 1_000;
    private static final Pattern LINE = Pattern.compile(String.format(Locale.ROOT,
            "(?s).{1,%1$d}(?<=[.!?])(?=\\s)|.{1,%1$d}(?=\\s)|.{1,%1$d}", MAX_LINE));

    /// The end of a sentence in scripts without blanks, which the model does not know.
    private static final Pattern UNSPACED_END = Pattern.compile("(?<=[。！？])");

    /// The models are the same for all engines of the process, and each takes some 20 MB of heap.
    private static final ReentrantLock LOADING = new ReentrantLock();
    private static volatile @Nullable Models models;

    private final Queue<Tools> idle = new ConcurrentLinkedQueue<>();

    /// The shared models.
    private record Models(SentenceModel sentences, TokenizerModel words, POSModel tags) {}

    /// Tools of one thread at a time. They are kept, since creating a tagger takes as long as tagging a message; there
    /// are as many as threads that used them at the same time.
    private record Tools(SentenceDetectorME splitter, TokenizerME tokenizer, POSTaggerME tagger) {
        private static Tools of(Models models) {
            return new Tools(new SentenceDetectorME(models.sentences()), new TokenizerME(models.words()),
                    new POSTaggerME(models.tags()));
        }
    }

    /// Reads a model from a stream.
    ///
    /// @param <T> type of the model
    @FunctionalInterface
    private interface Reader<T> {
        T read(InputStream stream) throws IOException;
    }

    /// Returns the sentences of a text with their tagged words, in order.
    ///
    /// @throws EngineException when the models cannot be loaded
    public List<Sentence> read(String text) {
        return tag(split(text));
    }

    /// Returns the sentences of a text, in order. Much faster than tagging them.
    ///
    /// @throws EngineException when the models cannot be loaded
    public List<String> split(String text) {
        return withTools(tools -> {
            List<String> found = new ArrayList<>();
            DerivedText.prefix(text, MAX_CHARS).lines().filter(line -> !line.isBlank()).forEach(line -> {
                parts(line).flatMap(UNSPACED_END::splitAsStream).forEach(part -> {
                    for (String sentence : tools.splitter().sentDetect(part)) {
                        found.add(sentence.strip());
                    }
                });
            });
            return found;
        });
    }

    private static Stream<String> parts(String line) {
        return line.length() <= MAX_LINE ? Stream.of(line) : LINE.matcher(line).results().map(MatchResult::group);
    }

    /// Returns sentences, or their beginnings, with their tagged words.
    ///
    /// @throws EngineException when the models cannot be loaded
    public List<Sentence> tag(List<String> sentences) {
        return withTools(tools -> sentences.stream().map(all -> {
            String sentence = DerivedText.prefix(all, MAX_SENTENCE);
            String[] words = tools.tokenizer().tokenize(sentence);
            return new Sentence(sentence, tagged(words, tools.tagger().tag(words)));
        }).toList());
    }

    private <T> T withTools(Function<Tools, T> work) {
        Tools kept = idle.poll();
        Tools tools = kept == null ? Tools.of(models()) : kept;
        T result = work.apply(tools);
        idle.add(tools);
        return result;
    }

    private static List<Word> tagged(String[] words, String[] tags) {
        List<Word> tagged = new ArrayList<>();
        for (int i = 0; i < words.length; i++) {
            tagged.add(new Word(words[i], tags[i]));
        }
        return tagged;
    }

    private static Models models() {
        Models loaded = models;
        if (loaded != null) {
            return loaded;
        }
        LOADING.lock();
        try {
            loaded = models;
            if (loaded == null) {
                loaded = new Models(load(SENTENCES, SentenceModel::new), load(WORDS, TokenizerModel::new),
                        load(TAGS, POSModel::new));
                models = loaded;
            }
            return loaded;
        } finally {
            LOADING.unlock();
        }
    }

    private static <T> T load(String resource, Reader<T> reader) {
        try (InputStream stream = Objects.requireNonNull(EnglishText.class.getResourceAsStream(resource), resource)) {
            return reader.read(stream);
        } catch (IOException e) {
            throw new EngineException("The models for English could not be loaded.", resource, e);
        }
    }
}
