package dev.memfuse.engine.words;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

import com.sun.management.ThreadMXBean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.quicktheories.WithQuickTheories;
import org.quicktheories.core.Gen;

class WordsTest implements WithQuickTheories {
    private static final List<Character.UnicodeScript> SCRIPTS = List.of(Character.UnicodeScript.values());

    /// Words of one script of Unicode, any assigned letters and marks of it.
    private Gen<String> words() {
        Gen<Integer> points = integers().between(1, 0x1FFFF);
        return lists().of(points).ofSizeBetween(20, 60).map(some -> {
            List<Integer> letters = some.stream().filter(Character::isLetter).toList();
            StringBuilder word = new StringBuilder();
            letters.stream().filter(letter -> Character.UnicodeScript.of(letter) == Character.UnicodeScript
                    .of(letters.getFirst())).forEach(word::appendCodePoint);
            return word.toString();
        });
    }

    private static List<String> exact(String text) {
        return Words.of(text).stream().map(Word::exact).toList();
    }

    private void sameTermsAfter(UnaryOperator<String> change) {
        qt().forAll(words()).checkAssert(word -> assertEquals(exact(word), exact(change.apply(word)), word));
    }

    @Test
    void termsDoNotDependOnCompositionInAnyScript() {
        sameTermsAfter(word -> Normalizer.normalize(word, Normalizer.Form.NFD));
        sameTermsAfter(word -> Normalizer.normalize(word, Normalizer.Form.NFC));
    }

    /// One code point at a time, so that each is there: a letter, with a mark after it when it is a letter.
    @Test
    void everyLetterHasTheTermsOfItsDecompositionAndOfItsCases() {
        for (int point = 1; point <= 0x1FFFF; point++) {
            if (!Character.isLetter(point) || !SCRIPTS.contains(Character.UnicodeScript.of(point))) {
                continue;
            }
            String letter = Character.toString(point);
            String place = String.format(Locale.ROOT, "U+%04X", point);
            assertEquals(exact(letter), exact(Normalizer.normalize(letter, Normalizer.Form.NFD)), place);
            String upper = letter.toUpperCase(Locale.ROOT);
            // The capital of the dotless i is the capital of i: without a language nobody can say which it is.
            if (upper.codePoints().count() == 1 && point != 'ı') {
                assertEquals(exact(letter), exact(upper), place);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"José, jose\u0301", "Malmö, MALMO\u0308", "STRASSE, straße", "ΣΊΣΥΦΟΣ, σίσυφος", "ＡＢＣ１２３, abc123",
            "ｶﾞｷﾞ, ガギ", "ﾊﾝｶｸ, ハンカク", "ﬁne, FINE", "ᲗᲑᲘᲚᲘᲡᲘ, თბილისი", "ЁЛКА, е\u0308лка", "𐐀𐐁, 𐐨𐐩",
            "한국어, \u1112\u1161\u11AB\u1100\u116E\u11A8\u110B\u1165", "ﾡ, ㄱ", "Nguyễn, NGUYE\u0302\u0303N",
            "co\u00ADoperate, cooperate", "می\u200Cخواهم, میخواهم", "\u212Bngström, ångström", "և, եւ",
            "กำ, กํา", "ＪＯＳÉ, jose\u0301"})
    void equalWordsHaveEqualTerms(String one, String other) {
        assertEquals(exact(one), exact(other));
        assertTrue(exact(one).stream().noneMatch(String::isBlank) && !exact(one).isEmpty());
    }

    @ParameterizedTest
    @CsvSource({"José, jose", "Malmö, malmo", "Łódź, lodz", "Ø, o", "ΌΣΟΣ, οσος", "Ёлка, елка", "مُحَمَّد, محمد",
            "naïve, NAIVE",
            "Việt, viet", "İstanbul, istanbul", "שָׁלוֹם, שלום"})
    void accentsAreFoldedApartFromTheExactTerm(String accented, String plain) {
        Word word = Words.of(accented).getFirst();

        assertNotEquals(exact(accented), exact(plain));
        assertEquals(exact(plain).getFirst(), word.plain());
        assertTrue(Words.count(accented).frequencies().containsKey(Words.of(plain).getFirst().weak()));
        assertEquals(1, Words.count(accented).length());
    }

    @ParameterizedTest
    @ValueSource(strings = {"が か", "हिन्दी हनद", "ไทย ทย", "க் க"})
    void marksThatMakeAnotherWordAreNoAccents(String words) {
        Words.of(words).forEach(word -> assertEquals(word.exact(), word.plain()));
    }

    @ParameterizedTest
    @CsvSource({"ฉันชอบกินข้าวผัดกุ้ง, ข้าวผัด", "ฉันชอบกินข้าวผัดกุ้ง, ข้าว", "ຂ້ອຍມັກກິນເຂົ້າ, ເຂົ້າ",
            "ຂ້ອຍມັກກິນເຂົ້າ, ມັກ",
            "ខ្ញុំចូលចិត្តញ៉ាំបាយ, បាយ", "ខ្ញុំចូលចិត្តញ៉ាំបាយ, ចូលចិត្ត", "ကျွန်တော်ထမင်းစားချင်တယ်, ထမင်း",
            "我昨天在北京大学喝咖啡, 咖啡", "我昨天在北京大学喝咖啡, 北京大学", "我昨天在北京大学喝咖啡, 大学", "私は寿司が好きです, 寿司",
            "東京でコーヒーを飲みました, コーヒー", "東京でコーヒーを飲みました, 東京"})
    void scriptsWithoutBlanksAreSplitIntoWords(String sentence, String word) {
        Words.Terms terms = Words.count(sentence);

        assertTrue(terms.length() > 2, () -> exact(sentence).toString());
        for (Word part : Words.of(word)) {
            assertTrue(terms.frequencies().containsKey(part.exact()) || terms.frequencies().containsKey(part.weak()),
                    () -> terms.toString());
        }
    }

    @Test
    void englishWordsAreStemmedWithoutStopWords() {
        assertEquals(List.of("runner", "run", "dog"), exact("The runners' are running with the dog's"));
    }

    @Test
    void anAsciiTextHasTheSameTermsBesideOtherCharacters() {
        qt().withExamples(3_000).forAll(strings().basicLatinAlphabet().ofLengthBetween(0, 40)).checkAssert(text -> {
            List<String> apart = exact(text);
            List<String> beside = exact(text + " ж");
            assertEquals("ж", beside.getLast());
            assertEquals(apart, beside.subList(0, beside.size() - 1), text);
        });
        assertEquals(exact("a__ __ b ".repeat(500)), exact("a__ __ b ".repeat(500) + "—"));
        assertEquals(exact("x".repeat(9_000)).getFirst(), exact("x".repeat(3_000) + " —").getFirst());
    }

    @Test
    void aTermIsNeverLongerThanLuceneTakes() {
        for (String piece : List.of("a", "𐐀", "ﷺ", "é", "한", "\u1112\u1161\u11AB")) {
            for (String term : Words.count(piece.repeat(9_000)).frequencies().keySet()) {
                assertTrue(term.length() <= UsableTerms.MAX_LENGTH + 1, () -> piece + " " + term.length());
            }
        }
    }

    /// Each query and each flush runs on a thread of its own.
    @ParameterizedTest
    @ValueSource(strings = {"The piano lessons begin at noon", "Die Übungen fürs Klavier beginnen am Mittag"})
    void aTextOnANewThreadNeedsNoNewBuffers(String text) throws InterruptedException {
        List<Word> expected = Words.of(text);
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        AtomicReference<List<Word>> found = new AtomicReference<>(List.of());
        AtomicLong bytes = new AtomicLong();
        Thread.ofPlatform().start(() -> {
            found.set(Words.of(text));
            bytes.set(threads.getCurrentThreadAllocatedBytes());
        }).join();

        assertEquals(expected, found.get());
        assertTrue(bytes.get() < 256 << 10, bytes + " bytes");
    }

    @Test
    void textsOnManyThreadsAtOnceKeepTheirTerms() throws Exception {
        List<String> texts = IntStream.range(0, 400)
                .mapToObj(i -> "word" + i + (i % 2 == 0 ? " lessons" : " Übungen") + " number" + i).toList();
        List<List<Word>> expected = texts.stream().map(Words::of).toList();
        List<Future<List<Word>>> found = new ArrayList<>();
        try (ExecutorService threads = Executors.newThreadPerTaskExecutor(Thread.ofPlatform().factory())) {
            texts.forEach(text -> found.add(threads.submit(() -> Words.of(text))));
        }
        for (int i = 0; i < texts.size(); i++) {
            assertEquals(expected.get(i), found.get(i).get());
        }
    }
}
