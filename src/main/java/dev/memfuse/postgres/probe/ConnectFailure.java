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

import dev.memfuse.store.pool.DatabaseTarget;

/// Puts the failure of a connection attempt into one sentence that says what to do. Names user, host and database,
/// never a password.
public final class ConnectFailure {
    private final String place;
    private final String database;
    private final String user;

    public ConnectFailure(DatabaseTarget target) {
        Map<String, String> parts = parts(target);
        this.place = parts.getOrDefault("PGHOST", "localhost") + ":" + parts.getOrDefault("PGPORT", "5432");
        this.user = target.user().isEmpty() ? System.getProperty("user.name", "") : target.user();
        this.database = parts.getOrDefault("PGDBNAME", user);
    }

    /// Host, port and database as the driver reads them from the URL.
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
            // Not a URL the driver reads: the failure itself says so.
            return Map.of();
        }
        return parts;
    }

    /// The sentence for this failure.
    public String sentence(SQLException failure) {
        String state = failure.getSQLState() == null ? "" : failure.getSQLState();
        return switch (state) {
            case "28P01" ->
                "The password of user '" + user + "' was not accepted: set PGPASSWORD or correct the password file.";
            case "28000" -> "The server at " + place + " does not let user '" + user + "' into database '" + database
                    + "': set PGUSER to another user, or have pg_hba.conf on the server allow it.";
            case "3D000" ->
                "There is no database '" + database + "' at " + place + ": create it there (CREATE DATABASE), "
                        + "or correct its name in the address.";
            case "57P03" -> "The server at " + place + " is starting or stopping: try again in a moment.";
            case "53300" ->
                "All connections of the server at " + place + " are taken: close some, or raise its max_connections.";
            case "42501" -> "User '" + user + "' may not connect to database '" + database
                    + "': ask its owner for GRANT CONNECT.";
            case "08P01" -> "What answers at " + place + " does not speak PostgreSQL's protocol: check host and port.";
            case "08004" -> rejected(failure);
            case "08001", "08006" -> unreachable(failure);
            default -> "The database at " + place + " refused: " + failure.getMessage() + " (SQLState " + state + ").";
        };
    }

    private String rejected(SQLException failure) {
        return String.valueOf(failure.getMessage()).contains("password")
                ? "The server at " + place + " asks user '" + user
                        + "' for a password and none is set: set PGPASSWORD, or add a "
                        + "line to the password file (PGPASSFILE or ~/.pgpass)."
                : "The server at " + place + " rejected the connection: " + failure.getMessage();
    }

    private String unreachable(SQLException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnknownHostException) {
                return "The host in " + place + " is not known: check its spelling and the network.";
            }
            if (cause instanceof SocketTimeoutException) {
                return "Nothing at " + place + " answered in time: check the network, firewalls and the port.";
            }
            if (cause instanceof ConnectException) {
                return "No server accepts connections at " + place
                        + ": start PostgreSQL there, or correct host and port.";
            }
        }
        return "The connection to " + place + " failed: " + failure.getMessage();
    }
}
