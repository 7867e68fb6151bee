package dev.memfuse.server;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Random requests made from an OpenAPI description: ids of several users in every place, and values that the models do
/// not permit.
final class HostileRequests {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Pattern PARAMETER = Pattern.compile("\\{\\w+}");
    private static final List<String> TEXTS = List.of("", " ", "x", "'; DROP TABLE users; --", "../../etc/passwd",
            "\u0000", "\ud83d\ude00", "\u202e", "%", "%00", "null", "a".repeat(3_000), "<script>", "${jndi:ldap://x}",
            "00000000-0000-0000-0000-000000000000", "1e999", "{\"a\":1}", "&name=x", "+", "\\", "\u00e9", "user",
            "vector", "asc", "id");
    private static final List<String> VALUES = List.of("null", "true", "0", "-1", "5", "1e308", "-1e308",
            "123456789012345678901234567890", "1.5", "[]", "{}", "[null]", "[[]]", "\"\\ud800\"", "[1,2]",
            "[\"x\",\"x\"]", "[{}]", "{\"role\":\"user\"}", "\"\\u0000\"");

    private final JsonNode description;
    private final List<Operation> operations = new ArrayList<>();
    private final Random random;
    private Map<String, String> own = Map.of();

    /// An operation of the description.
    private record Operation(String method, String path, JsonNode description) {}

    /// A request.
    record Made(String id, String method, String path, @Nullable String body) {}

    HostileRequests(JsonNode description, long seed) {
        this.description = description;
        random = new Random(seed);
        description.get("paths").forEachEntry((path, methods) -> methods.forEachEntry(
                (method, operation) -> operations.add(new Operation(method.toUpperCase(Locale.ROOT), path,
                        operation))));
    }

    private <T> T any(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    /// @param ids ids to use beside made-up ones
    /// @param own values that make a request succeed, by the name of their parameter or field
    Made next(List<String> ids, Map<String, String> own) {
        this.own = own;
        Operation operation = any(operations);
        Matcher names = PARAMETER.matcher(operation.path());
        String path = names.replaceAll(
                name -> Matcher.quoteReplacement(encode(text(name.group().replaceAll("[{}]", ""), ids))));
        List<String> query = new ArrayList<>();
        for (JsonNode parameter : operation.description().get("parameters")) {
            if (parameter.get("in").stringValue().equals("query") && random.nextBoolean()) {
                query.add(parameter.get("name").stringValue() + "=" + encode(text(ids)));
            }
        }
        JsonNode body = operation.description().get("requestBody");
        return new Made(operation.description().get("operationId").stringValue(), operation.method(),
                path + (random.nextInt(4) == 0 ? "/" : "") + (query.isEmpty() ? "" : "?" + String.join("&", query)),
                body == null && random.nextInt(5) > 0 ? null : body(body, ids));
    }

    private static String encode(String text) {
        return text.isEmpty() ? "-" : URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private String text(String name, List<String> ids) {
        return own.containsKey(name) && random.nextInt(3) > 0 ? own.get(name) : text(ids);
    }

    private String text(List<String> ids) {
        return random.nextInt(10) < 7 ? any(ids) : any(TEXTS);
    }

    private String body(@Nullable JsonNode body, List<String> ids) {
        if (body == null) {
            return any(VALUES);
        }
        String reference = body.get("content").get("application/json").get("schema").get("$ref").stringValue();
        JsonNode schema = description.get("components").get("schemas")
                .get(reference.substring(reference.lastIndexOf('/') + 1));
        String text = value("", schema, ids, 0);
        return switch (random.nextInt(20)) {
            case 0 -> text.substring(0, text.length() / 2);
            case 1 -> any(VALUES);
            case 2 -> "[".repeat(2_000);
            default -> text;
        };
    }

    private String value(String name, JsonNode schema, List<String> ids, int depth) {
        if (random.nextInt(10) == 0 || depth > 3) {
            return any(VALUES);
        }
        JsonNode type = schema.get("type");
        return switch (type.isArray() ? type.get(0).stringValue() : type.stringValue()) {
            case "object" -> object(schema, ids, depth);
            case "array" -> {
                List<String> elements = new ArrayList<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    elements.add(value(name, schema.get("items"), ids, depth + 1));
                }
                yield elements.toString();
            }
            case "integer" -> Integer.toString(random.nextInt(20) - 5);
            case "boolean" -> Boolean.toString(random.nextBoolean());
            default -> schema.has("enum") && random.nextInt(4) > 0
                    ? schema.get("enum").get(0).toString()
                    : JSON.writeValueAsString(text(name, ids));
        };
    }

    private String object(JsonNode schema, List<String> ids, int depth) {
        Map<String, String> fields = new HashMap<>();
        if (schema.has("properties")) {
            schema.get("properties").forEachEntry((name, field) -> {
                if (random.nextInt(6) > 0) {
                    fields.put(name, value(name, field, ids, depth + 1));
                }
            });
        }
        return "{" + String.join(",", fields.entrySet().stream().map(field -> "\"" + field.getKey() + "\":"
                + field.getValue()).toList()) + "}";
    }
}
