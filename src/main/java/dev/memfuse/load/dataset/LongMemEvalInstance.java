package dev.memfuse.load.dataset;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

import dev.memfuse.engine.validation.TextCheck;
import dev.memfuse.engine.validation.ValueCheck;
import dev.memfuse.load.corpus.Conversation;
import dev.memfuse.load.corpus.CorpusSession;
import dev.memfuse.load.corpus.CorpusSession.Turn;
import dev.memfuse.load.corpus.GeneratedHaystack;
import dev.memfuse.load.corpus.Question;
import tools.jackson.databind.JsonNode;

/// Converts one instance of the LongMemEval data set to a [Conversation] with one question. The sessions are ordered by
/// their dates, which the data set does not always do; the turns of a session are 30 s apart. The turns that are marked
/// as the answer are the evidence.
final class LongMemEvalInstance {
    private static final int SECONDS_PER_TURN = 30;
    private static final DateTimeFormatter DATE = DateTimeFormatter
            .ofPattern("uuuu/MM/dd (EEE) HH:mm", Locale.ENGLISH).withResolverStyle(ResolverStyle.STRICT);
    private static final String ABSTENTION_SUFFIX = "_abs";

    private final JsonNode instance;
    private final SampleReader reader;
    private final ChatMessage messages;

    /// @param source name of the file and place of the instance, for messages to the user
    LongMemEvalInstance(String source, JsonNode instance, Problems problems) {
        this.instance = instance;
        this.reader = new SampleReader(source, problems);
        this.messages = new ChatMessage(reader);
    }

    /// A turn and whether it holds the answer.
    private record Marked(Turn turn, boolean answer) {}

    /// A session before its place in the conversation is known.
    private record Dated(String name, Instant at, List<Marked> turns) {}

    /// Returns the conversation; empty when it cannot be used, which was reported.
    Optional<Conversation> read() {
        Optional<String> id = reader.text(instance, "question_id", "")
                .flatMap(name -> reader.name("\"question_id\"", name));
        Optional<String> text = reader.text(instance, "question", "")
                .flatMap(question -> reader.accepted(() -> TextCheck.storable("\"question\"", question)));
        Optional<String> type = reader.text(instance, "question_type", "");
        List<Dated> sessions = sessions();
        if (id.isEmpty() || text.isEmpty() || type.isEmpty() || sessions.isEmpty()) {
            if (instance.path("haystack_sessions").isEmpty()) {
                reader.refuse("\"haystack_sessions\" has no session with turns");
            }
            return Optional.empty();
        }
        List<Integer> evidence = new ArrayList<>();
        List<CorpusSession> read = new ArrayList<>();
        int position = 0;
        for (Dated session : sessions) {
            for (Marked turn : session.turns()) {
                position++;
                if (turn.answer()) {
                    evidence.add(position);
                }
            }
            read.add(new CorpusSession(session.name(), session.turns().stream().map(Marked::turn).toList()));
        }
        boolean abstention = id.get().endsWith(ABSTENTION_SUFFIX);
        Question question = new Question(text.get(), position, abstention ? GeneratedHaystack.ABSTENTION : type.get(),
                abstention ? List.of() : evidence, missingAnswers(sessions));
        return Optional.of(new Conversation(id.get(), read, List.of(question)));
    }

    private int missingAnswers(List<Dated> sessions) {
        Set<String> names = new HashSet<>();
        sessions.forEach(session -> names.add(session.name()));
        int missing = 0;
        for (JsonNode answer : instance.path("answer_session_ids").values()) {
            if (!names.contains(answer.asString(""))) {
                missing++;
                reader.note("the evidence %s of \"answer_session_ids\" names no session", answer);
            }
        }
        return missing;
    }

    private List<Dated> sessions() {
        JsonNode all = instance.path("haystack_sessions");
        if (!all.isArray()) {
            reader.refuse("\"haystack_sessions\" is not an array of sessions");
        }
        List<Dated> sessions = new ArrayList<>();
        Set<String> names = new HashSet<>();
        // Both are checked, so that both are reported.
        boolean named = sized("haystack_session_ids", all);
        boolean dated = sized("haystack_dates", all);
        boolean complete = named && dated;
        for (int i = 0; i < all.size() && complete; i++) {
            session(i, all.get(i), names).ifPresent(sessions::add);
        }
        sessions.sort(Comparator.comparing(Dated::at));
        return sessions;
    }

    private boolean sized(String key, JsonNode sessions) {
        JsonNode values = instance.path(key);
        if (!values.isArray() || values.size() != sessions.size()) {
            reader.refuse("\"%s\" has %d values for %d sessions", key, values.size(), sessions.size());
            return false;
        }
        return true;
    }

    private Optional<Dated> session(int index, JsonNode turns, Set<String> names) {
        String place = "haystack_sessions[" + index + "]";
        Optional<Instant> at = date(index);
        Optional<String> name = name(index, names);
        if (!turns.isArray()) {
            reader.refuse("%s is not an array of turns", place);
            return Optional.empty();
        }
        if (at.isEmpty() || name.isEmpty()) {
            return Optional.empty();
        }
        List<Marked> read = new ArrayList<>();
        for (int i = 0; i < turns.size(); i++) {
            String turnPlace = place + "[" + i + "]";
            JsonNode turn = turns.get(i);
            Instant time = at.get().plusSeconds((long) i * SECONDS_PER_TURN);
            reader.accepted(() -> ValueCheck.time(turnPlace + ": time", time))
                    .flatMap(accepted -> messages.read(turnPlace, turn, accepted))
                    .ifPresent(found -> read.add(new Marked(found, turn.path("has_answer").asBoolean(false))));
        }
        return read.isEmpty() ? Optional.empty() : Optional.of(new Dated(name.get(), at.get(), read));
    }

    /// Returns a name that no session before has: the data set repeats some sessions.
    private Optional<String> name(int index, Set<String> names) {
        JsonNode stated = instance.path("haystack_session_ids").get(index);
        String place = "haystack_session_ids[" + index + "]";
        if (!stated.isString()) {
            reader.refuse("%s is not text", place);
            return Optional.empty();
        }
        return reader.name(place, stated.stringValue()).map(name -> {
            String unique = name;
            for (int copy = 2; !names.add(unique); copy++) {
                unique = name + " (" + copy + ")";
            }
            if (!unique.equals(name)) {
                reader.note("%s is \"%s\" again; it is read as \"%s\"", place, name, unique);
            }
            return unique;
        });
    }

    private Optional<Instant> date(int index) {
        JsonNode stated = instance.path("haystack_dates").get(index);
        try {
            return Optional.of(LocalDateTime.parse(stated.asString("").strip(), DATE).toInstant(ZoneOffset.UTC));
        } catch (DateTimeParseException _) {
            reader.refuse("haystack_dates[%d] is %s; expected a time like \"2023/05/20 (Sat) 02:21\"", index, stated);
            return Optional.empty();
        }
    }
}
