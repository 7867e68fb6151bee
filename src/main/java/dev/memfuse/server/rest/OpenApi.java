package dev.memfuse.server.rest;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The OpenAPI description of the routes, made from the routes themselves.
final class OpenApi {
    private static final Pattern PARAMETER = Pattern.compile("\\{(\\w+)}");

    private OpenApi() {}

    /// @param version version of the program
    static byte[] document(List<Route> routes, String version) {
        Map<String, Object> schemas = new LinkedHashMap<>();
        schemas.put("Envelope", envelope());
        schemas.put("Violations", Map.of("type", "object", "required", List.of("detail"), "properties",
                Map.of("detail", Map.of("type", "array", "items", Map.of("type", "object")))));
        Map<String, Map<String, Object>> paths = new LinkedHashMap<>();
        for (Route route : routes) {
            route.body().ifPresent(body -> schemas.put(body.name(), body.schema()));
            paths.computeIfAbsent(route.path(), _ -> new LinkedHashMap<>())
                    .put(route.method().toLowerCase(Locale.ROOT), operation(route));
        }
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("openapi", "3.1.0");
        document.put("info", Map.of("title", "MemFuse", "version", version));
        document.put("paths", paths);
        document.put("components", Map.of("schemas", schemas, "securitySchemes",
                Map.of("bearer", Map.of("type", "http", "scheme", "bearer"), "key",
                        Map.of("type", "apiKey", "in", "header", "name", "X-API-Key"))));
        document.put("security", List.of(Map.of(), Map.of("bearer", List.of()), Map.of("key", List.of())));
        return Envelope.json(document);
    }

    private static Map<String, Object> envelope() {
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("status", Map.of("type", "string", "enum", List.of("success", "error")));
        properties.put("code", Map.of("type", "integer"));
        properties.put("data", Map.of("type", List.of("object", "null")));
        properties.put("message", Map.of("type", "string"));
        properties.put("errors", Map.of("type", List.of("array", "null")));
        return Map.of("type", "object", "properties", properties, "required", List.copyOf(properties.keySet()));
    }

    private static Map<String, Object> operation(Route route) {
        Map<String, Object> operation = new LinkedHashMap<>();
        operation.put("operationId", route.id());
        operation.put("summary", route.summary());
        operation.put("parameters", parameters(route));
        route.body().ifPresent(body -> operation.put("requestBody", Map.of("required", true, "content",
                content("#/components/schemas/" + body.name()))));
        Map<String, Object> responses = new LinkedHashMap<>();
        String success = Integer.toString(route.status());
        responses.put(success, route.status() == Reply.NO_CONTENT
                ? Map.of("description", "Success")
                : Map.of("description", route.status() < ApiException.BAD_REQUEST ? "Success" : "Not implemented",
                        "content", route.produces().equals(Envelope.MEDIA_TYPE)
                                ? content("#/components/schemas/Envelope")
                                : Map.of(route.produces(), Map.of("schema", Map.of("type", "string")))));
        if (route.body().isPresent()) {
            responses.put("422", Map.of("description", "The body violates its model", "content",
                    content("#/components/schemas/Violations")));
        }
        responses.put("default", Map.of("description", "Error", "content", content("#/components/schemas/Envelope")));
        operation.put("responses", responses);
        return operation;
    }

    private static Map<String, Object> content(String reference) {
        return Map.of(Envelope.MEDIA_TYPE, Map.of("schema", Map.of("$ref", reference)));
    }

    private static List<Map<String, Object>> parameters(Route route) {
        List<Map<String, Object>> parameters = new ArrayList<>();
        Matcher names = PARAMETER.matcher(route.path());
        while (names.find()) {
            parameters.add(Map.of("name", names.group(1), "in", "path", "required", true, "schema",
                    Map.of("type", "string")));
        }
        route.parameters().forEach(parameter -> parameters.add(Map.of("name", parameter.name(), "in", "query",
                "required", false, "description", parameter.summary(), "schema", Map.of("type", parameter.type()))));
        return parameters;
    }
}
