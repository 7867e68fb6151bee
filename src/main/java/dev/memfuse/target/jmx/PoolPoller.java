package dev.memfuse.target.jmx;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import javax.management.InstanceNotFoundException;
import javax.management.JMException;

import dev.memfuse.target.JvmReading;
import dev.memfuse.target.PoolReading;
import dev.memfuse.target.PoolSetting;

/// Reads the pools of one connection: gauges with each poll, everything else once a second. One thread at a time; its
/// calls block without a limit.
final class PoolPoller {
    private final JmxConnection connection;
    private List<PoolBean> beans = List.of();
    private Map<String, Map<PoolSetting, Long>> settings = Map.of();
    private JvmReading jvm = JvmReading.NONE;
    private int roundTrips;

    PoolPoller(JmxConnection connection) {
        this.connection = connection;
    }

    /// Reads the pools.
    ///
    /// @param all whether pools, settings, heap and processor are read too
    List<PoolReading> poll(boolean all) throws IOException, JMException {
        roundTrips = 0;
        if (all) {
            readAll();
        }
        List<PoolReading> read = new ArrayList<>();
        for (PoolBean bean : beans) {
            try {
                read.add(bean.gauges(connection.server(), settings.getOrDefault(bean.name(), Map.of())));
                roundTrips++;
            } catch (InstanceNotFoundException _) {
                // The pool was closed; the next reading of everything leaves it out.
            }
        }
        return read;
    }

    private void readAll() throws IOException, JMException {
        beans = PoolBean.find(connection.server());
        jvm = connection.reading();
        Map<String, Map<PoolSetting, Long>> read = new HashMap<>();
        for (PoolBean bean : beans) {
            try {
                read.put(bean.name(), bean.settings(connection.server()));
            } catch (InstanceNotFoundException _) {
                // A pool without the MBean of its settings is shown without them.
            }
        }
        settings = read;
        roundTrips += 3 + 2 * beans.size();
    }

    /// Returns heap and processor, as read last.
    JvmReading jvm() {
        return jvm;
    }

    /// Returns the number of calls over the network of the last poll.
    int roundTrips() {
        return roundTrips;
    }
}
