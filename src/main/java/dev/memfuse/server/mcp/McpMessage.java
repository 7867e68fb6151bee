package dev.memfuse.server.mcp;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import dev.memfuse.server.rest.ApiException;
import dev.memfuse.server.rest.Bodies;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A message of a client, checked before the protocol's library reads it: the library logs what it cannot read.
///
/// @param id id of a request; null for a notification
/// @param problem sentence about wrong parameters; empty when the library may read the message
record McpMessage(@Nullable JsonNode id, String problem) {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int INVALID_PARAMETERS = -32_602;
    private static final int MAX_NAME = 1_000;

    /// Reads a message.
    ///
    /// @throws ApiException when it is no request and no notification
    static McpMessage read(Bodies.Received body) {
        JsonNode message;
        try {
            message = body.parse();
        } catch (JacksonException e) {
            throw none();
        }
        JsonNode id = message.get("id");
        if (!message.isObject() || !message.path("jsonrpc").asString("").equals("2.0")
                || !isShort(message.path("method")) || !(id == null || isShort(id) || id.isIntegralNumber())) {
            throw none();
        }
        return new McpMessage(id, problem(message));
    }

    /// Ids and methods are answered, and the library logs some of them.
    private static boolean isShort(JsonNode text) {
        return text.isString() && text.stringValue().length() <= MAX_NAME;
    }

    private static ApiException none() {
        return new ApiException(ApiException.BAD_REQUEST, "The body must be one request or notification in JSON-RPC "
                + "2.0.");
    }

    private static String problem(JsonNode message) {
        JsonNode parameters = message.path("params");
        if (!parameters.isMissingNode() && !parameters.isNull() && !parameters.isObject()) {
            return "params must be an object.";
        }
        if (message.path("method").stringValue().equals("tools/call")) {
            JsonNode arguments = parameters.path("arguments");
            if (!parameters.path("name").isString()) {
                return "params.name must be the name of a tool.";
            }
            if (!arguments.isMissingNode() && !arguments.isNull() && !arguments.isObject()) {
                return "params.arguments must be an object.";
            }
        }
        return "";
    }

    /// Returns the answer to a request that was not carried out; empty for a notification, which has none.
    Optional<byte[]> refusal(String sentence) {
        if (id == null) {
            return Optional.empty();
        }
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("jsonrpc", "2.0");
        answer.put("id", id);
        answer.put("error", Map.of("code", INVALID_PARAMETERS, "message", sentence));
        return Optional.of(JSON.writeValueAsString(answer).getBytes(StandardCharsets.UTF_8));
    }
}
