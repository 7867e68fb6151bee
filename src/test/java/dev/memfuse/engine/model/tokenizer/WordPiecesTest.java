package dev.memfuse.engine.model.tokenizer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WordPiecesTest {
    private static final int WINDOW = 256;
    private static final int WHOLE_TEXT = 4096;
    /// Quadratic time would take hours.
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final String MINILM = "/all-minilm-l6-v2-q-tokenizer.json";

    private static final Map<String, List<String>> RECORDS = new HashMap<>();
    private static WordPieces whole;
    private static WordPieces windowed;

    @BeforeAll
    static void read() throws IOException {
        try (InputStream in = Objects.requireNonNull(WordPiecesTest.class.getResourceAsStream("word-pieces.txt"))) {
            List<String> section = new ArrayList<>();
            for (String line : new String(in.readAllBytes(), StandardCharsets.US_ASCII).lines().toList()) {
                if (line.startsWith("[")) {
                    section = RECORDS.computeIfAbsent(line, _ -> new ArrayList<>());
                } else {
                    section.add(line);
                }
            }
        }
        whole = tokenizer(MINILM, WHOLE_TEXT);
        windowed = tokenizer(MINILM, WINDOW);
    }

    private static WordPieces tokenizer(String path, int window) throws IOException {
        try (InputStream in = Objects.requireNonNull(WordPiecesTest.class.getResourceAsStream(path))) {
            return WordPieces.read(in, window);
        }
    }

    private static String description() throws IOException {
        try (InputStream in = Objects.requireNonNull(WordPiecesTest.class.getResourceAsStream(MINILM))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static List<String> records(String section) {
        List<String> records = RECORDS.getOrDefault("[" + section + "]", List.of());
        assertFalse(records.isEmpty());
        return records;
    }

    @ParameterizedTest
    @ValueSource(strings = {MINILM, "/bge-small-en-v1.5-q-tokenizer.json"})
    void sentencesHaveTheRecordedWordPieces(String path) throws IOException {
        WordPieces tokenizer = tokenizer(path, WHOLE_TEXT);
        for (String record : records("sentences")) {
            int bar = record.indexOf(" | ");
            long[] expected = Arrays.stream(record.substring(0, bar).split(" ")).mapToLong(Long::parseLong).toArray();
            String text = unescaped(record.substring(bar + 3));

            assertArrayEquals(expected, tokenizer.encode(text), text);
            assertEquals(expected.length, tokenizer.count(text), text);
        }
    }

    private static String unescaped(String text) {
        StringBuilder result = new StringBuilder();
        int i = 0;
        while (i < text.length()) {
            if (text.charAt(i) != '\\') {
                result.append(text.charAt(i));
                i++;
                continue;
            }
            i++;
            switch (text.charAt(i)) {
                case 'n' -> result.append('\n');
                case 'r' -> result.append('\r');
                case 't' -> result.append('\t');
                case 'u' -> {
                    result.append((char) Integer.parseInt(text.substring(i + 1, i + 5), 16));
                    i += 4;
                }
                default -> result.append(text.charAt(i));
            }
            i++;
        }
        return result.toString();
    }

    @Test
    void everyCodePointHasTheRecordedWordPieces() {
        assertEquals(records("code points"), IntStream.range(0, TokenizerCorpus.BLOCKS).parallel()
                .mapToObj(block -> TokenizerCorpus.checksum(TokenizerCorpus.codePoints(block), whole::encode))
                .toList());
    }

    @Test
    void mixturesOfScriptsHaveTheRecordedWordPieces() {
        assertEquals(records("mixtures"), IntStream.range(0, TokenizerCorpus.MIXTURES)
                .mapToObj(number -> TokenizerCorpus.checksum(TokenizerCorpus.mixture(number), whole::encode)).toList());
    }

    /// [PieceReader] relies on it.
    @Test
    void noCodePointBecomesPartsOfWhichOneStandsAloneOrMoreThanFour() {
        for (int point = 0; point <= Character.MAX_CODE_POINT; point++) {
            if (BertCharacters.single(point) == BertCharacters.SEVERAL) {
                int[] parts = BertCharacters.several(point);
                assertTrue(parts.length <= 4);
                for (int part : parts) {
                    assertEquals(part, BertCharacters.single(part), Integer.toHexString(point));
                }
            }
        }
    }

    @Test
    void aLoneSurrogateDisappears() {
        assertArrayEquals(whole.encode("piano"), whole.encode("pi\ud83dan\ude00o\ud83d"));
    }

    @ParameterizedTest
    @CsvSource(ignoreLeadingAndTrailingWhitespace = false, value = {"10000000,x", "3000000,\u6f22",
            "3000000,\u0301\u0316", "1000000,word ", "1000000,a\u0301\u0316", "1000000,\u0007", "1000000,' '",
            "1000000,\ud83d\ude80", "1000000,\ud55c", "1000000,supercalifragilistic", "1000000,[CLS]", "1000000,[",
            "1000000,\ud83d"})
    void aVeryLongTextIsReadUpToTheWindowAndSplitInLinearTimeWithoutLoss(int length, String unit) {
        String text = unit.repeat(length / unit.length());

        long[] ids = assertTimeoutPreemptively(LIMIT, () -> windowed.encode(text));
        List<String> pieces = assertTimeoutPreemptively(LIMIT, () -> windowed.split(text));

        int known = Math.min(ids.length, WINDOW) - 1;
        assertArrayEquals(Arrays.copyOf(whole.encode(text), known), Arrays.copyOf(ids, known));
        assertEquals(pieces.size() == 1, windowed.fits(text));
        assertEquals(text.replace(" ", "").hashCode(), String.join("", pieces).replace(" ", "").hashCode());
        for (int i = 0; i < pieces.size(); i += Math.max(1, pieces.size() / 20)) {
            assertTrue(windowed.count(pieces.get(i)) <= WINDOW);
        }
    }

    @Test
    void readingStopsAtTheEndOfTheWindow() throws IOException {
        String text = "lighthouse ".repeat(100_000);
        TokenizerFile file = TokenizerFile
                .read(new ByteArrayInputStream(description().getBytes(StandardCharsets.UTF_8)));
        PieceReader reader = new PieceReader(file, text, 0);
        for (int i = 0; i < WINDOW; i++) {
            assertTrue(reader.next());
        }

        assertTrue(reader.start() < 12 * WINDOW, "read up to " + reader.start());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"\"type\": \"WordPiece\" | \"type\": \"BPE\" | model.type BPE",
            "\"type\": \"BertNormalizer\" | \"type\": \"NFC\" | normalizer.type NFC",
            "\"lowercase\": true | \"lowercase\": false | normalizer.lowercase false",
            "\"strip_accents\": null | \"strip_accents\": false | normalizer.strip_accents false",
            "\"clean_text\": true | \"clean_text\": false | normalizer.clean_text false",
            "\"handle_chinese_chars\": true | \"x\": true | normalizer.handle_chinese_chars null",
            "\"type\": \"BertPreTokenizer\" | \"type\": \"Whitespace\" | pre_tokenizer.type Whitespace",
            "\"type\": \"TemplateProcessing\" | \"type\": \"ByteLevel\" | post_processor.type ByteLevel",
            "\"single_word\": false | \"single_word\": true | option single_word",
            "\"unk_token\": \"[UNK]\" | \"unk_token\": \"[NONE]\" | lacks [NONE]"})
    void refusesATokenizerOfAnotherKindAndNamesThePart(String part, String replacement, String expected)
            throws IOException {
        String changed = description().replaceAll("\":(?=[\"{\\[tfn\\d])", "\": ").replace(part, replacement);
        assertTrue(changed.contains(replacement), part);

        IOException refusal = assertThrows(IOException.class, () -> WordPieces
                .read(new ByteArrayInputStream(changed.getBytes(StandardCharsets.UTF_8)), WINDOW));

        assertTrue(String.valueOf(refusal.getMessage()).contains(expected), refusal.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "{}", "null", "not JSON"})
    void refusesAFileThatIsNoTokenizer(String content) {
        IOException refusal = assertThrows(IOException.class, () -> WordPieces
                .read(new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8)), WINDOW));

        assertTrue(String.valueOf(refusal.getMessage()).startsWith("The tokenizer"), refusal.getMessage());
    }
}
