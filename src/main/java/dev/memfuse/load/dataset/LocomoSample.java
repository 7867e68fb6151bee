package dev.memfuse.load.dataset;

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
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.memfuse.engine.Role;
import dev.memfuse.engine.validation.TextCheck;
import dev.memfuse.engine.validation.ValueCheck;
import dev.memfuse.load.corpus.Conversation;
import dev.memfuse.load.corpus.CorpusSession;
import dev.memfuse.load.corpus.CorpusSession.Turn;
import dev.memfuse.load.corpus.Question;
import tools.jackson.databind.JsonNode;

/// Converts one sample of the LoCoMo data set to a [Conversation]. The first speaker is the user, the second the
/// assistant; a turn may state another role, or have a role as its speaker. The data set has a time for each session
/// only; the turns of a session are 30 s apart.
final class LocomoSample {
    private static final Pattern SESSION = Pattern.compile("session_(\\d+)(_date_time)?");
    private static final int SECONDS_PER_TURN = 30;
    private static final DateTimeFormatter DATE = new DateTimeFormatterBuilder().parseCaseInsensitive()
            .appendPattern("h:mm a 'on' d MMMM, uuuu").toFormatter(Locale.ENGLISH)
            // Refuses 31 February and hour 0, which the default resolver moves to another time.
            .withResolverStyle(ResolverStyle.STRICT);

    private final JsonNode sample;
    private final SampleReader reader;
    private final Map<String, Integer> positions = new HashMap<>();

    /// @param source name of the file and place of the sample, for messages to the user
    LocomoSample(String source, JsonNode sample, Problems problems) {
        this.sample = sample;
        this.reader = new SampleReader(source, problems);
    }

    /// Returns the conversation; empty when it has no turn that can be used, which was reported.
    Optional<Conversation> read() {
        JsonNode conversation = sample.path("conversation");
        if (!conversation.isObject()) {
            reader.refuse("\"conversation\" is missing or not an object");
            return Optional.empty();
        }
        Map<String, Role> speakers = speakers(conversation);
        List<CorpusSession> sessions = new ArrayList<>();
        boolean turnsFound = false;
        for (String name : sessionNames(conversation)) {
            JsonNode turns = conversation.path(name);
            if (!turns.isEmpty()) {
                turnsFound = true;
                session(name, turns, conversation, speakers).ifPresent(sessions::add);
            }
        }
        if (!turnsFound) {
            reader.refuse("\"conversation\" has no \"session_1\" with turns");
        }
        if (sessions.isEmpty()) {
            return Optional.empty();
        }
        List<Question> questions = questions();
        return id().map(name -> new Conversation(name, sessions, questions));
    }

    private Optional<String> id() {
        JsonNode id = sample.path("sample_id");
        if (id.isMissingNode()) {
            return Optional.of("sample");
        }
        return reader.text(sample, "sample_id", "").flatMap(name -> reader.name("\"sample_id\"", name));
    }

    private Map<String, Role> speakers(JsonNode conversation) {
        Optional<String> userName = reader.text(conversation, "speaker_a", "conversation");
        Optional<String> assistantName = reader.text(conversation, "speaker_b", "conversation");
        if (userName.isPresent() && userName.equals(assistantName)) {
            reader.refuse("conversation: \"speaker_a\" and \"speaker_b\" are both \"%s\"; they must differ",
                    userName.get());
        }
        Map<String, Role> speakers = new HashMap<>();
        assistantName.ifPresent(name -> speakers.put(name, Role.ASSISTANT));
        userName.ifPresent(name -> speakers.put(name, Role.USER));
        return speakers;
    }

    /// Returns the keys of the sessions in the order of their numbers.
    private Collection<String> sessionNames(JsonNode conversation) {
        NavigableMap<Integer, String> names = new TreeMap<>();
        for (Map.Entry<String, JsonNode> field : conversation.properties()) {
            String key = field.getKey();
            Matcher matcher = SESSION.matcher(key);
            if (!matcher.matches()) {
                if (key.toLowerCase(Locale.ROOT).startsWith("session") || field.getValue().isArray()) {
                    reader.refuse("\"%s\" is no name of a session; expected \"session_1\", \"session_2\" and so on",
                            key);
                }
            } else if (matcher.group(2) == null) {
                sessionNumber(key, matcher.group(1)).ifPresent(number -> name(names, number, field));
            }
        }
        return names.values();
    }

    private void name(Map<Integer, String> names, int number, Map.Entry<String, JsonNode> field) {
        if (!field.getValue().isArray()) {
            reader.refuse("\"%s\" is not an array of turns", field.getKey());
            return;
        }
        String other = names.putIfAbsent(number, field.getKey());
        if (other != null) {
            reader.refuse("\"%s\" and \"%s\" are the same session", other, field.getKey());
        }
    }

    private Optional<Integer> sessionNumber(String name, String digits) {
        try {
            return Optional.of(Integer.parseInt(digits));
        } catch (NumberFormatException _) {
            reader.refuse("the number of \"%s\" is above %d", name, Integer.MAX_VALUE);
            return Optional.empty();
        }
    }

    private Optional<CorpusSession> session(String name, JsonNode turns, JsonNode conversation,
            Map<String, Role> speakers) {
        String key = name + "_date_time";
        Optional<Instant> at = reader.text(conversation, key, "conversation").flatMap(text -> date(text, key));
        Optional<String> checked = reader.name("the name of " + name, name);
        if (at.isEmpty() || checked.isEmpty()) {
            return Optional.empty();
        }
        List<Turn> read = new ArrayList<>();
        for (int i = 0; i < turns.size(); i++) {
            String place = name + "[" + i + "]";
            Instant time = at.get().plusSeconds((long) i * SECONDS_PER_TURN);
            JsonNode turn = turns.get(i);
            Optional<Turn> found = reader.accepted(() -> ValueCheck.time(place + ": time", time))
                    .flatMap(accepted -> turn(place, turn, speakers, accepted));
            if (found.isPresent()) {
                locate(turn.path("dia_id"), place);
                read.add(found.get());
            }
        }
        return read.isEmpty() ? Optional.empty() : Optional.of(new CorpusSession(name, read));
    }

    private Optional<Turn> turn(String place, JsonNode turn, Map<String, Role> speakers, Instant at) {
        Optional<String> speaker = reader.text(turn, "speaker", place);
        Optional<Role> role = speaker.flatMap(name -> role(place, turn.path("role"), name, speakers));
        JsonNode words = turn.path("text");
        String caption = turn.path("blip_caption").asString("");
        if (!words.isString() || (words.stringValue().isBlank() && caption.isBlank())) {
            reader.refuse("%s: \"text\" is missing or empty", place);
            return Optional.empty();
        }
        if (role.isEmpty()) {
            return Optional.empty();
        }
        String image = caption.isBlank() ? "" : " [image: " + caption.strip() + "]";
        String content = speaker.orElseThrow() + ": " + words.stringValue().strip() + image;
        return reader.accepted(() -> TextCheck.storable(place + ": \"text\"", content))
                .map(text -> new Turn(role.get(), text, at));
    }

    private Optional<Role> role(String place, JsonNode stated, String speaker, Map<String, Role> speakers) {
        if (!stated.isMissingNode()) {
            Optional<Role> role = Roles.of(stated.asString(""));
            if (role.isEmpty()) {
                reader.refuse("%s: \"role\" is %s; expected one of %s", place, stated, Roles.all());
            }
            return role;
        }
        Optional<Role> role = Optional.ofNullable(speakers.get(speaker)).or(() -> Roles.of(speaker));
        if (role.isEmpty()) {
            reader.refuse("%s: the speaker \"%s\" is neither speaker_a nor speaker_b", place, speaker);
        }
        return role;
    }

    /// Notes the position of a turn by its name, which evidence refers to; a turn without a name is no evidence.
    private void locate(JsonNode name, String place) {
        if (!name.isMissingNode() && !name.isString()) {
            reader.refuse("%s: \"dia_id\" is not text", place);
        }
        int position = positions.size() + 1;
        Integer other = positions.put(LocomoEvidence.name(name.asString(place)), position);
        if (other != null) {
            positions.put(place, position);
            reader.refuse("%s: \"dia_id\" is \"%s\", which turn %d of the conversation has too", place,
                    name.asString(), other);
        }
    }

    private List<Question> questions() {
        JsonNode entries = sample.path("qa");
        if (!entries.isMissingNode() && !entries.isArray()) {
            reader.refuse("\"qa\" is not an array of questions");
        }
        List<Question> questions = new ArrayList<>();
        for (int i = 0; i < entries.size(); i++) {
            question(entries.get(i), "qa[" + i + "]").ifPresent(questions::add);
        }
        questions.sort(Comparator.comparingInt(Question::askableFrom));
        return questions;
    }

    private Optional<Question> question(JsonNode entry, String place) {
        LocomoEvidence evidence = LocomoEvidence.of(names(entry.path("evidence"), place), positions);
        evidence.unresolved().forEach(name -> reader.note("%s: the evidence \"%s\" names no turn", place, name));
        // A question without resolved evidence is askable at the end of the conversation.
        int askableFrom = evidence.turns().isEmpty() ? positions.size() : evidence.turns().getLast();
        Optional<String> category = category(entry.path("category"), place);
        return reader.text(entry, "question", place)
                .flatMap(text -> reader.accepted(() -> TextCheck.storable(place + ": \"question\"", text)))
                .filter(_ -> category.isPresent())
                .map(text -> new Question(text, askableFrom, category.orElseThrow(), evidence.turns(),
                        evidence.unresolved().size()));
    }

    private List<String> names(JsonNode evidence, String place) {
        List<String> names = new ArrayList<>();
        for (JsonNode name : evidence.isString() ? List.of(evidence) : evidence.values()) {
            if (name.isString()) {
                names.add(name.stringValue());
            } else {
                reader.refuse("%s: \"evidence\" is not an array of names of turns", place);
            }
        }
        return names;
    }

    private Optional<String> category(JsonNode category, String place) {
        if (category.isMissingNode()) {
            return Optional.of("");
        }
        return switch (category.isInt() ? category.intValue() : 0) {
            case 1 -> Optional.of("multi-hop");
            case 2 -> Optional.of("temporal");
            case 3 -> Optional.of("open-domain");
            case 4 -> Optional.of("single-hop");
            case 5 -> Optional.of("adversarial");
            default -> {
                reader.refuse("%s: \"category\" is %s; expected 1 to 5", place, category);
                yield Optional.empty();
            }
        };
    }

    private Optional<Instant> date(String text, String key) {
        try {
            return Optional.of(LocalDateTime.parse(text.strip(), DATE).toInstant(ZoneOffset.UTC));
        } catch (DateTimeParseException _) {
            reader.refuse("\"%s\" is \"%s\"; expected a time like \"1:56 pm on 8 May, 2023\"", key, text);
            return Optional.empty();
        }
    }
}
