package dev.memfuse.store.sql;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Reads PostgreSQL's text form of a parse tree, the type `pg_node_tree`: nodes `{LABEL :field value …}`, lists
/// `(value …)`, and single words.
final class ParseTree {
    private static final Pattern TOKEN = Pattern.compile(
            "\\s*([(){}]|\"(?:[^\"\\\\]|\\\\.)*\"|(?:[^\\s(){}\\\\]|\\\\.)+)",
            Pattern.DOTALL);

    private final Matcher tokens;

    private ParseTree(String text) {
        tokens = TOKEN.matcher(text);
    }

    /// A part of a tree.
    sealed interface Value {
        /// Returns the nodes inside this value, outermost first.
        Stream<Node> nodes();
    }

    /// A word: a number, a name, `<>` for null, or a byte.
    record Word(String text) implements Value {
        @Override
        public Stream<Node> nodes() {
            return Stream.empty();
        }
    }

    /// A list; also the value of a field that has several words.
    record Items(List<Value> values) implements Value {
        @Override
        public Stream<Node> nodes() {
            return values.stream().flatMap(Value::nodes);
        }
    }

    /// A node with its fields.
    record Node(String label, Map<String, Value> fields) implements Value {
        @Override
        public Stream<Node> nodes() {
            return Stream.concat(Stream.of(this), fields.values().stream().flatMap(Value::nodes));
        }

        boolean is(String other) {
            return label.equals(other);
        }

        /// Returns a field that holds one number.
        int number(String field) {
            return fields.get(field) instanceof Word word ? Integer.parseInt(word.text()) : 0;
        }

        /// Returns a field that holds a node; empty when it is null.
        Optional<Node> node(String field) {
            return fields.get(field) instanceof Node node ? Optional.of(node) : Optional.empty();
        }

        /// Returns the nodes of a field that holds a list of them; none when it is null.
        List<Node> list(String field) {
            return fields.get(field) instanceof Items items
                    ? items.values().stream().filter(Node.class::isInstance).map(Node.class::cast).toList()
                    : List.of();
        }
    }

    /// Reads a tree.
    static Value read(String text) {
        ParseTree tree = new ParseTree(text);
        return tree.value(tree.next());
    }

    private String next() {
        if (!tokens.find()) {
            throw new IllegalArgumentException("The parse tree ends too early.");
        }
        return tokens.group(1);
    }

    private Value value(String token) {
        return switch (token) {
            case "{" -> node();
            case "(" -> items();
            default -> new Word(token);
        };
    }

    private Items items() {
        List<Value> values = new ArrayList<>();
        for (String token = next(); !token.equals(")"); token = next()) {
            values.add(value(token));
        }
        return new Items(values);
    }

    private Node node() {
        String label = next();
        Map<String, Value> fields = new LinkedHashMap<>();
        String token = next();
        while (!token.equals("}")) {
            String field = token.substring(1);
            List<Value> values = new ArrayList<>();
            for (token = next(); !token.equals("}") && !token.startsWith(":"); token = next()) {
                values.add(value(token));
            }
            fields.put(field, values.size() == 1 ? values.getFirst() : new Items(values));
        }
        return new Node(label, fields);
    }
}
