package dev.memfuse.console.fx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;

import dev.memfuse.engine.exception.EngineException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SentencesTest {
    static Stream<Throwable> failures() {
        IOException missing = new NoSuchFileException("/a/b");
        return Stream.of(missing, new UncheckedIOException(missing), new CompletionException(missing),
                new UncheckedIOException(new AccessDeniedException("/a/b")), new OutOfMemoryError(),
                new StackOverflowError("deep"), new NullPointerException(), new IllegalStateException(" "),
                new NoClassDefFoundError("dev/memfuse/Main"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void eachFailureIsASentenceAndNoBarePath(Throwable failure) {
        String sentence = Sentences.of(failure);

        assertTrue(sentence.endsWith(".") && sentence.split(" ", -1).length > 3, sentence);
    }

    @Test
    void ownSentencesStay() {
        assertEquals("The disk is full.", Sentences.of(new EngineException("The disk is full.")));
        assertEquals("The file x cannot be written: no.",
                Sentences.of(new UncheckedIOException("The file x cannot be written: no.", new IOException("no"))));
    }

    @Test
    void detailsAreTheChainOfCausesWithoutAStackTrace() {
        Throwable failure = new CompletionException(new IllegalStateException("The page cannot be shown.",
                new RuntimeException(new UncheckedIOException(new NoSuchFileException("/a/b")))));

        List<String> lines = Sentences.details(failure).lines().toList();

        assertEquals("The page cannot be shown.", lines.getFirst());
        assertEquals(2, lines.size(), lines.toString());
        assertTrue(lines.getLast().startsWith("Cause: ") && lines.getLast().contains("/a/b"), lines.toString());
        assertEquals("NullPointerException without a message.", Sentences.details(new NullPointerException()));
    }

    @Test
    void causesInACircleEnd() {
        Throwable first = new IllegalStateException("The disk is full.");
        first.initCause(new IllegalArgumentException("The index is damaged.", first));

        assertEquals(List.of("The disk is full.", "Cause: The index is damaged."),
                Sentences.details(first).lines().toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "\uD83D\uDE00"})
    void aSentenceThatRepeatsATextOfAnyLengthKeepsItsBeginningAndItsRemedy(String typed) {
        String sentence = Sentences.of(new EngineException(
                "There is no user named " + typed.repeat(50_000) + ". Type another name."));

        assertTrue(sentence.length() < 1_000, sentence.length() + " characters");
        assertTrue(sentence.startsWith("There is no user named " + typed) && sentence.endsWith(". Type another name."),
                sentence);
        assertTrue(sentence.codePoints().noneMatch(one -> Character.getType(one) == Character.SURROGATE), sentence);
    }
}
