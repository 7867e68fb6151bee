package dev.memfuse.store.server;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;

/// A database and who to log in as.
///
/// @param url JDBC URL without user and password
/// @param credentials for it
public record DatabaseLogin(String url, Credentials credentials) {
    private static final String CONNECT_SECONDS = "5";
    private static final String ANSWER_SECONDS = "10";

    /// One connection of its own, with short limits, outside every pool. The caller closes it.
    Connection open(String applicationName) throws SQLException {
        Properties properties = credentials.asProperties();
        properties.setProperty("connectTimeout", CONNECT_SECONDS);
        properties.setProperty("loginTimeout", ANSWER_SECONDS);
        properties.setProperty("socketTimeout", ANSWER_SECONDS);
        properties.setProperty("ApplicationName", applicationName);
        return DriverManager.getConnection(url, properties);
    }
}
