package dev.memfuse.engine.memory.text;

import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/// Languages with rules for facts.
enum Language {
    ENGLISH,
    GERMAN,
    FRENCH,
    SPANISH,
    JAPANESE,
    CHINESE;

    private static final Pattern KANA = Pattern.compile("[\\p{IsHiragana}\\p{IsKatakana}]");
    private static final Pattern HAN = Pattern.compile("\\p{IsHan}");
    private static final List<Language> LATIN = List.of(ENGLISH, GERMAN, FRENCH, SPANISH);
    private static final Map<Language, Rules> RULES = new EnumMap<>(Language.class);

    static {
        for (Language language : values()) {
            RULES.put(language, RuleFile.read(language.name().toLowerCase(Locale.ROOT)));
        }
    }

    /// Returns the language of a text: by its script, or the one with most frequent words in it; English without any.
    static Language of(String text) {
        if (KANA.matcher(text).find()) {
            return JAPANESE;
        }
        if (HAN.matcher(text).find()) {
            return CHINESE;
        }
        return LATIN.stream().max(Comparator.<Language>comparingLong(language -> language.markers(text))
                .thenComparing(Comparator.reverseOrder())).orElse(ENGLISH);
    }

    private long markers(String text) {
        return rules().marker().matcher(text).results().count();
    }

    /// Returns whether words are written without blanks.
    boolean isUnspaced() {
        return this == JAPANESE || this == CHINESE;
    }

    /// Returns the rules of the language.
    Rules rules() {
        return Objects.requireNonNull(RULES.get(this));
    }
}
