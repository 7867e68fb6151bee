package dev.memfuse.console.shell;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

import dev.memfuse.console.fx.DesktopNotifier;
import dev.memfuse.console.fx.TaskRunner;
import dev.memfuse.metrics.alert.Alert;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells the desktop of new alerts while nobody looks at the window, each once. FX thread only.
public final class AlertNotices {
    private static final Logger LOG = LoggerFactory.getLogger(AlertNotices.class);

    private final DesktopNotifier desktop;
    private final TaskRunner tasks;
    private final BooleanSupplier wanted;
    private Set<String> known = new HashSet<>();

    /// @param wanted returns whether the desktop is to be told now
    public AlertNotices(DesktopNotifier desktop, TaskRunner tasks, BooleanSupplier wanted) {
        this.desktop = desktop;
        this.tasks = tasks;
        this.wanted = wanted;
    }

    /// Takes the active alerts.
    public void show(List<Alert> active) {
        List<Alert> fresh = active.stream().filter(Alert::isNew).filter(alert -> !known.contains(key(alert))).toList();
        known = active.stream().map(AlertNotices::key).collect(Collectors.toSet());
        if (fresh.isEmpty() || !wanted.getAsBoolean()) {
            return;
        }
        String title = fresh.size() == 1 ? "MemFuse: an alert" : "MemFuse: " + fresh.size() + " alerts";
        String text = fresh.stream().map(Alert::text).collect(Collectors.joining("\n"));
        tasks.call("notify desktop", () -> desktop.show(title, text)).onSuccess(shown -> {
            if (!shown) {
                LOG.debug("Window: the desktop shows no notifications");
            }
        }).onFailure(e -> LOG.debug("Window: the desktop cannot be notified", e)).start();
    }

    private static String key(Alert alert) {
        return alert.rule().id() + " " + alert.since();
    }
}
