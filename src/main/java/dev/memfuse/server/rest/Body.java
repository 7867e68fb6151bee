package dev.memfuse.server.rest;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import tools.jackson.databind.JsonNode;

/// A body that satisfies its [Model].
record Body(JsonNode node) {

    private Optional<JsonNode> value(String name) {
        return Optional.ofNullable(node.get(name)).filter(value -> !value.isNull());
    }

    Optional<String> text(String name) {
        return value(name).map(JsonNode::stringValue);
    }

    /// Returns a string that the model requires.
    String required(String name) {
        return text(name).orElseThrow();
    }

    /// Returns an integer of any size, cut to a range.
    int integer(String name, int otherwise, int min, int max) {
        return value(name).map(value -> {
            BigInteger number = value.isIntegralNumber()
                    ? value.bigIntegerValue()
                    : BigInteger.valueOf((long) value.doubleValue());
            return number.max(BigInteger.valueOf(min)).min(BigInteger.valueOf(max)).intValue();
        }).orElse(otherwise);
    }

    boolean flag(String name, boolean otherwise) {
        return value(name).map(JsonNode::booleanValue).orElse(otherwise);
    }

    List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        value(name).ifPresent(array -> array.forEach(element -> texts.add(element.stringValue())));
        return texts;
    }

    List<Body> bodies(String name) {
        List<Body> bodies = new ArrayList<>();
        value(name).ifPresent(array -> array.forEach(element -> bodies.add(new Body(element))));
        return bodies;
    }
}
