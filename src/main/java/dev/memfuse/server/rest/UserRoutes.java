package dev.memfuse.server.rest;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

import dev.memfuse.engine.Directories.UserEntry;
import dev.memfuse.engine.MemoryEngine;
import dev.memfuse.engine.User;
import dev.memfuse.engine.exception.DuplicateNameException;

/// The routes of users.
///
/// @param deleteAnswers whether a deletion answers 200 with a body to every client, not only to those that accept
/// nothing but JSON
/// @param onRevoke called after keys were revoked
record UserRoutes(Lookups lookups, boolean deleteAnswers, Runnable onRevoke) {
    private static final String ALL = "/api/v1/users";
    private static final String ONE = ALL + "/{user_id}";
    private static final int PAGE = 1_000;
    private static final Model CREATE = Model.creation("UserCreate");
    private static final Model UPDATE = Model.change("UserUpdate");

    List<Route> routes() {
        return List.of(
                Route.get(ALL, "listUsers", "Lists all users, or the one with a name.", this::list)
                        .with(new Route.Parameter("name", "string", "Name of one user.")),
                Route.of("POST", ALL, "createUser", "Creates a user.", Reply.CREATED, CREATE, this::create),
                Route.get(ONE, "getUser", "Returns a user.", this::get),
                Route.of("PUT", ONE, "updateUser", "Changes name or description of a user.", Reply.OK, UPDATE,
                        this::update),
                Route.delete(ONE, "deleteUser", "Deletes a user with all data. Answers 200 with a body to a client "
                        + "that accepts nothing but application/json.", this::delete).answering(Reply.NO_CONTENT));
    }

    private Reply list(ApiCall call) {
        Optional<String> name = call.query().get("name");
        if (name.isPresent()) {
            User user = Names.find(name.get(), call.engine()::user)
                    .filter(found -> call.caller().mayUse(found.id()))
                    .orElseThrow(() -> ApiException.unknownName("User", name.get()));
            return Reply.ok("users", List.of(Documents.user(lookups.user(call, user.id().toString()))),
                    "User retrieved successfully");
        }
        List<UserEntry> users = call.caller().userId().isPresent()
                ? List.of(lookups.user(call, call.caller().userId().get().toString()))
                : all(call.engine());
        return Reply.ok("users", users.stream().map(Documents::user).toList(), "Users retrieved successfully");
    }

    private static List<UserEntry> all(MemoryEngine engine) {
        List<UserEntry> users = new ArrayList<>();
        List<UserEntry> page = engine.directories().users(Optional.empty(), PAGE);
        while (!page.isEmpty()) {
            users.addAll(page);
            page = page.size() < PAGE
                    ? List.of()
                    : engine.directories().users(Optional.of(page.getLast().user().id()), PAGE);
        }
        return users;
    }

    private Reply create(ApiCall call) {
        call.caller().requireAllUsers("The key of one user cannot create users. Use a key for all users.");
        String name = call.body().required("name");
        Optional<String> description = call.body().text("description");
        try {
            UserEntry created = description.map(text -> call.engine().directories().createUser(name, text))
                    .orElseGet(() -> entry(call.engine().createUser(name)));
            lookups.put(created);
            return Reply.created("user", Documents.user(created), "User created successfully");
        } catch (DuplicateNameException e) {
            throw ApiException.duplicate("User", name);
        }
    }

    private static UserEntry entry(User user) {
        return new UserEntry(user, Optional.empty(), user.createdAt());
    }

    private Reply get(ApiCall call) {
        return Reply.ok("user", Documents.user(lookups.user(call, call.part("user_id"))),
                "User retrieved successfully");
    }

    private Reply update(ApiCall call) {
        UserEntry known = lookups.user(call, call.part("user_id"));
        // A name that is taken would tell that there is another user of it.
        call.caller().requireAllUsers("The key of one user cannot change users. Use a key for all users.");
        Optional<String> name = call.body().text("name");
        Optional<String> description = call.body().text("description");
        if (name.isEmpty() && description.isEmpty()) {
            return Reply.ok("user", Documents.user(known), "User updated successfully");
        }
        try {
            UserEntry updated = call.engine().directories().updateUser(known.user().id(), name, description);
            lookups.put(updated);
            return Reply.ok("user", Documents.user(updated), "User updated successfully");
        } catch (DuplicateNameException e) {
            throw ApiException.duplicate("User", name.orElse(""));
        }
    }

    private Reply delete(ApiCall call) {
        UUID userId = lookups.user(call, call.part("user_id")).user().id();
        call.caller().requireAllUsers("The key of one user cannot delete users. Use a key for all users.");
        call.engine().deleteUser(userId);
        lookups.removeUser(userId);
        onRevoke.run();
        boolean onlyJson = call.accept().toLowerCase(Locale.ROOT).contains(Envelope.MEDIA_TYPE)
                && !call.accept().contains("*/*");
        return deleteAnswers || onlyJson
                ? Reply.ok("user_id", userId.toString(), "User deleted successfully")
                : Reply.noContent();
    }
}
