package dev.memfuse.target.jmx;

import java.io.IOException;
import java.util.Locale;
import java.util.Map;

import javax.management.Attribute;
import javax.management.JMException;
import javax.management.MBeanServerConnection;

import dev.memfuse.target.PoolChange;
import dev.memfuse.target.PoolReading;
import dev.memfuse.target.PoolSetting;
import dev.memfuse.target.TargetException;
import dev.memfuse.target.TargetException.Kind;

/// Changes pools over their MBeans. Its calls block without a limit: [TimedCalls] runs them.
final class PoolChanges {
    private PoolChanges() {}

    /// Makes a change.
    ///
    /// @return the change, with the values before and afterwards
    static PoolChange.Done apply(MBeanServerConnection server, String pool, PoolChange change)
            throws IOException, JMException {
        PoolBean bean = PoolBean.find(server).stream().filter(found -> found.name().equals(pool)).findFirst()
                .orElseThrow(() -> new TargetException(Kind.GONE, "The target has no pool " + pool + " any more."));
        return switch (change) {
            case PoolChange.Set set -> set(server, bean, set);
            case PoolChange.Suspend _ -> invoke(server, bean, change, "suspendPool");
            case PoolChange.Resume _ -> invoke(server, bean, change, "resumePool");
            case PoolChange.SoftEvict _ -> invoke(server, bean, change, "softEvictConnections");
        };
    }

    private static PoolChange.Done set(MBeanServerConnection server, PoolBean bean, PoolChange.Set set)
            throws IOException, JMException {
        PoolSetting setting = set.setting();
        String before = value(server, bean, setting);
        Object value = setting.isCount() ? (Object) Math.toIntExact(set.value()) : (Object) set.value();
        server.setAttribute(bean.config(), new Attribute(setting.attribute(), value));
        return new PoolChange.Done(bean.name(), set, before, value(server, bean, setting));
    }

    private static String value(MBeanServerConnection server, PoolBean bean, PoolSetting setting)
            throws IOException, JMException {
        return server.getAttribute(bean.config(), setting.attribute()) instanceof Number number
                ? setting.format(number.longValue())
                : "";
    }

    private static PoolChange.Done invoke(MBeanServerConnection server, PoolBean bean, PoolChange change,
            String operation) throws IOException, JMException {
        String before = connections(server, bean);
        Object _ = server.invoke(bean.pool(), operation, new Object[0], new String[0]);
        return new PoolChange.Done(bean.name(), change, before, connections(server, bean));
    }

    private static String connections(MBeanServerConnection server, PoolBean bean) throws IOException, JMException {
        PoolReading now = bean.gauges(server, Map.of());
        return String.format(Locale.ROOT, "%d in use, %d idle, %d waiting", now.active(), now.idle(), now.waiting());
    }
}
