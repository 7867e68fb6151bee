package dev.memfuse.server;

import static dev.memfuse.store.EngineFixture.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicInteger;

import dev.memfuse.background.BackgroundThreads;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.junit.jupiter.api.RepeatedTest;

/// Connections at the end of a server of the kind that [HttpServer] makes.
class GracefulConnectorTest {
    private static final int CLIENTS = 8;
    private static final byte[] REQUEST = "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
            .getBytes(StandardCharsets.US_ASCII);

    private final Server server = new Server();
    private final GracefulConnector connector = new GracefulConnector(server, new HttpConnectionFactory());
    private final AtomicInteger answered = new AtomicInteger();
    private final AtomicInteger abandoned = new AtomicInteger();

    private void start(ExecutorService virtualThreads) throws Exception {
        connector.setHost(InetAddress.getLoopbackAddress().getHostAddress());
        connector.setShutdownIdleTimeout(200);
        server.addConnector(connector);
        server.setStopTimeout(10_000);
        server.setHandler(new GracefulHandler(new Handler.Abstract() {
            @Override
            public boolean handle(Request request, Response response, Callback callback) {
                response.write(true, ByteBuffer.wrap(new byte[]{'x'}), callback);
                return true;
            }
        }));
        ((QueuedThreadPool) server.getThreadPool())
                .setVirtualThreadsExecutor(virtualThreads);
        server.start();
    }

    /// Repeated: a connection is forgotten when it comes at one of several moments of the stop.
    @RepeatedTest(8)
    void whoConnectsWhileItStopsIsAnsweredOrCutOff() throws Exception {
        try (ExecutorService virtualThreads = BackgroundThreads.virtualPerTask("http")) {
            start(virtualThreads);
            int port = connector.getLocalPort();
            List<Thread> clients = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                clients.add(Thread.ofPlatform().start(() -> connectUntilRefused(port)));
            }
            await("answers", () -> answered.get() >= 100);

            server.stop();

            for (Thread client : clients) {
                client.join();
            }
        }
        assertEquals(0, abandoned.get());
    }

    private void connectUntilRefused(int port) {
        while (true) {
            try (Socket socket = new Socket()) {
                socket.setSoTimeout(20_000);
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 20_000);
                socket.getOutputStream().write(REQUEST);
                if (socket.getInputStream().read(new byte[4_096]) < 0) {
                    return;
                }
                answered.incrementAndGet();
            } catch (SocketTimeoutException e) {
                abandoned.incrementAndGet();
                return;
            } catch (IOException e) {
                return;
            }
        }
    }
}
