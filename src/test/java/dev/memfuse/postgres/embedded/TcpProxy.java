package dev.memfuse.postgres.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// A proxy between a program and a server, which can become a black hole: then no byte passes in either direction, new
/// connections are accepted by the operating system and never answered, and nobody learns of it. New connections lead
/// to the current target.
public final class TcpProxy implements AutoCloseable {
    /// The server's message "ready for query", outside a transaction.
    private static final byte[] READY = {'Z', 0, 0, 0, 5, 'I'};

    private final ServerSocket listener;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private volatile int target;
    private boolean hole;
    /// Connections of earlier generations hang.
    private volatile int generation;
    private volatile boolean freezeAfterLogin;
    private volatile boolean loseAnswer;
    private volatile boolean closed;

    /// @param target port of the server on this machine
    public TcpProxy(int target) throws IOException {
        this.target = target;
        listener = new ServerSocket(0, 1_000, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    public int port() {
        return listener.getLocalPort();
    }

    /// Leads new connections to another server. The existing ones remain.
    public void leadTo(int port) {
        target = port;
    }

    /// Starts or ends the black hole. Afterwards the bytes that were sent meanwhile arrive.
    public void hole(boolean now) {
        lock.lock();
        try {
            hole = now;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Makes the existing connections hang for good. New ones pass.
    @SuppressWarnings("NonAtomicVolatileUpdate") // written under the lock only
    public void freezeExisting() {
        lock.lock();
        try {
            generation++;
        } finally {
            lock.unlock();
        }
    }

    /// Makes the connections that exist then hang for good as soon as the server has accepted a login: the network is
    /// lost between the login and the first statement.
    public void freezeAfterLogin() {
        freezeAfterLogin = true;
    }

    /// Makes the connections that exist then hang for good when the server has answered next: the answer does not arrive.
    public void loseNextAnswer() {
        loseAnswer = true;
    }

    private void loses(byte[] bytes, int count) {
        if (loseAnswer && isAnswer(bytes, count)) {
            loseAnswer = false;
            freezeExisting();
        }
    }

    private static boolean isAnswer(byte[] bytes, int count) {
        return count >= READY.length && Arrays.equals(bytes, count - READY.length, count, READY, 0, READY.length);
    }

    private void observe(byte[] bytes, int count) {
        if (freezeAfterLogin && isAnswer(bytes, count)) {
            freezeAfterLogin = false;
            freezeExisting();
        }
    }

    private void awaitPassage(int born) {
        lock.lock();
        try {
            while ((hole || born < generation) && !closed) {
                changed.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    private void accept() {
        while (!closed) {
            try {
                Socket client = listener.accept();
                sockets.add(client);
                Thread.ofVirtual().start(() -> connect(client));
            } catch (IOException e) {
                if (!closed) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private void connect(Socket client) {
        int born = generation;
        awaitPassage(born);
        try {
            Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
            sockets.add(server);
            Thread.ofVirtual().start(() -> pump(client, server, born));
            pump(server, client, born);
        } catch (IOException e) {
            end(client);
        }
    }

    private void pump(Socket from, Socket to, int born) {
        byte[] buffer = new byte[16_384];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                loses(buffer, count);
                awaitPassage(born);
                observe(buffer, count);
                out.write(buffer, 0, count);
            }
        } catch (IOException e) {
            // One of the ends is gone.
        }
        awaitPassage(born);
        end(from);
        end(to);
    }

    private void end(Socket socket) {
        sockets.remove(socket);
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        closed = true;
        hole(false);
        listener.close();
        sockets.forEach(this::end);
    }
}
