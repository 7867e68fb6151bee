package dev.memfuse.load.labelled;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

import dev.memfuse.file.FileFailures;
import dev.memfuse.load.corpus.CorpusException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// Labelled dialogues: JSON Lines, one [LabelledDialogue] a line.
///
/// The set of the program has two halves: the rules were written with the half `develop` at hand, and judged on the
/// half `judge`, whose dialogues have other words and values. The parts `unseen`, `times` and `moments`
/// (the last two about times) were each written after the rules and measured once; they are no part of the whole set,
/// so that nobody reads their errors while rules are changed.
///
/// @param name for the user
public record LabelledSet(String name, List<LabelledDialogue> dialogues) {
    /// Name of the set of the program.
    public static final String BUILT_IN = "labelled";

    private static final List<String> HALVES = List.of("develop", "judge");
    private static final List<String> PARTS = List.of("develop", "judge", "unseen", "times", "moments");
    private static final List<String> LANGUAGES = List.of("english", "other");
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES).build();

    public LabelledSet {
        dialogues = List.copyOf(dialogues);
    }

    /// Returns whether a description means the set of the program: `labelled`, or `labelled:` with `develop`, `judge`,
    /// `unseen`, `times` or `moments`.
    public static boolean isBuiltIn(String description) {
        return description.equals(BUILT_IN) || PARTS.stream().anyMatch(part -> description.equals(partName(part)));
    }

    /// Opens the set of the program, a part of it, or a file. Blocks.
    ///
    /// @param description `labelled` (both halves), `labelled:` with the name of a part, or the path of a file
    /// @throws CorpusException when the file cannot be read, or a line is no labelled dialogue; names file and line
    public static LabelledSet of(String description) {
        if (!isBuiltIn(description)) {
            Path file = Path.of(description);
            try {
                return new LabelledSet(description, parse(description, Files.readString(file)));
            } catch (IOException e) {
                throw new CorpusException(String.format(Locale.ROOT, "The file %s cannot be read: %s.", file,
                        FileFailures.reason(e)), e);
            }
        }
        List<LabelledDialogue> dialogues = new ArrayList<>();
        for (String part : PARTS) {
            if (description.equals(partName(part)) || (description.equals(BUILT_IN) && HALVES.contains(part))) {
                LANGUAGES.forEach(language -> dialogues.addAll(resource(language + "-" + part + ".jsonl")));
            }
        }
        return new LabelledSet(description, dialogues);
    }

    /// Returns whether a file begins with a labelled dialogue; false when it cannot be read. Blocks.
    public static boolean isLabelled(Path file) {
        if (!Files.isRegularFile(file)) {
            return false;
        }
        try (Stream<String> lines = Files.lines(file)) {
            return lines.filter(line -> !line.isBlank()).findFirst()
                    .filter(line -> MAPPER.readTree(line).path("turns").isArray()).isPresent();
        } catch (IOException | UncheckedIOException | JacksonException _) {
            return false;
        }
    }

    /// Returns the dialogues that match.
    public LabelledSet only(Predicate<LabelledDialogue> wanted) {
        return new LabelledSet(name, dialogues.stream().filter(wanted).toList());
    }

    private static String partName(String part) {
        return BUILT_IN + ":" + part;
    }

    private static List<LabelledDialogue> resource(String name) {
        try (InputStream stream = Objects.requireNonNull(LabelledSet.class.getResourceAsStream(name), name)) {
            return parse(name, new String(stream.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new CorpusException("The labelled set " + name + " cannot be read.", e);
        }
    }

    private static List<LabelledDialogue> parse(String source, String text) {
        List<LabelledDialogue> dialogues = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            if (!line.isBlank()) {
                LabelledDialogue dialogue = dialogue(source + ", line " + number, line);
                if (!ids.add(dialogue.id())) {
                    throw new CorpusException(String.format(Locale.ROOT, "%s, line %d: the id \"%s\" is used twice.",
                            source, number, dialogue.id()));
                }
                dialogues.add(dialogue);
            }
        }
        if (dialogues.isEmpty()) {
            throw new CorpusException(source + " holds no dialogue.");
        }
        return dialogues;
    }

    private static LabelledDialogue dialogue(String place, String line) {
        try {
            LabelledDialogue dialogue = MAPPER.readValue(line, LabelledDialogue.class);
            LabelCheck.problem(dialogue).ifPresent(problem -> {
                throw new CorpusException(place + ": " + problem + ".");
            });
            return dialogue;
        } catch (JacksonException | DateTimeException e) {
            throw new CorpusException(String.format(Locale.ROOT, "%s is no labelled dialogue: %s.", place,
                    Objects.requireNonNullElse(e.getMessage(), "").lines().findFirst().orElse("")), e);
        }
    }
}
