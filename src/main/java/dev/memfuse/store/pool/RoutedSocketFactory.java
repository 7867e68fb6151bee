package dev.memfuse.store.pool;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

import javax.net.SocketFactory;

import dev.memfuse.metrics.WorkStats;
import org.jspecify.annotations.Nullable;

/// Creates sockets whose connect follows a [SocketRoute]. The driver keeps the name of the server, which it needs for
/// certificates, the password file and the choice among several hosts; only the bytes take another path.
///
/// The driver makes the factory by its name, and passes it a text: the number of a route. A route without any other
/// user is forgotten.
public final class RoutedSocketFactory extends SocketFactory {
    private static final Map<String, WeakReference<Registered>> ROUTES = new ConcurrentHashMap<>();
    private static final AtomicLong NUMBERS = new AtomicLong();

    private final String number;

    /// A route with its number, and the counters of its traffic.
    record Registered(String number, SocketRoute route, WorkStats work) {}

    /// Called by the driver.
    ///
    /// @param number number of a registered route
    public RoutedSocketFactory(String number) {
        this.number = number;
    }

    /// Registers a route for as long as the result is in use.
    static Registered register(SocketRoute route, WorkStats work) {
        ROUTES.values().removeIf(known -> known.get() == null);
        Registered registered = new Registered(Long.toString(NUMBERS.incrementAndGet()), route, work);
        ROUTES.put(registered.number(), new WeakReference<>(registered));
        return registered;
    }

    @Override
    public Socket createSocket() throws IOException {
        return new RoutedSocket(registered());
    }

    private Registered registered() throws IOException {
        WeakReference<Registered> known = ROUTES.get(number);
        Registered registered = known == null ? null : known.get();
        if (registered == null) {
            throw new IOException("The network of this connection is closed.");
        }
        return registered;
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return connected(new InetSocketAddress(host, port), null);
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return connected(new InetSocketAddress(host, port), null);
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) throws IOException {
        return connected(new InetSocketAddress(host, port), new InetSocketAddress(localHost, localPort));
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress localHost, int localPort) throws IOException {
        return connected(new InetSocketAddress(host, port), new InetSocketAddress(localHost, localPort));
    }

    private Socket connected(InetSocketAddress server, @Nullable SocketAddress local) throws IOException {
        Socket socket = createSocket();
        try {
            if (local != null) {
                socket.bind(local);
            }
            socket.connect(server);
            return socket;
        } catch (Throwable e) {
            socket.close();
            throw e;
        }
    }

    private static final class RoutedSocket extends CountedSocket {
        private final SocketRoute route;

        RoutedSocket(Registered registered) {
            super(registered.work());
            route = registered.route();
        }

        @Override
        public void connect(SocketAddress server, int timeout) throws IOException {
            super.connect(server instanceof InetSocketAddress address && !address.isUnresolved()
                    ? route.through(address)
                    : server, timeout);
        }

        @Override
        public void connect(SocketAddress server) throws IOException {
            connect(server, 0);
        }
    }
}
