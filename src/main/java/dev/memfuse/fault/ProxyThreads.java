package dev.memfuse.fault;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.function.BooleanSupplier;

import dev.memfuse.background.BackgroundLoop;

/// The two threads of all proxies: `network-reader` accepts, connects and reads, `network-delivery` writes.
final class ProxyThreads implements AutoCloseable {
    private static final int SCRATCH_BYTES = 64 << 10;

    private final Selector selector;
    private final ByteBuffer scratch = ByteBuffer.allocateDirect(SCRATCH_BYTES);
    private final BackgroundLoop reader = new BackgroundLoop("network-reader", this::turn);
    private final Deliveries deliveries;

    /// Starts the threads.
    ///
    /// @param held returns whether nothing is delivered now
    ProxyThreads(BooleanSupplier held) throws IOException {
        selector = Selector.open();
        deliveries = new Deliveries(held);
        reader.start();
        deliveries.start();
    }

    private boolean turn() throws InterruptedException {
        reader.await(this::select);
        for (SelectionKey key : selector.selectedKeys()) {
            if (key.isValid() && key.attachment() instanceof Ready ready) {
                ready.run(key, scratch);
            }
        }
        selector.selectedKeys().clear();
        return true;
    }

    private int select() throws InterruptedException {
        try {
            int ready = selector.select();
            if (reader.closed()) {
                throw new InterruptedException();
            }
            return ready;
        } catch (IOException e) {
            throw new IllegalStateException("The sockets of the network cannot be watched: " + e.getMessage(), e);
        }
    }

    Selector selector() {
        return selector;
    }

    Deliveries deliveries() {
        return deliveries;
    }

    /// Ends both threads; the channels are closed before. Blocks until they have ended.
    @Override
    public void close() {
        reader.close();
        reader.join();
        deliveries.close();
        try {
            selector.selectNow();
            selector.close();
        } catch (IOException e) {
            // Nothing is left to read.
        }
    }
}
