package dev.memfuse.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;

import dev.memfuse.background.BackgroundThreads;
import dev.memfuse.config.MemFuseConfig;
import dev.memfuse.config.schema.ConfigValues;
import dev.memfuse.config.schema.LiveTunables;
import dev.memfuse.config.yaml.ConfigLoader;
import dev.memfuse.metrics.MetricsHub;

/// A server on loopback, and a network in front of it.
final class ProxiedServer implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 20_000;

    private final ServerSocket listener = new ServerSocket(0, 1_024, InetAddress.getLoopbackAddress());
    private final ExecutorService threads = BackgroundThreads.virtualPerTask("test-server");
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    final LiveTunables tunables;
    final MetricsHub metrics = new MetricsHub(Clock.systemUTC());
    final NetworkService network;

    /// What the server does with a connection.
    @FunctionalInterface
    interface Handler {
        void serve(Socket socket) throws IOException;
    }

    /// @param settings of the network, each `key=value`
    ProxiedServer(Handler handler, String... settings) throws IOException {
        tunables = new LiveTunables(new ConfigLoader().withOverrides(List.of(settings)).load());
        network = new NetworkService(tunables, metrics);
        threads.execute(() -> accept(handler));
    }

    /// A server that sends back what it receives, and ends a stream when its client does.
    static ProxiedServer echo(String... settings) throws IOException {
        return new ProxiedServer(socket -> {
            socket.getInputStream().transferTo(socket.getOutputStream());
            socket.shutdownOutput();
        }, settings);
    }

    private void accept(Handler handler) {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                socket.setTcpNoDelay(true);
                sockets.add(socket);
                threads.execute(() -> serve(handler, socket));
            } catch (IOException e) {
                // The test has ended.
                return;
            }
        }
    }

    private static void serve(Handler handler, Socket socket) {
        try {
            handler.serve(socket);
        } catch (IOException e) {
            // The connection was broken, as some tests want it.
        }
    }

    InetSocketAddress address() {
        return (InetSocketAddress) listener.getLocalSocketAddress();
    }

    /// Returns the server's end of the connections so far.
    List<Socket> sockets() {
        return sockets;
    }

    /// Connects through the network.
    Socket connect() throws IOException {
        Socket socket = new Socket();
        try {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.connect(network.route(address()));
            sockets.add(socket);
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    void set(String key, String value) {
        tunables.apply("test", config -> {
            MemFuseConfig changed = ConfigValues.with(config, key, ConfigValues.parse(key, value));
            return changed;
        });
    }

    /// Sends a byte and waits for its echo.
    ///
    /// @return the nanoseconds
    static long roundTrip(Socket socket) {
        try {
            long begin = System.nanoTime();
            socket.getOutputStream().write(1);
            if (socket.getInputStream().read() != 1) {
                throw new IOException("no echo");
            }
            return System.nanoTime() - begin;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : sockets) {
            socket.close();
        }
        network.close();
        threads.shutdownNow();
    }
}
