package dev.memfuse.server.mcp.tool;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import dev.memfuse.engine.Message;
import dev.memfuse.engine.MessageList;
import dev.memfuse.engine.Order;
import dev.memfuse.engine.Session;
import dev.memfuse.metrics.Operation;

/// The tools that read sessions and their messages.
///
/// @param sessions finds sessions
record SessionTools(UserSessions sessions) {
    private static final int DEFAULT_MESSAGES = 10;
    private static final int DEFAULT_SESSIONS = 20;
    private static final int MAX = 500;

    MemoryTool recentMessages() {
        return new MemoryTool.Head("recent_messages", "Recent messages", "Shows the newest messages of a session, in "
                + "the order of the conversation. Texts are cut at " + Lines.SHORT + " characters, unless full is "
                + "given.", MemoryTool.Effect.READS).as(Operation.LIST, List.of(
                        Parameter.text("session", "Name or id of the session (default: the newest session)."),
                        Parameter.whole("limit", "Maximum number of messages (default: " + DEFAULT_MESSAGES + ").", 1,
                                MAX),
                        Parameter.flag("full", "Whole texts instead of cut ones (default: false)."),
                        Parameter.flag("ids", "Ids of the messages, for delete_memory (default: false).")),
                        this::messages);
    }

    private String messages(Memory memory, Arguments arguments) {
        Optional<Session> session = arguments.text("session").map(name -> sessions.require(memory, name))
                .or(() -> memory.engine().sessions(memory.user().id()).reversed().stream().findFirst());
        if (session.isEmpty()) {
            return "There are no sessions yet.";
        }
        MessageList found = memory.engine().messages(session.get().key(),
                arguments.whole("limit", DEFAULT_MESSAGES), Order.NEWEST_FIRST);
        List<String> lines = new ArrayList<>();
        lines.add(found.isEmpty()
                ? "Session " + session.get().name() + " has no messages."
                : "Newest " + Lines.count(found.size(), "message") + " of session " + session.get().name() + ":");
        for (Message message : found.reversed()) {
            lines.add("- " + Lines.time(message.createdAt()) + ", " + message.role().label() + ": "
                    + Lines.entry(message.content(), arguments.flag("full"))
                    + (arguments.flag("ids") ? " (message " + message.id() + ")" : ""));
        }
        if (found.degraded()) {
            lines.add("The database does not answer now: stored messages are missing.");
        }
        return String.join("\n", lines);
    }

    MemoryTool list() {
        return new MemoryTool.Head("list_sessions", "List sessions", "Lists the conversations in memory, newest first.",
                MemoryTool.Effect.READS).with(
                        List.of(
                                Parameter.whole("limit",
                                        "Maximum number of sessions (default: " + DEFAULT_SESSIONS + ").", 1,
                                        MAX)),
                        SessionTools::list);
    }

    private static String list(Memory memory, Arguments arguments) {
        List<Session> all = memory.engine().sessions(memory.user().id());
        if (all.isEmpty()) {
            return "There are no sessions yet.";
        }
        List<Session> listed = all.reversed().stream().limit(arguments.whole("limit", DEFAULT_SESSIONS)).toList();
        List<String> lines = new ArrayList<>();
        lines.add(listed.size() == all.size()
                ? Lines.count(all.size(), "session") + ", newest first:"
                : "Newest " + listed.size() + " of " + Lines.count(all.size(), "session") + ":");
        listed.forEach(session -> lines.add("- " + session.name() + " (since " + Lines.time(session.createdAt())
                + "; id " + session.key().sessionId() + ")"));
        return String.join("\n", lines);
    }
}
