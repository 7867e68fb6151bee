package dev.memfuse.monitoring;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import dev.memfuse.background.BackgroundHealth;
import dev.memfuse.background.BackgroundThreads;
import dev.memfuse.file.PrivateFiles;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes all metrics to a file at an interval, as OpenMetrics, each time completely or not at all. A collector of
/// files such as that of the node exporter reads it, mostly by another account. A file that cannot be written is logged
/// once, until it can be again.
public final class MetricsFile implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MetricsFile.class);
    private static final String COMPONENT = "metrics-file";
    private static final long CLOSE_MILLIS = 5_000;

    private final Path file;
    private final PrometheusMetrics metrics;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;
    private boolean failed;

    private MetricsFile(Path file, PrometheusMetrics metrics, Duration interval) {
        this.file = file;
        this.metrics = metrics;
        thread = BackgroundThreads.virtual(COMPONENT).unstarted(() -> run(interval));
    }

    /// Writes the file now, at each interval, and when it is closed.
    ///
    /// @throws IOException when it cannot be written now
    public static MetricsFile start(Path file, PrometheusMetrics metrics, Duration interval) throws IOException {
        PrivateFiles.replaceReadable(file, metrics::writeOpenMetrics);
        MetricsFile started = new MetricsFile(file, metrics, interval);
        started.thread.start();
        return started;
    }

    private void run(Duration interval) {
        try {
            while (!closing.await(interval.toNanos(), TimeUnit.NANOSECONDS)) {
                write();
            }
            write();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void write() {
        try {
            PrivateFiles.replaceReadable(file, metrics::writeOpenMetrics);
            failed = false;
        } catch (IOException e) {
            if (!failed) {
                LOG.warn("Metrics: {} cannot be written. {}", file, e.toString());
            }
            failed = true;
        } catch (RuntimeException | Error e) {
            // The next interval tries again: a thread that is gone would leave old values that look like new ones.
            BackgroundHealth.report(COMPONENT, e);
        }
    }

    /// Writes the last values and ends.
    @Override
    public void close() {
        closing.countDown();
        try {
            thread.join(CLOSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
