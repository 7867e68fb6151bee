package dev.memfuse.postgres.embedded;

import java.nio.file.Path;

/// Where the files of one database cluster lie. Only [#cluster] belongs to PostgreSQL.
///
/// @param root the folder the user named, or a throw-away one
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
