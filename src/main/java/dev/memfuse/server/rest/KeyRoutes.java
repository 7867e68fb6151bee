package dev.memfuse.server.rest;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import dev.memfuse.engine.ApiKeys.CreatedKey;
import org.jspecify.annotations.Nullable;

/// The routes of the API keys of a user. They need a key for all users.
record KeyRoutes(Lookups lookups, Runnable onRevoke) {
    private static final String ALL = "/api/v1/users/{user_id}/api-keys";
    private static final Model CREATE = new Model("ApiKeyCreate",
            List.of(Model.optional("user_id", Model.Type.STRING), Model.optionalFilled("name"),
                    Model.optional("key", Model.Type.STRING), Model.optional("permissions", Model.Type.OBJECT),
                    Model.optional("expires_at", Model.Type.STRING)));

    List<Route> routes() {
        return List.of(Route.get(ALL, "listApiKeys", "Lists the keys of a user, without their secrets.", this::list),
                Route.of("POST", ALL, "createApiKey", "Creates a key for one user and returns it, once.",
                        Reply.CREATED, CREATE, this::create),
                Route.get(ALL + "/{key_id}", "getApiKey", "Returns a key without its secret.", this::get),
                Route.delete(ALL + "/{key_id}", "revokeApiKey", "Revokes a key.", this::revoke));
    }

    private UUID user(ApiCall call) {
        UUID user = lookups.user(call, call.part("user_id")).user().id();
        call.caller().requireAllUsers("The key of one user cannot manage keys. Use a key for all users.");
        return user;
    }

    private Reply list(ApiCall call) {
        return Reply.ok("api_keys", call.engine().apiKeys().list(Optional.of(user(call))).stream()
                .map(Documents::key).toList(), "API keys retrieved successfully");
    }

    private Reply create(ApiCall call) {
        Body body = call.body();
        UUID user = user(call);
        if (body.text("user_id").filter(text -> !text.equals(call.part("user_id"))).isPresent()) {
            throw new ApiException(ApiException.BAD_REQUEST, "user_id", "user_id differs from that in the path.");
        }
        if (body.text("key").isPresent()) {
            throw new ApiException(ApiException.BAD_REQUEST, "key", "The server makes the key. Leave 'key' out.");
        }
        CreatedKey created = call.engine().apiKeys().create(Optional.of(user), body.text("name"),
                body.text("expires_at").map(KeyRoutes::time));
        Map<String, @Nullable Object> document = Documents.key(created.key());
        document.put("key", created.text());
        return Reply.created("api_key", document, "API key created successfully");
    }

    private static Instant time(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw new ApiException(ApiException.BAD_REQUEST, "expires_at",
                    "expires_at must be a time with an offset, for instance 2030-01-31T12:00:00Z.");
        }
    }

    private Reply get(ApiCall call) {
        UUID user = user(call);
        return Reply.ok("api_key", call.engine().apiKeys().list(Optional.of(user)).stream()
                .filter(key -> key.id().toString().equals(call.part("key_id"))).findFirst().map(Documents::key)
                .orElseThrow(() -> unknown(call)), "API key retrieved successfully");
    }

    private static ApiException unknown(ApiCall call) {
        return ApiException.unknown("API key", "key_id", call.part("key_id"));
    }

    private Reply revoke(ApiCall call) {
        UUID user = user(call);
        UUID key = Lookups.id(call.part("key_id")).orElseThrow(() -> unknown(call));
        if (!call.engine().apiKeys().revoke(Optional.of(user), key)) {
            throw unknown(call);
        }
        onRevoke.run();
        return Reply.ok("key_id", key.toString(), "API key deleted successfully");
    }
}
