package dev.memfuse.bootstrap;

import java.net.URI;
import java.util.Optional;

import dev.memfuse.client.MemFuseClient;
import dev.memfuse.engine.exception.EngineException;
import dev.memfuse.load.generator.LoadSystem;
import dev.memfuse.load.remote.RemoteSystem;

/// A server with MemFuse's API that loads drive.
///
/// @param url its address
/// @param description one line for the user: version and address
record RemoteServer(String url, String description, MemFuseClient client, LoadSystem system) implements AutoCloseable {
    private static final String KEY = "MEMFUSE_API_KEY";

    /// Connects to a server, with the key of the environment if there is one.
    ///
    /// @throws EngineException when it does not answer
    static RemoteServer connect(URI target) {
        MemFuseClient client = new MemFuseClient(target,
                Optional.ofNullable(System.getenv(KEY)).filter(key -> !key.isBlank()));
        boolean answers = false;
        try {
            String version = client.version();
            answers = true;
            return new RemoteServer(target.toString(), "MemFuse " + version + " over HTTP at " + target, client,
                    new RemoteSystem(client));
        } finally {
            if (!answers) {
                client.close();
            }
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
