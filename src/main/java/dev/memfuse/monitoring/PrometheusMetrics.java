package dev.memfuse.monitoring;

import java.io.IOException;
import java.io.OutputStream;
import java.util.stream.Stream;

import dev.memfuse.metrics.MetricsHub;
import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import org.jspecify.annotations.Nullable;

/// Writes the metrics of a [MetricsHub] and of the JVM. Nothing is collected between two calls. Thread-safe.
public final class PrometheusMetrics {
    private static final ExpositionFormats FORMATS = ExpositionFormats.init();

    /// One for the process: it listens to the collectors of garbage and cannot be removed.
    private static final PrometheusRegistry JVM = jvm();

    private final HubFamilies hub;

    private static PrometheusRegistry jvm() {
        PrometheusRegistry registry = new PrometheusRegistry();
        JvmMetrics.builder().register(registry);
        return registry;
    }

    /// @param version version of the program
    public PrometheusMetrics(MetricsHub metrics, String version) {
        hub = new HubFamilies(metrics, version);
    }

    /// Returns the media type of the format that a client prefers.
    ///
    /// @param accept the header `Accept`; null without one
    public String contentType(@Nullable String accept) {
        return writer(accept).getContentType();
    }

    /// Writes all metrics in the format that a client prefers: OpenMetrics, or else the text format of Prometheus.
    ///
    /// @param accept the header `Accept`; null without one
    public void write(OutputStream out, @Nullable String accept) throws IOException {
        writer(accept).write(out, snapshots(), EscapingScheme.UNDERSCORE_ESCAPING);
    }

    /// Writes all metrics as OpenMetrics.
    public void writeOpenMetrics(OutputStream out) throws IOException {
        FORMATS.getOpenMetricsTextFormatWriter().write(out, snapshots(), EscapingScheme.UNDERSCORE_ESCAPING);
    }

    private static ExpositionFormatWriter writer(@Nullable String accept) {
        ExpositionFormatWriter openMetrics = FORMATS.getOpenMetricsTextFormatWriter();
        return accept != null && openMetrics.accepts(accept) ? openMetrics : FORMATS.getPrometheusTextFormatWriter();
    }

    private MetricSnapshots snapshots() {
        return new MetricSnapshots(Stream.concat(hub.collect().stream(), JVM.scrape().stream()).toList());
    }
}
