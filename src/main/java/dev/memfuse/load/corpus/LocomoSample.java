package dev.memfuse.load.corpus;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.memfuse.engine.Role;
import dev.memfuse.engine.exception.InvalidValueException;
import dev.memfuse.engine.validation.TextCheck;
import dev.memfuse.engine.validation.ValueCheck;
import dev.memfuse.load.corpus.CorpusSession.Turn;
import tools.jackson.databind.JsonNode;

/// Converts one sample of the LoCoMo data set to a [Conversation]. The first speaker is the user, the second the
/// assistant. The data set has a time for each session only; the turns of a session are 30 s apart.
final class LocomoSample {
    private static final Pattern SESSION = Pattern.compile("session_(\\d+)");
    private static final int SECONDS_PER_TURN = 30;
    private static final DateTimeFormatter DATE = new DateTimeFormatterBuilder().parseCaseInsensitive()
            .appendPattern("h:mm a 'on' d MMMM, uuuu").toFormatter(Locale.ENGLISH)
            // Refuses 31 February and hour 0, which the default resolver moves to another time.
            .withResolverStyle(ResolverStyle.STRICT);

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
        if (userName.equals(assistantName)) {
            throw problem(String.format(Locale.ROOT,
                    "conversation: \"speaker_a\" and \"speaker_b\" are both \"%s\"; they must differ", userName));
        }
        List<CorpusSession> sessions = new ArrayList<>();
        for (String name : sessionNames(conversation)) {
            JsonNode turns = conversation.path(name);
            if (!turns.isEmpty()) {
                sessions.add(session(name, turns, conversation,
                        Map.of(userName, Role.USER, assistantName, Role.ASSISTANT)));
            }
        }
        if (sessions.isEmpty()) {
            throw problem("\"conversation\" has no \"session_1\" with turns");
        }
        return new Conversation(sample.path("sample_id").asString(source), sessions, questions());
    }

    /// Returns the keys of the sessions in the order of their numbers.
    private Collection<String> sessionNames(JsonNode conversation) {
        NavigableMap<Integer, String> names = new TreeMap<>();
        for (Map.Entry<String, JsonNode> field : conversation.properties()) {
            Matcher matcher = SESSION.matcher(field.getKey());
            if (!matcher.matches() && field.getValue().isArray()) {
                throw problem(
                        String.format(Locale.ROOT, "\"%s\" holds turns; the name of a session is \"session_\" and "
                                + "its number", field.getKey()));
            }
            if (matcher.matches()) {
                if (!field.getValue().isArray()) {
                    throw problem(String.format(Locale.ROOT, "\"%s\" is not an array of turns", field.getKey()));
                }
                String other = names.put(sessionNumber(field.getKey(), matcher.group(1)), field.getKey());
                if (other != null) {
                    throw problem(String.format(Locale.ROOT, "\"%s\" and \"%s\" are the same session", other,
                            field.getKey()));
                }
            }
        }
        return names.values();
    }

    private int sessionNumber(String name, String digits) {
        try {
            return Integer.parseInt(digits);
        } catch (NumberFormatException e) {
            throw new CorpusException(String.format(Locale.ROOT, "%s: the number of \"%s\" is above %d.", source, name,
                    Integer.MAX_VALUE), e);
        }
    }

    private CorpusSession session(String name, JsonNode turns, JsonNode conversation, Map<String, Role> speakers) {
        Instant at = date(text(conversation, name + "_date_time", "conversation"), name + "_date_time");
        List<Turn> read = new ArrayList<>();
        for (int i = 0; i < turns.size(); i++) {
            String place = name + "[" + i + "]";
            Instant time = at.plusSeconds((long) i * SECONDS_PER_TURN);
            read.add(turn(place, turns.get(i), speakers, accepted(() -> ValueCheck.time(place + ": time", time))));
        }
        return new CorpusSession(accepted(() -> TextCheck.name("the name of " + name, name)), read);
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
        locate(turn.path("dia_id"), place);
        String image = caption.isBlank() ? "" : " [image: " + caption.strip() + "]";
        String content = speaker + ": " + words.stringValue().strip() + image;
        return new Turn(role, accepted(() -> TextCheck.storable(place + ": \"text\"", content)), at);
    }

    /// Notes the position of a turn by its name, which evidence refers to; a turn without a name is no evidence.
    private void locate(JsonNode name, String place) {
        if (!name.isMissingNode() && !name.isString()) {
            throw problem(place + ": \"dia_id\" is not text");
        }
        int position = positions.size() + 1;
        Integer other = positions.put(LocomoEvidence.name(name.asString(place)), position);
        if (other != null) {
            throw problem(String.format(Locale.ROOT,
                    "%s: \"dia_id\" is \"%s\", which turn %d of the conversation has too", place, name.asString(),
                    other));
        }
    }

    private List<Question> questions() {
        JsonNode entries = sample.path("qa");
        if (!entries.isMissingNode() && !entries.isArray()) {
            throw problem("\"qa\" is not an array of questions");
        }
        List<Question> questions = new ArrayList<>();
        for (int i = 0; i < entries.size(); i++) {
            JsonNode entry = entries.get(i);
            String place = "qa[" + i + "]";
            LocomoEvidence evidence = LocomoEvidence.of(names(entry.path("evidence"), place), positions);
            // A question without resolved evidence is askable at the end of the conversation.
            int askableFrom = evidence.turns().isEmpty() ? positions.size() : evidence.turns().getLast();
            String question = text(entry, "question", place);
            questions.add(
                    new Question(accepted(() -> TextCheck.storable(place + ": \"question\"", question)), askableFrom,
                            category(entry.path("category"), place), evidence.turns(), evidence.unresolved()));
        }
        questions.sort(Comparator.comparingInt(Question::askableFrom));
        return questions;
    }

    private List<String> names(JsonNode evidence, String place) {
        List<String> names = new ArrayList<>();
        for (JsonNode name : evidence.isString() ? List.of(evidence) : evidence.values()) {
            if (!name.isString()) {
                throw problem(place + ": \"evidence\" is not an array of names of turns");
            }
            names.add(name.stringValue());
        }
        return names;
    }

    private String category(JsonNode category, String place) {
        if (category.isMissingNode()) {
            return "";
        }
        return switch (category.isInt() ? category.intValue() : 0) {
            case 1 -> "multi-hop";
            case 2 -> "temporal";
            case 3 -> "open-domain";
            case 4 -> "single-hop";
            case 5 -> "adversarial";
            default -> throw problem(
                    String.format(Locale.ROOT, "%s: \"category\" is %s; expected 1 to 5", place, category));
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

    /// Returns a value that the engine accepts.
    ///
    /// @throws InvalidValueException when the engine would refuse it; the message names the file and the place
    private <T> T accepted(Supplier<T> check) {
        try {
            return check.get();
        } catch (InvalidValueException e) {
            throw new InvalidValueException(e.field(), source + ", " + e.getMessage());
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
