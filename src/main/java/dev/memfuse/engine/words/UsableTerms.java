package dev.memfuse.engine.words;

import java.io.IOException;

import org.apache.lucene.analysis.FilteringTokenFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;

/// Cuts terms that are longer than any word, which Lucene would refuse, and drops those without a letter or digit:
/// empty ones and lines of underscores.
final class UsableTerms extends FilteringTokenFilter {
    /// Maximum number of UTF-16 code units of a term.
    static final int MAX_LENGTH = 255;

    private final CharTermAttribute term = addAttribute(CharTermAttribute.class);

    UsableTerms(TokenStream input) {
        super(input);
    }

    @Override
    protected boolean accept() throws IOException {
        if (term.length() > MAX_LENGTH) {
            boolean pair = Character.isHighSurrogate(term.charAt(MAX_LENGTH - 1));
            term.setLength(pair ? MAX_LENGTH - 1 : MAX_LENGTH);
        }
        for (int i = 0; i < term.length(); i++) {
            if (term.charAt(i) != '_') {
                return true;
            }
        }
        return false;
    }
}
