package dev.memfuse.postgres.embedded;

import java.nio.file.Path;

/// Paths of the files of a server. Only [#cluster] belongs to PostgreSQL.
///
/// @param root folder of the server's data: the configured one or a temporary one
record ServerFolder(Path root) {
    Path cluster() {
        return root.resolve("cluster");
    }

    Path password() {
        return root.resolve("password");
    }

    Path port() {
        return root.resolve("port");
    }

    Path lock() {
        return root.resolve("instance.lock");
    }

    Path log() {
        return cluster().resolve("server.log");
    }
}
