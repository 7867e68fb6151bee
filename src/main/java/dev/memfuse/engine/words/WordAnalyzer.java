package dev.memfuse.engine.words;

import com.ibm.icu.text.Normalizer2;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.StopFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.en.EnglishPossessiveFilter;
import org.apache.lucene.analysis.en.PorterStemFilter;
import org.apache.lucene.analysis.icu.ICUNormalizer2Filter;
import org.apache.lucene.analysis.icu.segmentation.DefaultICUTokenizerConfig;
import org.apache.lucene.analysis.icu.segmentation.ICUTokenizer;
import org.apache.lucene.analysis.icu.segmentation.ICUTokenizerConfig;
import org.apache.lucene.analysis.standard.StandardTokenizer;

/// Splits composed text into terms: words by the rules of Unicode, and by dictionaries in Chinese, Japanese, Thai, Lao,
/// Khmer and Burmese; case-folded, without English stop words, stemmed by Porter's rules. A word is followed by its
/// [weak forms][WeakForms]. Thread-safe.
final class WordAnalyzer extends Analyzer {
    private static final ICUTokenizerConfig SEGMENTATION = new DefaultICUTokenizerConfig(true, true);

    private final boolean ascii;

    /// @param ascii whether all texts are ASCII: the same rules in a generated automaton are several times as fast
    WordAnalyzer(boolean ascii) {
        super(new IdleStreams());
        this.ascii = ascii;
    }

    @Override
    protected TokenStreamComponents createComponents(String field) {
        Tokenizer words = ascii ? standard() : new ICUTokenizer(SEGMENTATION);
        TokenStream folded = ascii
                ? new LowerCaseFilter(words)
                : new ICUNormalizer2Filter(words, Normalizer2.getNFKCCasefoldInstance());
        TokenStream plain = new StopFilter(new EnglishPossessiveFilter(folded), EnglishAnalyzer.getDefaultStopSet());
        TokenStream stems = new PorterStemFilter(new WeakForms(new UsableTerms(plain)));
        return new TokenStreamComponents(words, new IdleStreams.Last(new WeakForms.Mark(stems)));
    }

    private static Tokenizer standard() {
        StandardTokenizer tokenizer = new StandardTokenizer();
        // Longer words are cut by UsableTerms, as in other texts.
        tokenizer.setMaxTokenLength(StandardTokenizer.MAX_TOKEN_LENGTH_LIMIT);
        return tokenizer;
    }
}
