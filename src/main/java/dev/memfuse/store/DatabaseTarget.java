package dev.memfuse.store;

/// Where the database is and who logs in. Never printed with its password.
///
/// @param url JDBC URL without credentials
/// @param user role to log in as; empty leaves it to the driver (its password file and environment)
/// @param password of the role; empty leaves it to the driver
public record DatabaseTarget(String url, String user, String password) {
    @Override
    public String toString() {
        return "DatabaseTarget[url=" + url + ", user=" + user + ", password=***]";
    }
}
