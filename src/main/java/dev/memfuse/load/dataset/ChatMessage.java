package dev.memfuse.load.dataset;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import dev.memfuse.engine.Role;
import dev.memfuse.engine.validation.TextCheck;
import dev.memfuse.load.corpus.CorpusSession.Turn;
import tools.jackson.databind.JsonNode;

/// Reads messages in the form of OpenAI: a role, and a content that is a text or a list of parts. Calls of tools become
/// lines of the text, the name of an author precedes it, and a part that is no text is named in brackets. A message
/// without any text is left out with a note.
final class ChatMessage {
    private final SampleReader reader;

    ChatMessage(SampleReader reader) {
        this.reader = reader;
    }

    /// Returns the message; empty when it cannot be used, which is reported.
    ///
    /// @param place of the message in its object; empty when it is the object
    Optional<Turn> read(String place, JsonNode message, Instant at) {
        String prefix = place.isEmpty() ? "" : place + ": ";
        if (!message.isObject()) {
            reader.refuse("%sthis is no message", prefix);
            return Optional.empty();
        }
        Optional<Role> role = Roles.of(message.path("role").asString(""));
        if (role.isEmpty()) {
            reader.refuse("%s\"role\" is %s; expected one of %s", prefix,
                    message.has("role") ? message.path("role") : "missing", Roles.all());
        }
        Optional<String> text = text(prefix, message);
        if (text.isPresent() && text.get().isBlank()) {
            reader.note("%sthe message has no text and is left out", prefix);
            return Optional.empty();
        }
        return text.flatMap(content -> reader.accepted(() -> TextCheck.storable(prefix + "\"content\"", content)))
                .filter(_ -> role.isPresent()).map(content -> new Turn(role.orElseThrow(), content, at));
    }

    private Optional<String> text(String prefix, JsonNode message) {
        List<String> lines = new ArrayList<>();
        JsonNode content = message.path("content");
        if (content.isString()) {
            lines.add(content.stringValue());
        } else if (content.isArray()) {
            content.values().forEach(part -> lines.add(part(part)));
        } else if (!content.isNull() && !content.isMissingNode()) {
            reader.refuse("%s\"content\" is neither text nor a list of parts", prefix);
            return Optional.empty();
        }
        lines.add(message.path("refusal").asString(""));
        for (JsonNode call : message.path("tool_calls").values()) {
            lines.add(call(call.has("custom") ? call.path("custom") : call.path("function")));
        }
        if (message.path("function_call").isObject()) {
            lines.add(call(message.path("function_call")));
        }
        lines.removeIf(String::isBlank);
        String name = message.path("name").asString("");
        String text = String.join("\n", lines);
        return Optional.of(name.isBlank() || text.isEmpty() ? text : name + ": " + text);
    }

    private static String part(JsonNode part) {
        if (part.isString()) {
            return part.stringValue();
        }
        JsonNode text = part.path("text").isMissingNode() ? part.path("refusal") : part.path("text");
        return text.isString() ? text.stringValue() : "[" + part.path("type").asString("part") + "]";
    }

    private static String call(JsonNode function) {
        JsonNode input = function.has("arguments") ? function.path("arguments") : function.path("input");
        return "[call of " + function.path("name").asString("a tool") + ": "
                + (input.isString() ? input.stringValue() : input.toString()) + "]";
    }
}
