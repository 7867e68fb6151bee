package dev.memfuse.server.mcp.tool;

import java.util.List;

import dev.memfuse.engine.AddResult;
import dev.memfuse.engine.NewMessage;
import dev.memfuse.engine.Role;
import dev.memfuse.engine.Session;
import dev.memfuse.engine.exception.NotFoundException;
import dev.memfuse.metrics.Operation;

/// The tool that adds messages.
///
/// @param sessions finds and creates the session
record AddTool(UserSessions sessions) {
    /// Name of the session, and of the agent, of messages that name none.
    private static final String DEFAULT = "mcp";

    MemoryTool tool() {
        return new MemoryTool.Head("add_memory", "Add to memory", "Stores what should be remembered beyond this "
                + "conversation: a statement of the user, a decision, a preference, or a part of a conversation. Give "
                + "either text or messages. Facts are derived from what is added.", MemoryTool.Effect.ADDS)
                .as(Operation.ADD, List.of(
                        Parameter.text("text", "What to remember, as one message."),
                        Parameter.choice("role", "Author of text (default: user).", Messages.ROLES),
                        Parameter.messages("messages", "Several messages in their order, instead of text."),
                        Parameter.text("session", "Name or id of the session; a new name creates one (default: "
                                + DEFAULT + ").")),
                        this::add);
    }

    private String add(Memory memory, Arguments arguments) {
        if (arguments.has("text") == arguments.has("messages")) {
            throw new ArgumentException("Give either text or messages.");
        }
        if (arguments.has("role") && arguments.has("messages")) {
            throw new ArgumentException("role belongs to text. In messages, each message has its role.");
        }
        List<NewMessage> messages = arguments.text("text").map(text -> List.of(NewMessage.of(
                arguments.text("role").map(Role::of).orElse(Role.USER), text)))
                .orElseGet(() -> arguments.messages("messages").stream().map(Messages::message).toList());
        String name = arguments.text("session").orElse(DEFAULT);
        Session session = sessions.open(memory, name, DEFAULT);
        try {
            return stored(memory.engine().addBatch(session.key(), messages), session);
        } catch (NotFoundException e) {
            // Deleted since it was found.
            sessions.forget(session);
            Session again = sessions.open(memory, name, DEFAULT);
            return stored(memory.engine().addBatch(again.key(), messages), again);
        }
    }

    private static String stored(AddResult result, Session session) {
        return "Stored " + Lines.count(result.messageIds().size(), "message") + " in session " + session.name() + " ("
                + result.acknowledgement().description() + ").";
    }
}
