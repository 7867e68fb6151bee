package dev.memfuse.store.sql;

import java.sql.Connection;
import java.sql.ParameterMetaData;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.postgresql.util.PGobject;

/// Statements of requests, whose plan on a cluster must lead to one shard. The tests check every statement by its text;
/// these are explained on the cluster itself.
public final class RouterStatements {
    private static final Pattern TASKS = Pattern.compile("\\s*Task Count: (\\d+)\\s*");
    private static final Map<String, String> STATEMENTS = statements();

    private RouterStatements() {}

    private static Map<String, String> statements() {
        Map<String, String> named = new LinkedHashMap<>();
        named.put("advance a session", DistributedRoundSql.ADVANCE);
        named.put("store a round", DistributedRoundSql.ROUNDS.text(6, 1));
        named.put("store a message", DistributedRoundSql.MESSAGES.text(9, 1));
        named.put("list the oldest messages", MessageSql.LIST_OLDEST);
        named.put("list the newest messages", MessageSql.LIST_NEWEST);
        named.put("read the texts of a query", ErasureSql.CURRENT);
        named.put("take work from the list", WorkSql.CLAIM);
        named.put("read messages without a vector", MessageVectorSql.PAGE);
        named.put("store a vector", MessageVectorSql.STORE);
        named.put("store a fact", FactSql.INSERT);
        named.put("supersede a fact", FactSql.SUPERSEDE);
        named.put("store an episode", LayerSql.INSERT_EPISODE);
        named.put("create an agent", DirectorySql.INSERT_AGENT);
        named.put("create a session", DirectorySql.INSERT_SESSION);
        named.put("note a deletion", ErasureSql.ADVANCE);
        return named;
    }

    /// Returns the number of statements.
    public static int count() {
        return STATEMENTS.size();
    }

    /// Explains each statement and returns a sentence for each whose plan is not one task.
    public static List<String> spanning(Connection connection) throws SQLException {
        List<String> sentences = new ArrayList<>();
        for (Map.Entry<String, String> statement : STATEMENTS.entrySet()) {
            int tasks = tasks(explain(connection, statement.getValue()));
            if (tasks != 1) {
                sentences.add("The statement to " + statement.getKey() + (tasks == 0
                        ? " is not sent to a shard: its plan has no tasks."
                        : " is sent to " + tasks + " shards, not to one."));
            }
        }
        return sentences;
    }

    /// Returns the number of tasks of a plan that Citus prints; 0 when it prints none, and the sum of several parts.
    static int tasks(List<String> plan) {
        int tasks = 0;
        for (String line : plan) {
            Matcher matcher = TASKS.matcher(line);
            if (matcher.matches()) {
                tasks += Integer.parseInt(matcher.group(1));
            }
        }
        return tasks;
    }

    private static List<String> explain(Connection connection, String sql) throws SQLException {
        try (PreparedStatement typed = connection.prepareStatement(sql);
                PreparedStatement explained = connection.prepareStatement("EXPLAIN (COSTS OFF) " + sql)) {
            ParameterMetaData parameters = typed.getParameterMetaData();
            for (int i = 1; i <= parameters.getParameterCount(); i++) {
                explained.setObject(i, value(parameters.getParameterTypeName(i)));
            }
            return Statements.query(explained, row -> row.getString(1));
        }
    }

    private static PGobject value(String type) throws SQLException {
        PGobject value = new PGobject();
        value.setType(type);
        value.setValue(switch (type) {
            case "uuid" -> "00000000-0000-7000-8000-000000000000";
            case "timestamptz", "timestamp" -> "2026-01-01 00:00:00+00";
            case "bool" -> "false";
            case "interval" -> "1 s";
            case "text", "varchar" -> "m1";
            default -> type.startsWith("_") ? "{}" : "1";
        });
        return value;
    }
}
