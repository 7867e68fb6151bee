package dev.memfuse.engine.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import dev.memfuse.config.section.EmbeddingConfig;
import dev.memfuse.config.section.EmbeddingContext;
import dev.memfuse.config.section.EmbeddingModelKind;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass
@EnumSource(EmbeddingModelKind.class)
class OnnxEmbeddingModelTest {
    private static final Map<EmbeddingModelKind, OnnxEmbeddingModel> MODELS = new EnumMap<>(EmbeddingModelKind.class);

    private final EmbeddingModelKind kind;
    private final OnnxEmbeddingModel model;

    OnnxEmbeddingModelTest(EmbeddingModelKind kind) {
        this.kind = kind;
        this.model = MODELS.computeIfAbsent(kind, OnnxEmbeddingModel::load);
    }

    @AfterAll
    static void close() {
        MODELS.values().forEach(OnnxEmbeddingModel::close);
        MODELS.clear();
    }

    private static double cosine(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (double) a[i] * b[i];
        }
        return sum;
    }

    private float[] embed(String text) {
        return model.embed(List.of(text)).getFirst();
    }

    @Test
    void similarSentencesAreNearerThanUnrelatedOnes() {
        float[] dog = embed("The dog enjoys playing in the park.");
        float[] puppy = embed("My puppy loves to run around outside.");
        float[] tax = embed("The quarterly tax report is due on Friday.");

        assertTrue(cosine(dog, puppy) > cosine(dog, tax) + 0.1, cosine(dog, puppy) + " and " + cosine(dog, tax));
    }

    @Test
    void namesModelAndVersion() {
        String name = switch (kind) {
            case ALL_MINILM_L6_V2 -> "all-MiniLM-L6-v2-q@1";
            case BGE_SMALL_EN_V15 -> "bge-small-en-v1.5-q@1";
        };

        assertEquals(name, model.name());
        for (EmbeddingContext context : EmbeddingContext.values()) {
            String chunks = EmbeddingModels.over(model, context).chunkName();
            assertEquals(context == EmbeddingContext.NONE
                    ? name
                    : name + (kind == EmbeddingModelKind.ALL_MINILM_L6_V2 ? "+context2" : "+context1"), chunks);
            assertEquals(chunks, EmbeddingModels.chunkName(new EmbeddingConfig(kind, context, 16, 1, 0)));
        }
    }

    @Test
    void theQuestionBringsAnAnswerNearerToItsTopic() {
        EmbeddingModel contextual = EmbeddingModels.over(model, EmbeddingContext.PREVIOUS);
        String answer = "Yes, since March, and I like it.";
        float[] question = embed("When did the piano lessons begin?");

        float[] alone = embed(answer);
        float[] together = contextual.embed(List.of(new Passage("Are you still taking piano lessons?", answer)),
                contextual::encode).getFirst();

        assertTrue(cosine(question, together) > cosine(question, alone) + 0.1,
                cosine(question, together) + " and " + cosine(question, alone));
    }

    /// Its word pieces are seen with the rest of the message, or alone.
    @Test
    void thePrecedingSentenceCountsAlmostTheSameWithItsMessageAndAlone() {
        EmbeddingModel contextual = EmbeddingModels.over(model, EmbeddingContext.PREVIOUS);
        String message = "We have a cottage by the lake, and the whole family meets there. Who takes care of the garden?";
        Passage answer = new Passage(message, "Mostly my aunt, every Saturday.");

        float[] alone = contextual.embed(List.of(answer), contextual::encode).getFirst();
        float[] together = contextual.embed(List.of(new Passage("", message), answer), contextual::encode).getLast();

        assertTrue(cosine(alone, together) > 0.95, String.valueOf(cosine(alone, together)));
    }

    @Test
    void aMessageBeyondTheWindowPrecedesByItsLastSentence() {
        EmbeddingModel contextual = EmbeddingModels.over(model, EmbeddingContext.PREVIOUS);
        String message = "The tax report is late and nobody knows why. ".repeat(50) + "Are you taking piano lessons?";
        Passage answer = new Passage(message, "Yes, since March.");

        float[] alone = contextual.embed(List.of(answer), contextual::encode).getFirst();
        float[] together = contextual.embed(List.of(new Passage("", message), answer), contextual::encode).getLast();

        assertTrue(cosine(alone, together) > 0.98, String.valueOf(cosine(alone, together)));
    }

    @Test
    void returnsNormalisedVectors() {
        for (String text : List.of("a", "A longer sentence about nothing much.", "word ".repeat(1000))) {
            float[] vector = embed(text);
            assertEquals(model.dimension(), vector.length);
            assertEquals(1.0, cosine(vector, vector), 1e-4);
        }
    }

    /// The encoder of the original confused the vectors of a batch. Quantized arithmetic depends on the batch, so
    /// vectors are compared with a tolerance.
    @Test
    void vectorsOfABatchBelongToTheirTexts() {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            texts.add(("Sentence " + i + " speaks about topic " + i * 7 + ". ").repeat(1 + i % 6));
        }
        List<float[]> batch = model.embed(texts);

        for (int i = 0; i < texts.size(); i++) {
            assertTrue(cosine(batch.get(i), embed(texts.get(i))) > 0.98, "text " + i);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain ascii words follow each other ", "caf\u00e9 na\u00efve \u00fcber stra\u00dfe ",
            "party \ud83c\udf89 time \ud83d\ude80 rocket ", "\u4eca\u5929\u5929\u6c14\u600e\u4e48\u6837 ",
            "antidisestablishmentarianism xqzvbnkjhgf "})
    void splitsALongTextIntoPiecesWithinTheWindowWithoutLoss(String phrase) {
        String text = phrase.repeat(200).strip();

        List<String> pieces = model.split(text);

        assertTrue(pieces.size() > 1);
        for (String piece : pieces) {
            assertTrue(model.countTokens(piece) <= model.window(), model.countTokens(piece) + " pieces");
        }
        assertEquals(text.replaceAll("\\s", ""), String.join("", pieces).replaceAll("\\s", ""));
    }

    @Test
    void splitsAnyTextWithinTheWindow() {
        Random random = new Random(11);
        for (int round = 0; round < 50; round++) {
            StringBuilder text = new StringBuilder();
            while (text.length() < 3000) {
                int length = 1 + random.nextInt(25);
                for (int i = 0; i < length; i++) {
                    text.appendCodePoint(
                            random.nextInt(20) == 0 ? 0x1F600 + random.nextInt(60) : 'a' + random.nextInt(26));
                }
                text.append(random.nextInt(6) == 0 ? ", " : " ");
            }
            for (String piece : model.split(text.toString())) {
                assertTrue(model.countTokens(piece) <= model.window(), model.countTokens(piece) + " pieces");
            }
        }
    }

    @Test
    void leavesAShortTextUnchanged() {
        assertEquals(List.of("  just this\n"), model.split("  just this\n"));
    }

    @Test
    void ignoresWordsBeyondTheWindow() {
        String window = "lighthouse ".repeat(model.window());

        assertEquals(1.0, cosine(embed(window), embed(window + "tax report")), 1e-6);
    }
}
