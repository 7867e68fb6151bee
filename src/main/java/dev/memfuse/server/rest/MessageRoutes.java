package dev.memfuse.server.rest;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

import dev.memfuse.engine.AddResult;
import dev.memfuse.engine.Message;
import dev.memfuse.engine.MessageChange;
import dev.memfuse.engine.MessageList;
import dev.memfuse.engine.NewMessage;
import dev.memfuse.engine.Order;
import dev.memfuse.engine.Role;
import dev.memfuse.engine.SessionKey;
import dev.memfuse.metrics.Operation;

/// The routes of the messages of a session.
record MessageRoutes(Lookups lookups) {
    private static final String ALL = "/api/v1/sessions/{session_id}/messages";
    private static final int DEFAULT_LIMIT = 20;
    private static final int MAX_LIMIT = 100;
    private static final Model MESSAGE = new Model("Message",
            List.of(Model.choice("role", true, Arrays.stream(Role.values()).map(Role::label).toList()),
                    Model.filled("content"), Model.optional("id", Model.Type.STRING)));
    private static final Model ADD = new Model("MessageAdd", List.of(Model.models("messages", MESSAGE)));
    private static final Model IDS = new Model("MessageIds",
            List.of(Model.required("message_ids", Model.Type.STRINGS)));
    private static final Model UPDATE = new Model("MessageUpdate", List.of(
            Model.required("message_ids", Model.Type.STRINGS), Model.models("new_messages", MESSAGE)));

    List<Route> routes() {
        return List.of(
                Route.get(ALL, "listMessages", "Lists messages of a session.", this::list).as(Operation.LIST)
                        .with(new Route.Parameter("limit", "integer", "Maximum number, 1..100 (default: 20)."),
                                new Route.Parameter("sort_by", "string", "timestamp (default) or id."),
                                new Route.Parameter("order", "string", "desc (default) or asc."),
                                new Route.Parameter("buffer_only", "boolean", "Only messages that are not yet in the "
                                        + "database (default: false).")),
                Route.of("POST", ALL, "addMessages", "Adds messages as one round. A message with an id that exists is "
                        + "stored once.", Reply.CREATED, ADD, this::add).as(Operation.ADD),
                Route.of("POST", ALL + "/read", "readMessages", "Returns messages by their ids.", Reply.OK, IDS,
                        this::read).as(Operation.READ),
                Route.of("PUT", ALL, "updateMessages", "Replaces text and role of messages by their ids, one for one.",
                        Reply.OK, UPDATE, this::update),
                Route.of("DELETE", ALL, "deleteMessages", "Deletes messages by their ids.", Reply.OK, IDS,
                        this::delete).as(Operation.DELETE));
    }

    private SessionKey session(ApiCall call) {
        return lookups.session(call, call.part("session_id")).session().key();
    }

    private Reply list(ApiCall call) {
        int limit = limit(call.query().get("limit"));
        boolean byId = choice(call, "sort_by", "timestamp", "id").equals("id");
        boolean ascending = choice(call, "order", "desc", "asc").equals("asc");
        boolean bufferOnly = choice(call, "buffer_only", "false", "true").equals("true");
        SessionKey session = session(call);
        Order order = byId
                ? (ascending ? Order.ID_ASCENDING : Order.ID_DESCENDING)
                : (ascending ? Order.OLDEST_FIRST : Order.NEWEST_FIRST);
        MessageList found = bufferOnly
                ? MessageList.complete(ordered(call.engine().buffered(session), order))
                : call.engine().messages(session, limit, order);
        return Reply.ok("messages", found.stream().limit(limit).map(Documents::message).toList(),
                "Messages retrieved successfully").degraded(found.degraded());
    }

    private static List<Message> ordered(List<Message> oldestFirst, Order order) {
        List<Message> ascending = order.isById()
                ? oldestFirst.stream().sorted(Comparator.comparing(message -> message.id().toString())).toList()
                : oldestFirst;
        return order.isAscending() ? ascending : ascending.reversed();
    }

    private static int limit(Optional<String> text) {
        try {
            long limit = text.map(Long::parseLong).orElse((long) DEFAULT_LIMIT);
            if (limit > 0) {
                return (int) Math.min(limit, MAX_LIMIT);
            }
        } catch (NumberFormatException e) {
            // Refused below.
        }
        throw new ApiException(ApiException.BAD_REQUEST, "limit", "limit must be a whole number of at least 1.");
    }

    private static String choice(ApiCall call, String name, String otherwise, String other) {
        String value = call.query().get(name).orElse(otherwise);
        if (!value.equals(otherwise) && !value.equals(other)) {
            throw new ApiException(ApiException.BAD_REQUEST, name,
                    name + " must be " + otherwise + " or " + other + ".");
        }
        return value;
    }

    private Reply add(ApiCall call) {
        List<NewMessage> messages = call.body().bodies("messages").stream().map(MessageRoutes::message).toList();
        SessionKey session = session(call);
        if (messages.isEmpty()) {
            return added(List.of(), false, "empty");
        }
        AddResult result = call.engine().addBatch(session, messages);
        return added(result.messageIds(), result.transferTriggered(), result.acknowledgement().label());
    }

    private static Reply added(List<UUID> ids, boolean transferred, String status) {
        return new Reply(Reply.CREATED, Reply.object("message_ids", texts(ids), "transfer_triggered", transferred,
                "total_messages", ids.size(), "buffer_status", status), "Messages added successfully", true);
    }

    private static NewMessage message(Body body) {
        NewMessage made = NewMessage.of(Role.of(body.required("role")), body.required("content"));
        return body.text("id").map(text -> new NewMessage(
                Lookups.id(text).orElseThrow(() -> new ModelException("uuid_parsing", List.of("body", "messages", "id"),
                        "Input should be a valid UUID")),
                made.role(), made.content(), made.createdAt())).orElse(made);
    }

    private static List<String> texts(List<UUID> ids) {
        return ids.stream().map(UUID::toString).toList();
    }

    private Reply read(ApiCall call) {
        SessionKey session = session(call);
        MessageList found = found(call, session);
        return Reply.ok("messages", found.stream().map(Documents::message).toList(), "Messages read successfully")
                .degraded(found.degraded());
    }

    /// Returns the messages of the body's ids.
    ///
    /// @throws ApiException with status 404 when the session lacks one
    private static MessageList found(ApiCall call, SessionKey session) {
        Set<String> texts = new LinkedHashSet<>(call.body().texts("message_ids"));
        List<UUID> ids = texts.stream().flatMap(text -> Lookups.id(text).stream()).toList();
        MessageList found = ids.isEmpty()
                ? MessageList.complete(List.of())
                : call.engine().read(session.userId(), ids);
        Set<String> known = found.stream().filter(message -> message.session().equals(session))
                .map(message -> message.id().toString()).collect(Collectors.toSet());
        texts.stream().filter(text -> !known.contains(text.toLowerCase(Locale.ROOT))).findFirst()
                .ifPresent(text -> {
                    throw ApiException.unknown("Message", "message_ids", text);
                });
        return found;
    }

    private Reply update(ApiCall call) {
        SessionKey session = session(call);
        List<UUID> ids = found(call, session).stream().map(Message::id).toList();
        List<Body> messages = call.body().bodies("new_messages");
        if (ids.size() != messages.size()) {
            throw new ModelException("value_error", List.of("body", "new_messages"),
                    "There must be one new message for each id, and no id twice");
        }
        List<MessageChange> changes = new ArrayList<>();
        for (int i = 0; i < ids.size(); i++) {
            changes.add(new MessageChange(ids.get(i), Role.of(messages.get(i).required("role")),
                    messages.get(i).required("content")));
        }
        if (!changes.isEmpty()) {
            call.engine().updateMessages(session, changes);
        }
        return Reply.ok("message_ids", texts(ids), "Messages updated successfully");
    }

    private Reply delete(ApiCall call) {
        SessionKey session = session(call);
        List<UUID> ids = found(call, session).stream().map(Message::id).toList();
        if (!ids.isEmpty()) {
            call.engine().deleteMessages(session, ids);
        }
        return Reply.ok("message_ids", texts(ids), "Messages deleted successfully");
    }
}
