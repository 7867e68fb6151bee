package dev.memfuse.engine.words;

import com.ibm.icu.text.FilteredNormalizer2;
import com.ibm.icu.text.Normalizer2;
import com.ibm.icu.text.UnicodeSet;
import org.apache.lucene.analysis.icu.ICUFoldingFilter;

/// Maps characters that a reader takes for the same to one form, by the tables of Unicode. Thread-safe.
public final class WordForms {
    /// Characters below are composed already.
    private static final char FIRST_COMBINING = 0x300;
    private static final Normalizer2 COMPOSED = Normalizer2.getNFCInstance();
    private static final Normalizer2 WIDTH = new FilteredNormalizer2(Normalizer2.getNFKCInstance(),
            new UnicodeSet("[[:Decomposition_Type=Wide:][:Decomposition_Type=Narrow:]]").freeze());
    private static final Normalizer2 CASE = Normalizer2.getNFKCCasefoldInstance();
    /// Marks of the other scripts are vowels or change the consonant: without them a word becomes another word.
    private static final UnicodeSet ACCENTED_SCRIPTS = new UnicodeSet(
            "[[:Latin:][:Greek:][:Cyrillic:][:Arabic:][:Hebrew:][:Common:][:Inherited:]]").freeze();
    private static final Normalizer2 ACCENTS = new FilteredNormalizer2(ICUFoldingFilter.NORMALIZER, ACCENTED_SCRIPTS);

    private WordForms() {}

    /// Returns a text in composed characters (NFC) of usual width.
    public static String composed(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= FIRST_COMBINING) {
                return COMPOSED.normalize(WIDTH.normalize(text));
            }
        }
        return text;
    }

    /// Returns a text for comparisons that ignore composition, width and case (`NFKC_Casefold`).
    public static String caseFolded(String text) {
        return CASE.normalize(composed(text));
    }

    /// Returns a case-folded word without accents, in the scripts where a reader may omit them.
    static String withoutAccents(String caseFolded) {
        return isAscii(caseFolded) ? caseFolded : ACCENTS.normalize(caseFolded);
    }

    static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }
}
