package dev.memfuse.load.dataset;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

import dev.memfuse.engine.validation.ValueCheck;
import dev.memfuse.load.corpus.Conversation;
import dev.memfuse.load.corpus.CorpusSession;
import dev.memfuse.load.corpus.CorpusSession.Turn;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Reads lines of messages and of chats: each is a part of the conversation of its user. A message without a user or a
/// session belongs to the user `user` and the session `session`; a chat without a user is a user of its own. Without a
/// time, lines are an hour and messages of a chat 30 s apart.
final class JsonLines {
    private static final Set<String> MESSAGE_KEYS = Set.of("user", "session", "role", "content", "created_at", "name",
            "tool_calls", "tool_call_id", "function_call", "refusal");
    private static final Set<String> CHAT_KEYS = Set.of("user", "session", "messages", "created_at");
    private static final int SECONDS_PER_LINE = 3_600;
    private static final int SECONDS_PER_TURN = 30;

    private final Problems problems;
    private final Map<String, Long> unread = new TreeMap<>();

    JsonLines(Problems problems) {
        this.problems = problems;
    }

    /// Returns the message of a line; empty when it cannot be used, which is reported.
    Optional<Conversation> message(JsonObjects.Place place, ObjectNode line) {
        SampleReader reader = new SampleReader(place.toString(), problems);
        countUnread(line, MESSAGE_KEYS);
        Optional<String> user = name(reader, line, "user", "user");
        Optional<String> session = name(reader, line, "session", "session");
        Optional<Turn> turn = time(reader, line, "", start(place))
                .flatMap(at -> new ChatMessage(reader).read("", line, at));
        return part(user, session, turn.stream().toList());
    }

    /// Returns the chat of a line; empty when it cannot be used, which is reported.
    Optional<Conversation> chat(JsonObjects.Place place, ObjectNode line) {
        SampleReader reader = new SampleReader(place.toString(), problems);
        countUnread(line, CHAT_KEYS);
        JsonNode messages = line.path("messages");
        if (!messages.isArray()) {
            reader.refuse("\"messages\" is not an array of messages");
        }
        Optional<String> user = name(reader, line, "user", "chat " + Math.max(1, place.number()));
        Optional<String> session = name(reader, line, "session", "session " + Math.max(1, place.number()));
        Optional<Instant> start = time(reader, line, "", start(place));
        List<Turn> turns = new ArrayList<>();
        for (int i = 0; i < messages.size() && start.isPresent(); i++) {
            String at = "messages[" + i + "]";
            JsonNode message = messages.get(i);
            time(reader, message, at + ": ", start.get().plusSeconds((long) i * SECONDS_PER_TURN))
                    .flatMap(time -> new ChatMessage(reader).read(at, message, time)).ifPresent(turns::add);
        }
        if (messages.isArray() && messages.isEmpty()) {
            reader.note("the chat has no messages and is left out");
        }
        return part(user, session, turns);
    }

    private static Optional<Conversation> part(Optional<String> user, Optional<String> session, List<Turn> turns) {
        return user.isEmpty() || session.isEmpty() || turns.isEmpty()
                ? Optional.empty()
                : Optional.of(new Conversation(user.get(), List.of(new CorpusSession(session.get(), turns)),
                        List.of()));
    }

    private static Instant start(JsonObjects.Place place) {
        return Times.DEFAULT_START.plusSeconds(place.number() * SECONDS_PER_LINE);
    }

    private void countUnread(ObjectNode line, Set<String> read) {
        line.propertyNames().stream().filter(key -> !read.contains(key) && unread.size() < DatasetProblems.LIMIT)
                .forEach(key -> unread.merge(key, 1L, Long::sum));
    }

    private static Optional<String> name(SampleReader reader, JsonNode line, String key, String missing) {
        JsonNode value = line.path(key);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.of(missing);
        }
        if (!value.isString() && !value.isIntegralNumber()) {
            reader.refuse("\"%s\" is neither text nor a whole number", key);
            return Optional.empty();
        }
        return reader.name("\"" + key + "\"", value.asString());
    }

    private static Optional<Instant> time(SampleReader reader, JsonNode object, String place, Instant missing) {
        JsonNode value = object.path("created_at");
        if (value.isMissingNode() || value.isNull()) {
            return Optional.of(missing);
        }
        Optional<Instant> time = Times.of(value);
        if (time.isEmpty()) {
            reader.refuse("%s\"created_at\" is %s; expected a time like \"2026-01-31T12:00:00Z\"", place, value);
        }
        return time.flatMap(at -> reader.accepted(() -> ValueCheck.time(place + "\"created_at\"", at)));
    }

    /// Notes the keys that were not read.
    void end() {
        unread.forEach((key, lines) -> problems.note(
                "The key \"" + key + "\" is not stored; " + lines + (lines == 1 ? " line has" : " lines have")
                        + " it."));
    }
}
