package dev.memfuse.store.sql;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import dev.memfuse.store.sql.ParseTree.Node;
import org.jspecify.annotations.Nullable;

/// Finds relations with a column `user_id` that a statement does not bind to a parameter of their own. A database
/// that is distributed by user sends such a statement to one node; it does not infer the user from a join in every
/// case.
///
/// PostgreSQL itself parses the statement: as the body of a function, whose parse tree the catalog shows. So names are
/// resolved, and the form of the condition does not matter.
final class UserScope {
    private static final String PREPARED = "lint_statement";
    private static final int RELATION = 0;
    private static final int SUBQUERY = 1;
    private static final int VALUES = 5;
    private static final int INSERT = 3;
    /// UPDATE and DELETE.
    private static final Set<Integer> CHANGES = Set.of(2, 4);
    private static final int LEFT_JOIN = 1;
    private static final int FULL_JOIN = 2;
    private static final int RIGHT_JOIN = 3;

    private final Connection connection;
    /// Number of the column `user_id` and name, by the number of the relation.
    private final Map<Integer, UserColumn> userColumns = new HashMap<>();
    private final Map<Integer, Character> volatilities = new HashMap<>();
    private final int equality;

    private record UserColumn(String relation, int column) {}

    /// @param connection to a database with the schema; used by each check
    UserScope(Connection connection) throws SQLException {
        this.connection = connection;
        Statements.query(connection, row -> userColumns.put(row.getInt(1),
                new UserColumn(row.getString(2), row.getInt(3))),
                "SELECT c.oid::int, c.relname, a.attnum FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid "
                        + "WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v') "
                        + "AND a.attname = 'user_id'");
        Statements.query(connection, row -> volatilities.put(row.getInt(1), row.getString(2).charAt(0)),
                "SELECT oid::int, provolatile FROM pg_proc WHERE provolatile <> 'i'");
        equality = Statements.query(connection, row -> row.getInt(1), "SELECT '=(uuid,uuid)'::regoperator::oid::int")
                .getFirst();
    }

    /// Returns what Citus refuses in the `UPDATE` and `DELETE` of a statement: volatile functions, stable functions of
    /// columns, and either inside `CASE` and `COALESCE`, since it evaluates them before it sends the statement.
    List<String> refusedByCitus(String sql) throws SQLException {
        List<String> found = new ArrayList<>();
        tree(sql).nodes().filter(node -> node.is("QUERY") && CHANGES.contains(node.number("commandType")))
                .flatMap(query -> Stream.of("targetList", "jointree", "returningList")
                        .flatMap(field -> Objects.requireNonNull(query.fields().get(field)).nodes()))
                .forEach(node -> refused(node).ifPresent(found::add));
        return found;
    }

    private Optional<String> refused(Node node) {
        char volatility = volatility(node);
        if (volatility == 'v') {
            return Optional.of("a volatile function");
        }
        if (volatility == 's' && node.nodes().anyMatch(part -> part.is("VAR"))) {
            return Optional.of("a stable function of a column");
        }
        boolean choice = node.is("CASEEXPR") || node.is("COALESCEEXPR");
        return choice && node.nodes().anyMatch(part -> volatility(part) != 'i')
                ? Optional.of("a function that is not immutable, in CASE or COALESCE")
                : Optional.empty();
    }

    private char volatility(Node node) {
        int function = node.is("FUNCEXPR") ? node.number("funcid") : node.is("OPEXPR") ? node.number("opfuncid") : 0;
        return volatilities.getOrDefault(function, 'i');
    }

    /// Returns the names of the relations that no parameter binds, with their place in the statement.
    ///
    /// @param sql a query or a change of rows, parameters written as `$1`
    List<String> unbound(String sql) throws SQLException {
        List<String> found = new ArrayList<>();
        tree(sql).nodes().filter(node -> node.is("QUERY")).forEach(query -> check(query, found));
        return found;
    }

    private ParseTree.Value tree(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("PREPARE " + PREPARED + " AS " + sql);
            String types = Statements.query(connection, row -> row.getString(1),
                    "SELECT array_to_string(parameter_types::text[], ', ') FROM pg_prepared_statements WHERE name = ?",
                    PREPARED).getFirst();
            statement.execute("DEALLOCATE " + PREPARED);
            statement.execute("CREATE FUNCTION pg_temp." + PREPARED + "(" + types
                    + ") RETURNS void LANGUAGE sql BEGIN ATOMIC " + sql + "; END");
            String body = Statements.query(connection, row -> row.getString(1), "SELECT prosqlbody::text FROM pg_proc "
                    + "WHERE proname = ? AND pronamespace = pg_my_temp_schema()", PREPARED).getFirst();
            statement.execute("DROP FUNCTION pg_temp." + PREPARED);
            return ParseTree.read(body);
        }
    }

    private void check(Node query, List<String> found) {
        List<Node> relations = query.list("rtable");
        Set<Integer> bound = bound(query);
        int target = query.number("resultRelation");
        boolean inserts = query.number("commandType") == INSERT;
        int excluded = query.node("onConflict").map(conflict -> conflict.number("exclRelIndex")).orElse(0);
        for (int at = 1; at <= relations.size(); at++) {
            UserColumn column = userColumn(relations.get(at - 1));
            if (column == null || at == excluded) {
                continue;
            }
            boolean ofOneUser = (inserts && at == target) ? inserted(query, column.column()) : bound.contains(at);
            if (!ofOneUser) {
                found.add(column.relation());
            }
        }
    }

    private @Nullable UserColumn userColumn(Node relation) {
        return relation.number("rtekind") == RELATION ? userColumns.get(relation.number("relid")) : null;
    }

    private boolean isUser(Node relation, int column) {
        UserColumn user = userColumn(relation);
        return user != null && user.column() == column;
    }

    /// Returns the relations of a query that a condition `user_id = parameter` binds.
    private Set<Integer> bound(Node query) {
        Set<Integer> bound = new HashSet<>();
        query.node("jointree").ifPresent(tree -> collect(query, tree, bound));
        return bound;
    }

    /// Adds the relations that the conditions of a part of `FROM` bind. The condition of an outer join holds for the
    /// rows of its optional side only.
    private void collect(Node query, Node part, Set<Integer> bound) {
        if (part.is("FROMEXPR")) {
            part.list("fromlist").forEach(each -> collect(query, each, bound));
            bound.addAll(conditions(query, part));
        } else if (part.is("JOINEXPR")) {
            Node left = part.node("larg").orElseThrow();
            Node right = part.node("rarg").orElseThrow();
            collect(query, left, bound);
            collect(query, right, bound);
            Set<Integer> named = conditions(query, part);
            switch (part.number("jointype")) {
                case LEFT_JOIN -> named.retainAll(members(right));
                case RIGHT_JOIN -> named.retainAll(members(left));
                case FULL_JOIN -> named.clear();
                default -> {
                    // An inner join: its condition holds for both sides.
                }
            }
            bound.addAll(named);
        }
    }

    private static Set<Integer> members(Node part) {
        Set<Integer> members = new HashSet<>();
        part.nodes().filter(node -> node.is("RANGETBLREF")).forEach(node -> members.add(node.number("rtindex")));
        return members;
    }

    private Set<Integer> conditions(Node query, Node part) {
        Set<Integer> named = new HashSet<>();
        part.node("quals").ifPresent(condition -> conjuncts(condition).filter(each -> each.is("OPEXPR")
                && each.number("opno") == equality).forEach(each -> bind(query, each, named)));
        return named;
    }

    /// Returns the conditions that all must hold.
    private static Stream<Node> conjuncts(Node condition) {
        boolean and = condition.is("BOOLEXPR")
                && condition.fields().get("boolop") instanceof ParseTree.Word word && word.text().equals("and");
        return and
                ? condition.list("args").stream().flatMap(UserScope::conjuncts)
                : Stream.of(condition);
    }

    private void bind(Node query, Node equation, Set<Integer> named) {
        List<Node> sides = equation.list("args");
        for (int side = 0; side < 2; side++) {
            Node column = sides.get(side);
            if (sides.get(1 - side).is("PARAM") && column.is("VAR") && column.number("varlevelsup") == 0) {
                int at = column.number("varno");
                if (isUser(query.list("rtable").get(at - 1), column.number("varattno"))) {
                    named.add(at);
                }
            }
        }
    }

    /// Returns whether the inserted rows have a parameter as their user, or the user of a relation that is bound.
    private boolean inserted(Node query, int column) {
        return ofOneUser(query, column);
    }

    private boolean ofOneUser(Node source, int column) {
        Optional<Node> value = source.list("targetList").stream()
                .filter(entry -> entry.number("resno") == column).findFirst().flatMap(entry -> entry.node("expr"));
        return value.isPresent() && ofOneUser(source, value.get());
    }

    private boolean ofOneUser(Node query, Node value) {
        if (value.is("PARAM")) {
            return true;
        }
        if (!value.is("VAR") || value.number("varlevelsup") != 0) {
            return false;
        }
        Node relation = query.list("rtable").get(value.number("varno") - 1);
        int column = value.number("varattno");
        return switch (relation.number("rtekind")) {
            case RELATION -> isUser(relation, column) && bound(query).contains(value.number("varno"));
            case SUBQUERY -> ofOneUser(relation.node("subquery").orElseThrow(), column);
            case VALUES -> rows(relation).allMatch(row -> row.get(column - 1).is("PARAM"));
            default -> false;
        };
    }

    private static Stream<List<Node>> rows(Node relation) {
        ParseTree.Value lists = relation.fields().get("values_lists");
        return lists instanceof ParseTree.Items items
                ? items.values().stream().map(ParseTree.Items.class::cast)
                        .map(row -> row.values().stream().map(Node.class::cast).toList())
                : Stream.empty();
    }
}
