package dev.memfuse.target.jmx;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;

import javax.management.Attribute;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServerConnection;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;

import dev.memfuse.target.PoolReading;
import dev.memfuse.target.PoolSetting;

/// The two MBeans of one HikariCP pool. HikariCP registers them as `type=Pool (name)`, or as `type=Pool,name=name` with
/// the property `hikaricp.jmx.register2.0`; a program that relocates HikariCP also has another domain.
///
/// @param name name of the pool
/// @param pool gauges and operations
/// @param config settings
record PoolBean(String name, ObjectName pool, ObjectName config) {
    private static final String ALL = "*hikari*:type=Pool*,*";
    private static final String POOL = "Pool";
    private static final String CONFIG = "PoolConfig";
    private static final String[] GAUGES = {"ActiveConnections", "IdleConnections", "ThreadsAwaitingConnection",
            "TotalConnections"};

    /// Finds the pools of a JVM, by name: one call, and one more for each pool.
    static List<PoolBean> find(MBeanServerConnection server) throws IOException, JMException {
        List<PoolBean> found = new ArrayList<>();
        for (ObjectName bean : server.queryNames(new ObjectName(ALL), null)) {
            String type = bean.getKeyProperty("type");
            if (type != null && (type.equals(POOL) || type.startsWith(POOL + " ("))) {
                ObjectName config = configOf(bean);
                found.add(new PoolBean(nameOf(server, bean, config), bean, config));
            }
        }
        found.sort(Comparator.comparing(PoolBean::name));
        return found;
    }

    /// Returns the name of the MBean with the settings.
    static ObjectName configOf(ObjectName pool) throws MalformedObjectNameException {
        Hashtable<String, String> keys = pool.getKeyPropertyList();
        keys.computeIfPresent("type", (_, type) -> CONFIG + type.substring(POOL.length()));
        return new ObjectName(pool.getDomain(), keys);
    }

    private static String nameOf(MBeanServerConnection server, ObjectName pool, ObjectName config)
            throws IOException, JMException {
        try {
            if (server.getAttribute(config, "PoolName") instanceof String name && !name.isBlank()) {
                return name;
            }
        } catch (InstanceNotFoundException _) {
            // It closes at this moment, or the program registered the first MBean by hand.
        }
        return nameOf(pool);
    }

    /// Returns the name of the pool as the name of its MBean has it.
    static String nameOf(ObjectName pool) {
        String named = pool.getKeyProperty("name");
        String all = pool.getKeyPropertyListString();
        // A name may have a comma, which begins another key.
        return named != null ? named : all.replaceFirst("^type=Pool \\(", "").replaceFirst("\\)$", "");
    }

    /// Reads the gauges: one call.
    ///
    /// @param settings settings, read before
    PoolReading gauges(MBeanServerConnection server, Map<PoolSetting, Long> settings)
            throws IOException, JMException {
        int[] values = {PoolReading.UNKNOWN, PoolReading.UNKNOWN, PoolReading.UNKNOWN, PoolReading.UNKNOWN};
        for (Attribute attribute : server.getAttributes(pool, GAUGES).asList()) {
            int index = List.of(GAUGES).indexOf(attribute.getName());
            if (index >= 0 && attribute.getValue() instanceof Number number) {
                values[index] = number.intValue();
            }
        }
        return new PoolReading(name, values[0], values[1], values[2], values[3], settings);
    }

    /// Reads the settings: one call. What this version of HikariCP lacks is missing.
    Map<PoolSetting, Long> settings(MBeanServerConnection server) throws IOException, JMException {
        Map<PoolSetting, Long> settings = new EnumMap<>(PoolSetting.class);
        String[] names = List.of(PoolSetting.values()).stream().map(PoolSetting::attribute).toArray(String[]::new);
        for (Attribute attribute : server.getAttributes(config, names).asList()) {
            for (PoolSetting setting : PoolSetting.values()) {
                if (setting.attribute().equals(attribute.getName())
                        && attribute.getValue() instanceof Number number) {
                    settings.put(setting, number.longValue());
                }
            }
        }
        return settings;
    }
}
