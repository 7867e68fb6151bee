package dev.memfuse.load.corpus;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.memfuse.engine.Role;
import dev.memfuse.load.corpus.CorpusSession.Turn;
import tools.jackson.databind.JsonNode;

/// Converts one sample of the LoCoMo data set to a [Conversation]. The first speaker is the user, the second the
/// assistant. The data set has a time for each session only; the turns of a session are 30 s apart.
final class LocomoSample {
    private static final Pattern SESSION = Pattern.compile("session_(\\d+)");
    private static final int SECONDS_PER_TURN = 30;
    private static final DateTimeFormatter DATE = new DateTimeFormatterBuilder().parseCaseInsensitive()
            .appendPattern("h:mm a 'on' d MMMM, yyyy").toFormatter(Locale.ENGLISH);

    private final String source;
    private final JsonNode sample;
    private final Map<String, Integer> positions = new HashMap<>();

    /// @param source name of the file, for messages to the user
    LocomoSample(String source, JsonNode sample) {
        this.source = source;
        this.sample = sample;
    }

    Conversation read() {
        JsonNode conversation = sample.path("conversation");
        if (!conversation.isObject()) {
            throw problem("\"conversation\" is missing or not an object");
        }
        String userName = text(conversation, "speaker_a", "conversation");
        String assistantName = text(conversation, "speaker_b", "conversation");
        List<CorpusSession> sessions = new ArrayList<>();
        for (Map.Entry<Integer, JsonNode> session : sessions(conversation).entrySet()) {
            if (!session.getValue().isEmpty()) {
                sessions.add(session(session.getKey(), session.getValue(), conversation,
                        Map.of(userName, Role.USER, assistantName, Role.ASSISTANT)));
            }
        }
        if (sessions.isEmpty()) {
            throw problem("\"conversation\" has no \"session_1\" with turns");
        }
        return new Conversation(sample.path("sample_id").asString(source), sessions, questions());
    }

    private NavigableMap<Integer, JsonNode> sessions(JsonNode conversation) {
        NavigableMap<Integer, JsonNode> sessions = new TreeMap<>();
        for (Map.Entry<String, JsonNode> field : conversation.properties()) {
            Matcher matcher = SESSION.matcher(field.getKey());
            if (matcher.matches()) {
                if (!field.getValue().isArray()) {
                    throw problem(String.format(Locale.ROOT, "\"%s\" is not an array of turns", field.getKey()));
                }
                sessions.put(Integer.valueOf(matcher.group(1)), field.getValue());
            }
        }
        return sessions;
    }

    private CorpusSession session(int number, JsonNode turns, JsonNode conversation, Map<String, Role> speakers) {
        String name = "session_" + number;
        Instant at = date(text(conversation, name + "_date_time", "conversation"), name + "_date_time");
        List<Turn> read = new ArrayList<>();
        for (int i = 0; i < turns.size(); i++) {
            read.add(turn(name + "[" + i + "]", turns.get(i), speakers, at.plusSeconds((long) i * SECONDS_PER_TURN)));
        }
        return new CorpusSession(name, read);
    }

    private Turn turn(String place, JsonNode turn, Map<String, Role> speakers, Instant at) {
        String speaker = text(turn, "speaker", place);
        Role role = speakers.get(speaker);
        if (role == null) {
            throw problem(String.format(Locale.ROOT, "%s: the speaker \"%s\" is neither speaker_a nor speaker_b", place,
                    speaker));
        }
        JsonNode words = turn.path("text");
        String caption = turn.path("blip_caption").asString("");
        if (!words.isString() || (words.stringValue().isBlank() && caption.isBlank())) {
            throw problem(String.format(Locale.ROOT, "%s: \"text\" is missing or empty", place));
        }
        positions.put(LocomoEvidence.name(turn.path("dia_id").asString(place)), positions.size() + 1);
        String image = caption.isBlank() ? "" : " [image: " + caption.strip() + "]";
        return new Turn(role, speaker + ": " + words.stringValue().strip() + image, at);
    }

    private List<Question> questions() {
        JsonNode entries = sample.path("qa");
        List<Question> questions = new ArrayList<>();
        for (int i = 0; i < entries.size(); i++) {
            JsonNode entry = entries.get(i);
            LocomoEvidence evidence = LocomoEvidence.of(entry.path("evidence"), positions);
            // A question without resolved evidence is askable at the end of the conversation.
            int askableFrom = evidence.turns().isEmpty() ? positions.size() : evidence.turns().getLast();
            questions.add(new Question(text(entry, "question", "qa[" + i + "]"), askableFrom,
                    category(entry.path("category")), evidence.turns(), evidence.unresolved()));
        }
        questions.sort(Comparator.comparingInt(Question::askableFrom));
        return questions;
    }

    private static String category(JsonNode category) {
        return switch (category.asInt(0)) {
            case 1 -> "multi-hop";
            case 2 -> "temporal";
            case 3 -> "open-domain";
            case 4 -> "single-hop";
            case 5 -> "adversarial";
            default -> "";
        };
    }

    private Instant date(String text, String key) {
        try {
            return LocalDateTime.parse(text.strip(), DATE).toInstant(ZoneOffset.UTC);
        } catch (DateTimeParseException e) {
            throw new CorpusException(String.format(Locale.ROOT,
                    "%s: \"%s\" is \"%s\"; expected a time like \"1:56 pm on 8 May, 2023\".", source, key, text), e);
        }
    }

    private String text(JsonNode parent, String key, String place) {
        JsonNode value = parent.path(key);
        if (!value.isString() || value.stringValue().isBlank()) {
            throw problem(String.format(Locale.ROOT, "%s: \"%s\" is missing or not text", place, key));
        }
        return value.stringValue();
    }

    private CorpusException problem(String problem) {
        return new CorpusException(String.format(Locale.ROOT, "%s: %s.", source, problem));
    }
}
