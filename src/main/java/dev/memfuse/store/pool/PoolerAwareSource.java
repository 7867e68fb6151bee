package dev.memfuse.store.pool;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.postgresql.ds.PGSimpleDataSource;

/// Sends the driver's settings of a session with its login, and sets them afterwards where a pooler refuses them there.
/// Behind a pooler a `SET` reaches one of several sessions, and stays for others. Thread-safe.
final class PoolerAwareSource extends PGSimpleDataSource {
    private static final String EARLIEST_SERVER = "15";
    private static final String REFUSED = "startup parameter";
    /// Addresses of poolers that refused.
    private static final Set<String> REFUSING = ConcurrentHashMap.newKeySet();

    private final String address;

    PoolerAwareSource(String url) {
        setURL(url);
        address = url;
        if (!REFUSING.contains(url)) {
            setAssumeMinServerVersion(EARLIEST_SERVER);
        }
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        try {
            return super.getConnection(user, password);
        } catch (SQLException e) {
            if (!String.valueOf(e.getMessage()).contains(REFUSED) || !REFUSING.add(address)) {
                throw e;
            }
            setAssumeMinServerVersion(null);
            return super.getConnection(user, password);
        }
    }
}
