package dev.memfuse.console.flags;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;

import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

import dev.memfuse.config.ConfigChange;
import dev.memfuse.config.ConfigException;
import dev.memfuse.config.MemFuseConfig;
import dev.memfuse.config.Tunables;
import dev.memfuse.config.schema.ConfigDiff;
import dev.memfuse.config.schema.ConfigKey;
import dev.memfuse.config.schema.ConfigSchema;
import dev.memfuse.config.schema.ConfigValues;
import dev.memfuse.console.fx.FxCoalescer;
import dev.memfuse.console.fx.PageTools;

/// The settings that were changed while the window was open last, offered again after a restart. FX thread only.
final class LastFlags {
    private static final String KEPT = "flags.last";

    private final Tunables tunables;
    private final PageTools tools;
    private final Map<String, String> last;
    private final Set<String> touched = ConcurrentHashMap.newKeySet();
    private final ReadOnlyObjectWrapper<List<ConfigChange>> offer = new ReadOnlyObjectWrapper<>(List.of());

    /// @param fx executor of the FX thread
    LastFlags(Tunables tunables, PageTools tools, Executor fx) {
        this.tunables = tunables;
        this.tools = tools;
        last = tools.remembered().get(KEPT).map(LastFlags::read).orElseGet(LinkedHashMap::new);
        FxCoalescer changed = new FxCoalescer(fx, this::keep);
        tunables.onChange(change -> {
            // Experiments change settings for a time only.
            if (tunables.undoable().filter(change::equals).isPresent() || change.cause().equals("undo")) {
                change.keys().stream().map(ConfigChange::path).filter(LastFlags::isHot).forEach(touched::add);
                changed.request();
            }
        });
        compare();
        if (!offer.get().isEmpty()) {
            tools.inform().accept(describe(offer.get().size()) + " The Flags page offers to bring them back.");
        }
    }

    private static String describe(int count) {
        return count == 1
                ? "One setting was different when the window was open last."
                : count + " settings were different when the window was open last.";
    }

    private static boolean isHot(String path) {
        return ConfigSchema.find(path).filter(ConfigKey::hot).isPresent();
    }

    /// Reads what [#write] wrote; keys of another version are left out.
    private static Map<String, String> read(String kept) {
        return kept.lines().filter(line -> line.indexOf('=') > 0)
                .filter(line -> isHot(line.substring(0, line.indexOf('=')))).collect(Collectors.toMap(
                        line -> line.substring(0, line.indexOf('=')), line -> line.substring(line.indexOf('=') + 1),
                        (_, newer) -> newer, LinkedHashMap::new));
    }

    /// Keeps the values of what was changed since the start, beside what is still offered.
    private void keep() {
        MemFuseConfig now = tunables.get();
        touched.forEach(path -> last.put(path, ConfigValues.print(ConfigValues.get(now, path))));
        write();
        compare();
    }

    private void write() {
        tools.remembered().put(KEPT, last.entrySet().stream().map(entry -> entry.getKey() + "=" + entry.getValue())
                .filter(line -> line.indexOf('\n') < 0).collect(Collectors.joining("\n")));
    }

    private MemFuseConfig with(MemFuseConfig config) {
        MemFuseConfig result = config;
        for (Map.Entry<String, String> entry : last.entrySet()) {
            try {
                result = ConfigValues.with(result, entry.getKey(),
                        ConfigValues.parse(entry.getKey(), entry.getValue()));
            } catch (ConfigException e) {
                // A value of another version.
            }
        }
        return result;
    }

    private void compare() {
        MemFuseConfig now = tunables.get();
        offer.set(ConfigDiff.between(now, with(now)));
    }

    /// Puts the offered settings in force.
    void apply() {
        tools.changes().call("apply last settings", () -> tunables.apply("last settings", this::with))
                .onSuccess(_ -> compare()).start();
    }

    /// Leaves the settings as they are and offers the earlier ones no more.
    void forget() {
        offer.get().forEach(change -> last.remove(change.path()));
        write();
        compare();
    }

    /// Returns the settings that would change; empty when nothing is offered.
    ReadOnlyObjectProperty<List<ConfigChange>> offerProperty() {
        return offer.getReadOnlyProperty();
    }
}
