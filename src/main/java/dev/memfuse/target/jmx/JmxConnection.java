package dev.memfuse.target.jmx;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

import javax.management.Attribute;
import javax.management.JMException;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;
import javax.rmi.ssl.SslRMIClientSocketFactory;

import dev.memfuse.background.BackgroundThreads;
import dev.memfuse.target.JvmReading;
import dev.memfuse.target.Target;
import dev.memfuse.target.TargetJvm;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A connection to the MBean server of a JVM. Its calls block without a limit: [TimedCalls] runs them.
final class JmxConnection implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(JmxConnection.class);
    private static final Duration CLOSE = Duration.ofSeconds(2);
    private static final String[] PROCESSOR = {"ProcessCpuLoad"};

    private final JMXConnector connector;
    private final MBeanServerConnection server;

    private JmxConnection(JMXConnector connector) throws IOException {
        this.connector = connector;
        server = connector.getMBeanServerConnection();
    }

    /// Connects.
    ///
    /// @param url address of the MBean server
    @SuppressWarnings("BanJNDI") // a person names the server; its objects are read as by every client of JMX
    static JmxConnection open(String url, Target target) throws IOException, InterruptedException {
        Map<String, Object> environment = new HashMap<>();
        // Its own thread would ask a stopped target, without a limit.
        environment.put("jmx.remote.x.client.connection.check.period", 0L);
        target.credentials().ifPresent(
                known -> environment.put(JMXConnector.CREDENTIALS, new String[]{known.user(), known.password()}));
        if (target.ssl()) {
            environment.put("com.sun.jndi.rmi.factory.socket", new SslRMIClientSocketFactory());
        }
        JMXConnector connector = JMXConnectorFactory.connect(new JMXServiceURL(url), environment);
        if (Thread.interrupted()) {
            // Nobody waits for it any more.
            connector.close();
            throw new InterruptedException();
        }
        return new JmxConnection(connector);
    }

    MBeanServerConnection server() {
        return server;
    }

    /// Returns the identity of the JVM.
    ///
    /// @param name name that is known already
    TargetJvm jvm(String name) throws IOException, JMException {
        ObjectName runtime = new ObjectName(ManagementFactory.RUNTIME_MXBEAN_NAME);
        String version = "";
        long pid = 0;
        for (Attribute attribute : server.getAttributes(runtime, new String[]{"VmName", "VmVersion", "Pid"})
                .asList()) {
            if (attribute.getValue() instanceof Number number) {
                pid = number.longValue();
            } else {
                version = (version + " " + attribute.getValue()).strip();
            }
        }
        return new TargetJvm(name, pid, version);
    }

    /// Reads heap and processor: two calls.
    JvmReading reading() throws IOException, JMException {
        MemoryUsage heap = server.getAttribute(new ObjectName(ManagementFactory.MEMORY_MXBEAN_NAME),
                "HeapMemoryUsage") instanceof CompositeData data
                        ? MemoryUsage.from(data)
                        : new MemoryUsage(-1, 0, 0, -1);
        double processor = Double.NaN;
        for (Attribute attribute : server
                .getAttributes(new ObjectName(ManagementFactory.OPERATING_SYSTEM_MXBEAN_NAME), PROCESSOR).asList()) {
            if (attribute.getValue() instanceof Double share && share >= 0) {
                processor = share;
            }
        }
        return new JvmReading(heap.getUsed(), heap.getCommitted(), heap.getMax(), processor);
    }

    /// Closes the connection in the background: the other side is told, and may not answer.
    @Override
    public void close() {
        Thread _ = BackgroundThreads.virtual("target-close").start(() -> {
            try {
                boolean _ = TimedCalls.within(CLOSE, () -> {
                    connector.close();
                    return true;
                });
            } catch (Exception e) {
                // Nothing is left to release: its sockets are closed, or the target has ended.
                LOG.debug("Target: closed without an answer", e);
            }
        });
    }
}
