package dev.memfuse.engine.model.tokenizer;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReferenceArray;

import org.jspecify.annotations.Nullable;

/// Effect of BERT's basic tokenization on each code point: cleaning, spaces around Chinese characters, canonical
/// decomposition without accents, lower case, and words of one character for punctuation.
///
/// Canonical decomposition would also reorder combining characters. Those that remain after the accents are in no
/// vocabulary, so their order changes no result, and each code point can be replaced by itself. Thread-safe.
final class BertCharacters {
    /// Result for a code point that disappears.
    static final int REMOVED = -1;
    /// Result for white space, which ends a word.
    static final int SPACE = -2;
    /// Result for a code point that becomes several ones: see [#several].
    static final int SEVERAL = -3;
    /// Flag of a code point that is a word of its own.
    static final int ALONE = 1 << 24;

    private static final int PAGE_BITS = 8;
    private static final int PAGE_SIZE = 1 << PAGE_BITS;
    private static final int ASCII_SIZE = 128;
    /// Inclusive ranges of Chinese characters in BERT's reference code. The last but two begins later than its block.
    private static final int[][] CHINESE = {{0x3400, 0x4DBF}, {0x4E00, 0x9FFF}, {0xF900, 0xFAFF}, {0x20000, 0x2A6DF},
            {0x2A700, 0x2B73F}, {0x2B740, 0x2B81F}, {0x2B920, 0x2CEAF}, {0x2F800, 0x2FA1F}};

    private static final Map<String, BitSet> CATEGORIES = readCategories();
    private static final BitSet REMOVED_SET = Objects.requireNonNull(CATEGORIES.get("removed"));
    private static final BitSet PUNCTUATION = Objects.requireNonNull(CATEGORIES.get("punctuation"));
    /// Filled at first use: most texts need few pages.
    private static final AtomicReferenceArray<@Nullable Page> PAGES = new AtomicReferenceArray<>(
            (Character.MAX_CODE_POINT >> PAGE_BITS) + 1);
    private static final int[] ASCII = Arrays.copyOf(page(0).single, ASCII_SIZE);

    private BertCharacters() {}

    /// Results for 256 consecutive code points.
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Page(int[] single, int[][] several) {}

    /// Returns the code point that replaces a code point, perhaps with the flag [#ALONE], or one of the constants.
    static int single(int codePoint) {
        return codePoint < ASCII_SIZE
                ? ASCII[codePoint]
                : page(codePoint >> PAGE_BITS).single[codePoint & (PAGE_SIZE - 1)];
    }

    /// Returns the code points that replace a code point for which [#single] returns [#SEVERAL]. None stands alone.
    static int[] several(int codePoint) {
        return page(codePoint >> PAGE_BITS).several[codePoint & (PAGE_SIZE - 1)];
    }

    private static Page page(int number) {
        Page page = PAGES.get(number);
        if (page == null) {
            page = compute(number << PAGE_BITS);
            PAGES.set(number, page);
        }
        return page;
    }

    private static Page compute(int first) {
        int[] single = new int[PAGE_SIZE];
        int[][] several = new int[PAGE_SIZE][];
        for (int i = 0; i < PAGE_SIZE; i++) {
            single[i] = result(first + i);
            if (single[i] == SEVERAL) {
                several[i] = decomposed(first + i);
            }
        }
        return new Page(single, several);
    }

    private static int result(int codePoint) {
        if (isSpace(codePoint)) {
            return SPACE;
        }
        // A lone surrogate is no character; it is treated like its replacement character.
        if (REMOVED_SET.get(codePoint) || Character.getType(codePoint) == Character.SURROGATE) {
            return REMOVED;
        }
        int[] decomposed = decomposed(codePoint);
        return switch (decomposed.length) {
            case 0 -> REMOVED;
            case 1 -> isAlone(codePoint) || isAlone(decomposed[0]) ? decomposed[0] | ALONE : decomposed[0];
            default -> SEVERAL;
        };
    }

    private static boolean isSpace(int codePoint) {
        return codePoint == '\t' || codePoint == '\n' || codePoint == '\r' || Character.isSpaceChar(codePoint);
    }

    private static int[] decomposed(int codePoint) {
        return Normalizer.normalize(Character.toString(codePoint), Normalizer.Form.NFD).codePoints()
                .filter(part -> !REMOVED_SET.get(part)).map(Character::toLowerCase).toArray();
    }

    private static boolean isAlone(int codePoint) {
        return PUNCTUATION.get(codePoint)
                || Arrays.stream(CHINESE).anyMatch(range -> codePoint >= range[0] && codePoint <= range[1]);
    }

    private static Map<String, BitSet> readCategories() {
        try (InputStream in = Objects
                .requireNonNull(BertCharacters.class.getResourceAsStream("bert-categories.txt"))) {
            Map<String, BitSet> sets = new HashMap<>();
            BitSet current = new BitSet();
            for (String line : new String(in.readAllBytes(), StandardCharsets.US_ASCII).split("\n")) {
                if (line.startsWith("[")) {
                    current = sets.computeIfAbsent(line.substring(1, line.indexOf(']')), _ -> new BitSet());
                } else if (!line.startsWith("#") && !line.isBlank()) {
                    addRanges(current, line);
                }
            }
            return sets;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void addRanges(BitSet set, String line) {
        for (String range : line.strip().split(" ")) {
            int dash = range.indexOf('-');
            int from = Integer.parseInt(dash < 0 ? range : range.substring(0, dash), 16);
            int to = dash < 0 ? from : Integer.parseInt(range.substring(dash + 1), 16);
            set.set(from, to + 1);
        }
    }
}
