package dev.memfuse.server.mcp.tool;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

import dev.memfuse.engine.DeleteResult;
import dev.memfuse.engine.Message;
import dev.memfuse.engine.MessageList;
import dev.memfuse.engine.Order;
import dev.memfuse.engine.Session;
import dev.memfuse.engine.SessionKey;
import dev.memfuse.metrics.Operation;

/// The tool that deletes. Without a confirmation it shows what it would delete.
///
/// @param sessions finds sessions
record DeleteTool(UserSessions sessions) {
    private static final int SHOWN = 5;
    private static final int MAX_READ = 10_000;

    MemoryTool tool() {
        return new MemoryTool.Head("delete_memory", "Delete from memory", "Deletes messages, or a session with all its "
                + "messages, and the facts that come from them alone, for good. Without confirm it deletes nothing and "
                + "shows what it would delete: show that to the user and ask first.", MemoryTool.Effect.DELETES)
                .as(Operation.DELETE, List.of(
                        Parameter.texts("messages", "Ids of the messages, as search_memory and recent_messages show "
                                + "them with ids.", List.of()),
                        Parameter.text("session", "Name or id of a session, instead of messages."),
                        Parameter.flag("confirm", "Whether the user agreed (default: false).")),
                        this::delete);
    }

    private String delete(Memory memory, Arguments arguments) {
        if (arguments.has("messages") == arguments.has("session")) {
            throw new ArgumentException("Give either messages or session.");
        }
        boolean confirmed = arguments.flag("confirm");
        return arguments.text("session").map(name -> sessions.require(memory, name))
                .map(session -> session(memory, session, confirmed))
                .orElseGet(() -> messages(memory, ids(arguments), confirmed));
    }

    private static Set<UUID> ids(Arguments arguments) {
        return arguments.texts("messages").stream().map(text -> Arguments.id("messages", text))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private String session(Memory memory, Session session, boolean confirmed) {
        if (!confirmed) {
            int messages = memory.engine().messages(session.key(), MAX_READ, Order.NEWEST_FIRST).size();
            return "Nothing was deleted yet. With confirm: true, session " + session.name() + " and its "
                    + Lines.count(messages, "message") + (messages == MAX_READ ? " or more" : "")
                    + " would be deleted for good.";
        }
        DeleteResult result = memory.engine().deleteSession(session.key());
        sessions.forget(session);
        return "Deleted session " + session.name() + " with " + describe(result) + ".";
    }

    private static String describe(DeleteResult result) {
        return Lines.count((long) result.messages() + result.buffered(), "message") + " and "
                + Lines.count(result.facts(), "fact");
    }

    private String messages(Memory memory, Set<UUID> ids, boolean confirmed) {
        MessageList found = memory.engine().read(memory.user().id(), ids);
        Set<UUID> known = found.stream().map(Message::id).collect(Collectors.toSet());
        List<UUID> unknown = ids.stream().filter(id -> !known.contains(id)).toList();
        if (!unknown.isEmpty()) {
            throw new ArgumentException("Nothing was deleted: there is no message " + unknown.getFirst()
                    + (unknown.size() > 1 ? ", nor " + (unknown.size() - 1) + " others of the list" : "")
                    + (found.degraded() ? ". The database does not answer now; try again later." : "."));
        }
        if (!confirmed) {
            List<String> lines = new ArrayList<>();
            lines.add("Nothing was deleted yet. With confirm: true, "
                    + (found.size() == 1 ? "this message" : "these " + found.size() + " messages")
                    + " would be deleted for good:");
            found.stream().limit(SHOWN).forEach(message -> lines.add("- " + message.role().label() + ": "
                    + Lines.entry(message.content(), false)));
            if (found.size() > SHOWN) {
                lines.add("- and " + (found.size() - SHOWN) + " more");
            }
            return String.join("\n", lines);
        }
        Map<SessionKey, List<UUID>> bySession = found.stream().collect(Collectors.groupingBy(Message::session,
                Collectors.mapping(Message::id, Collectors.toList())));
        bySession.forEach((session, messages) -> {
            DeleteResult _ = memory.engine().deleteMessages(session, messages);
        });
        return "Deleted " + Lines.count(found.size(), "message") + " for good.";
    }
}
