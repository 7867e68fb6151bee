package dev.memfuse.store.pool;

import java.util.Optional;

import dev.memfuse.config.schema.DatabaseUrl;
import dev.memfuse.metrics.WorkStats;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/// Address of a database and the credentials for it. Its text omits the password.
///
/// @param url JDBC URL without credentials, with one host or several; of several the primary server is used, unless the
///        parameter `targetServerType` chooses otherwise
/// @param user role to log in as; empty leaves it to the driver (its password file and environment)
/// @param password of the role; empty leaves it to the driver
/// @param path path of connections to the servers; null for the direct one
/// @param readOnly whether the program only reads the database
public record DatabaseTarget(String url, String user, String password,
        RoutedSocketFactory.@Nullable Registered path, boolean readOnly) {
    /// Creates a target with direct connections, for reading and writing.
    public DatabaseTarget(String url, String user, String password) {
        this(url, user, password, null, false);
    }

    /// Returns the same target for reading only, or for reading and writing.
    public DatabaseTarget readOnly(boolean only) {
        return new DatabaseTarget(url, user, password, path, only);
    }

    /// Returns the same target with another path of its connections. An address with a socket factory of its own
    /// (parameter `socketFactory`) keeps that one.
    ///
    /// @param route chooses the address of each connection
    /// @param work counts the traffic
    public DatabaseTarget through(SocketRoute route, WorkStats work) {
        return new DatabaseTarget(url, user, password, RoutedSocketFactory.register(route, work), readOnly);
    }

    /// Returns a source of connections to this database. Empty credentials are not set, so that the driver uses its
    /// password file.
    public PGSimpleDataSource connections(String applicationName) {
        PGSimpleDataSource source = new PoolerAwareSource(url);
        if (source.getServerNames().length > 1 && !namesServerType(url)) {
            source.setTargetServerType("primary");
        }
        source.setApplicationName(applicationName);
        // The server's detail repeats rows, and with them texts of messages, which belong in no log.
        source.setLogServerErrorDetail(false);
        // Each transaction begins as one that only reads, which holds behind a pooler too.
        source.setReadOnly(readOnly);
        if (path != null && source.getSocketFactory() == null) {
            source.setSocketFactory(RoutedSocketFactory.class.getName());
            source.setSocketFactoryArg(path.number());
        }
        if (!user.isEmpty()) {
            source.setUser(user);
        }
        if (!password.isEmpty()) {
            source.setPassword(password);
        }
        return source;
    }

    /// Returns whether the sockets of its connections tell for how long their users wait. One with a socket factory of
    /// the address does not.
    boolean tellsWaits() {
        return RoutedSocketFactory.class.getName().equals(connections("").getSocketFactory());
    }

    /// Returns whether the address has several hosts. Only the primary server among them is used, unless the address
    /// has a parameter `targetServerType`.
    public boolean hasSeveralHosts() {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setURL(url);
        return source.getServerNames().length > 1;
    }

    /// Returns the standbys among the hosts of the address, spread over them; empty when it has one host, or chooses
    /// the kind of server itself.
    Optional<DatabaseTarget> replicas() {
        return DatabaseUrl.canReadReplicas(url)
                ? Optional.of(new DatabaseTarget(url + (url.contains("?") ? "&" : "?")
                        + "targetServerType=secondary&loadBalanceHosts=true", user, password, path, readOnly))
                : Optional.empty();
    }

    private static boolean namesServerType(String url) {
        return url.contains("?targetServerType=") || url.contains("&targetServerType=");
    }

    @Override
    public String toString() {
        return "DatabaseTarget[url=" + DatabaseUrl.display(url) + ", user=" + user + ", password=***"
                + (readOnly ? ", read-only]" : "]");
    }
}
