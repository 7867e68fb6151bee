package dev.memfuse.server;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Set;

import dev.memfuse.engine.exception.EngineException;

/// How a server listens and what it permits.
///
/// @param bind address or name of this machine to listen on
/// @param port port, 0..65535; 0 selects a free one
/// @param hosts further names by which clients may address the server; see [HostCheck]
/// @param keysRequired whether clients need an API key on a loopback address too
/// @param requestsPerMinute maximum number of requests of one key, or of one address without a key; 0 sets none
/// @param concurrent maximum number of requests at a time, at least 1
/// @param timeout maximum time of a request
/// @param deleteAnswers whether the deletion of a user answers 200 with a body to every client
public record ServerSettings(String bind, int port, Set<String> hosts, boolean keysRequired, int requestsPerMinute,
        int concurrent, Duration timeout, boolean deleteAnswers) {
    /// Listens on the loopback address only.
    public static final String LOOPBACK = "127.0.0.1";
    private static final int CONCURRENT = 256;
    private static final int KEYED_REQUESTS = 20_000;
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    public ServerSettings {
        hosts = Set.copyOf(hosts);
    }

    /// Returns the settings of a server for this machine, without keys and a limit of requests.
    public static ServerSettings loopback(int port) {
        return new ServerSettings(LOOPBACK, port, Set.of(), false, 0, CONCURRENT, TIMEOUT, false);
    }

    /// Returns the settings of a server at an address, with the usual limits.
    ///
    /// @throws IllegalArgumentException when the address is unknown
    public static ServerSettings at(String bind, int port, boolean keysRequired) {
        ServerSettings settings = new ServerSettings(bind, port, Set.of(), keysRequired, 0, CONCURRENT, TIMEOUT, false);
        return settings.withRequestsPerMinute(settings.usualRequestsPerMinute());
    }

    /// Returns the usual limit of requests: none where clients need no key.
    ///
    /// @throws IllegalArgumentException when the address is unknown
    public int usualRequestsPerMinute() {
        return needsKeys() ? KEYED_REQUESTS : 0;
    }

    /// Returns the settings with keys required.
    public ServerSettings withKeys() {
        return new ServerSettings(bind, port, hosts, true, requestsPerMinute, concurrent, timeout, deleteAnswers);
    }

    /// Returns the settings with a limit of requests.
    public ServerSettings withRequestsPerMinute(int requests) {
        return new ServerSettings(bind, port, hosts, keysRequired, requests, concurrent, timeout, deleteAnswers);
    }

    /// Returns the address.
    ///
    /// @throws IllegalArgumentException when the name is unknown; the message is a sentence for the user
    InetAddress address() {
        try {
            return InetAddress.getByName(bind);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("The address '" + bind + "' is unknown. Use an address of this machine, "
                    + "for instance 127.0.0.1 or 0.0.0.0.", e);
        }
    }

    /// Returns whether only this machine reaches the server.
    public boolean isLoopback() {
        return address().isLoopbackAddress();
    }

    /// Returns whether clients need a key.
    public boolean needsKeys() {
        return keysRequired || !isLoopback();
    }

    /// Checks that the port is free, so that a server that cannot start says so before the engine starts.
    ///
    /// @throws IllegalArgumentException when the address is unknown
    /// @throws EngineException when the port is in use, or the address is not of this machine
    public void requireFreePort() {
        InetAddress address = address();
        try (ServerSocket socket = new ServerSocket()) {
            // As the server does: connections of an earlier server that are not quite closed do not count.
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(address, port));
        } catch (IOException e) {
            throw refused(e);
        }
    }

    /// Returns the failure to listen, as a sentence.
    EngineException refused(IOException e) {
        String cause = String.valueOf(e.getMessage());
        if (e instanceof BindException && cause.contains("Address already in use")) {
            return new EngineException("Port " + port + " of " + bind + " is in use. Stop the program that uses it, or "
                    + "choose another port.", cause, e);
        }
        if (e instanceof BindException && cause.contains("Permission denied")) {
            return new EngineException("This account may not listen on port " + port + ". Choose one above 1023.",
                    cause, e);
        }
        return new EngineException("The server cannot listen on " + bind + ", port " + port + ". Use an address of "
                + "this machine, for instance 127.0.0.1 or 0.0.0.0.", cause, e);
    }
}
