package dev.memfuse.postgres.probe;

import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import dev.memfuse.config.schema.TypedText;
import dev.memfuse.store.pool.DatabaseTarget;

/// Describes a failed connection attempt in one sentence with a remedy. The sentence names user, host and database,
/// never a password.
public final class ConnectFailure {
    private static final int LONGEST_MESSAGE = 500;
    /// Message of the driver, without a cause, for a server that takes the connection and does not answer.
    private static final String LOGIN_TIMEOUT = "Connection attempt timed out";

    private final String address;
    private final String database;
    private final String user;
    private final boolean withoutEncryption;

    public ConnectFailure(DatabaseTarget target) {
        Map<String, String> parts = parts(target);
        this.address = addresses(parts.getOrDefault("PGHOST", "localhost"), parts.getOrDefault("PGPORT", "5432"));
        this.user = target.user().isEmpty() ? System.getProperty("user.name", "") : target.user();
        this.database = parts.getOrDefault("PGDBNAME", user);
        this.withoutEncryption = target.url().contains("sslmode=disable");
    }

    /// Returns the hosts with their ports, both as the driver writes them: in the same order, with commas.
    private static String addresses(String hosts, String ports) {
        String[] names = hosts.split(",", -1);
        String[] numbers = ports.split(",", -1);
        return IntStream.range(0, names.length)
                .mapToObj(i -> names[i] + ":" + numbers[Math.min(i, numbers.length - 1)])
                .collect(Collectors.joining(", "));
    }

    /// Returns host, port and database as the driver reads them from the URL.
    private static Map<String, String> parts(DatabaseTarget target) {
        var parts = new HashMap<String, String>();
        try {
            for (DriverPropertyInfo part : DriverManager.getDriver(target.url()).getPropertyInfo(target.url(),
                    new Properties())) {
                if (part.name.startsWith("PG") && part.value != null && !part.value.isEmpty()) {
                    parts.put(part.name, part.value);
                }
            }
        } catch (SQLException e) {
            // The driver cannot read the URL; the failure itself describes that.
            return Map.of();
        }
        return parts;
    }

    /// Returns the sentence for a failure.
    public String sentence(SQLException failure) {
        String state = failure.getSQLState() == null ? "" : failure.getSQLState();
        return switch (state) {
            case "28P01" ->
                "The password of user '" + user + "' was not accepted: set PGPASSWORD or correct the password file.";
            case "28000" -> "The server at " + address + " does not let user '" + user + "' into database '" + database
                    + "': " + (withoutEncryption
                            ? "remove sslmode=disable from the address, if the server asks for encryption, "
                            : "")
                    + "set PGUSER to another user, or have pg_hba.conf on the server allow it.";
            case "3D000" ->
                "There is no database '" + database + "' at " + address + ": create it there (CREATE DATABASE), "
                        + "or correct its name in the address.";
            case "57P03" -> "The server at " + address + " is starting or stopping: try again in a moment.";
            case "53300" ->
                "All connections of the server at " + address
                        + " are in use: close some, or raise its max_connections.";
            case "42501" -> "User '" + user + "' may not connect to database '" + database
                    + "': ask its owner for GRANT CONNECT.";
            case "08P01" -> protocol(failure);
            case "08004" -> rejected(failure);
            case "08001", "08006" -> unreachable(failure);
            default ->
                "The database at " + address + " refused: " + message(failure) + " (SQLState " + state + ").";
        };
    }

    private String protocol(SQLException failure) {
        return String.valueOf(failure.getMessage()).contains("startup parameter")
                ? "The pooler at " + address + " refuses a parameter of the connection: add it to its "
                        + "ignore_startup_parameters, or remove it from the address (" + message(failure) + ")."
                : "The program at " + address + " does not use PostgreSQL's protocol: check host and port.";
    }

    private String rejected(SQLException failure) {
        return String.valueOf(failure.getMessage()).contains("password")
                ? "The server at " + address + " asks user '" + user
                        + "' for a password and none is set: set PGPASSWORD, or add a "
                        + "line to the password file (PGPASSFILE or ~/.pgpass)."
                : "The server at " + address + " rejected the connection: " + message(failure);
    }

    /// Returns the text of the server or the driver in one line: any program can listen there.
    private static String message(SQLException failure) {
        StringBuilder visible = new StringBuilder();
        String.valueOf(failure.getMessage()).codePoints()
                .map(character -> TypedText.isVisible(character) ? character : ' ').forEach(visible::appendCodePoint);
        return TypedText.excerpt(visible.toString().strip(), LONGEST_MESSAGE);
    }

    private String unreachable(SQLException failure) {
        if (String.valueOf(failure.getMessage()).contains("targetServerType")) {
            return "None of the servers at " + address + " is the primary server: check the addresses, or make one of "
                    + "them the primary.";
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnknownHostException) {
                return "The host in " + address + " is unknown: check its spelling and the network.";
            }
            if (cause instanceof SocketTimeoutException
                    || String.valueOf(cause.getMessage()).contains(LOGIN_TIMEOUT)) {
                return "No answer from " + address + " within the timeout: check the network, firewalls and the port.";
            }
            if (cause instanceof ConnectException) {
                return "No server accepts connections at " + address
                        + ": start PostgreSQL there, or correct host and port.";
            }
        }
        return "The connection to " + address + " failed: " + message(failure);
    }
}
