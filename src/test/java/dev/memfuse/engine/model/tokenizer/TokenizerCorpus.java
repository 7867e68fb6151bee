package dev.memfuse.engine.model.tokenizer;

import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/// Texts whose word pieces `word-pieces.txt` records. The records were made with the tokenizer library of the models'
/// authors (Hugging Face tokenizers 0.21); they are not to be made with the class under test.
final class TokenizerCorpus {
    static final int CODE_POINTS_PER_BLOCK = 4096;
    static final int BLOCKS = (Character.MAX_CODE_POINT + 1) / CODE_POINTS_PER_BLOCK;
    static final int MIXTURES = 40;
    private static final int TEXTS_PER_MIXTURE = 500;

    private static final List<String> WORDS = List.of("the", "unbelievable", "lighthouse", "playing", "piano", "2026",
            "x", "ing", "##ing", "caf\u00e9", "cafe\u0301", "na\u00efve", "\u0130stanbul", "Stra\u00dfe", "don't",
            "e-mail@example.org", "3.14", "[CLS]", "[MASK]", "[mask]", "[[SEP]]", "[UNK", "\ud55c\uad6d\uc5b4",
            "\u6771\u4eac", "\u05e9\u05b8\u05dc\u05d5\u05b9\u05dd", "\u0645\u064e\u0631\u062d\u0628\u0627",
            "\ud83d\ude80", "\ud83d\udc69\u200d\ud83d\ude80", "\u0939\u093f\u0928\u094d\u0926\u0940", "\ufffd", "\t",
            "\u0000", "\u00ad", "\u200b", "\u2260", "\ufb01n", "q".repeat(99), "q".repeat(100), "q".repeat(101),
            "a\u0301".repeat(60), "\u00e9".repeat(101));
    /// First and last code point of the blocks that mixtures prefer.
    private static final int[][] RANGES = {{0, 0x7F}, {0, 0x24F}, {0x300, 0x36F}, {0x370, 0x5FF}, {0x590, 0x6FF},
            {0x900, 0xDFF}, {0x1100, 0x11FF}, {0xAC00, 0xD7A3}, {0x1E00, 0x1FFF}, {0x2000, 0x206F}, {0x2070, 0x2FFF},
            {0x3000, 0x30FF}, {0x4E00, 0x9FFF}, {0xE000, 0xFFFF}, {0x10000, 0x1FFFF}, {0x1F300, 0x1F9FF},
            {0x20000, 0x2FFFF}, {0xE0000, 0xE01FF}, {0, 0xD7FF}};

    private TokenizerCorpus() {}

    /// Returns texts with each code point of a block: alone, inside a word, twice, before a word. Surrogates are left
    /// out.
    static Stream<String> codePoints(int block) {
        int from = block * CODE_POINTS_PER_BLOCK;
        return IntStream.range(from, from + CODE_POINTS_PER_BLOCK)
                .filter(point -> Character.getType(point) != Character.SURROGATE).mapToObj(Character::toString)
                .flatMap(text -> Stream.of(text, "a" + text + "b", text + text, text + "the"));
    }

    /// Returns random mixtures of words and characters of all scripts, the same at each call.
    static Stream<String> mixture(int number) {
        Random random = new Random(number);
        return Stream.generate(() -> text(random)).limit(TEXTS_PER_MIXTURE);
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int parts = 1 + random.nextInt(12); parts > 0; parts--) {
            switch (random.nextInt(5)) {
                case 0 -> text.append(' ');
                case 1, 2 -> text.append(WORDS.get(random.nextInt(WORDS.size())));
                default -> {
                    int[] range = RANGES[random.nextInt(RANGES.length)];
                    for (int length = 1 + random.nextInt(6); length > 0; length--) {
                        text.appendCodePoint(range[0] + random.nextInt(range[1] - range[0] + 1));
                    }
                }
            }
        }
        return text.toString();
    }

    /// Returns a checksum of the ids of texts.
    static String checksum(Stream<String> texts, Function<String, long[]> tokenizer) {
        CRC32 sum = new CRC32();
        texts.forEach(text -> {
            LongStream.of(tokenizer.apply(text)).forEach(id -> {
                sum.update((int) id);
                sum.update((int) id >> Byte.SIZE);
            });
            sum.update('\n');
        });
        return Long.toHexString(sum.getValue());
    }
}
