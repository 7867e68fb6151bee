package dev.memfuse.console.flags;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

import dev.memfuse.config.ConfigException;
import dev.memfuse.config.ConfigProblem;
import dev.memfuse.config.MemFuseConfig;
import dev.memfuse.config.Tunables;
import dev.memfuse.config.profile.ConfigProfiles;
import dev.memfuse.config.schema.ConfigGroup;
import dev.memfuse.config.schema.ConfigSchema;
import dev.memfuse.config.schema.ConfigValues;
import dev.memfuse.config.yaml.ConfigLoader;
import dev.memfuse.console.fx.ChangeText;
import dev.memfuse.console.fx.FxCoalescer;
import dev.memfuse.console.fx.PageTools;
import dev.memfuse.console.fx.Sentences;
import dev.memfuse.console.fx.TaskRunner;
import org.jspecify.annotations.Nullable;

/// View model of the Flags page: every key with its value, and the changes since start. Used on the FX thread.
final class FlagsViewModel {
    private final Tunables tunables;
    private final TaskRunner changing;
    private final Consumer<String> inform;
    private final Map<ConfigGroup, List<FlagModel>> groups;
    private final ProfilesModel profiles;
    private final LastFlags lastFlags;
    private final YamlModel yaml;
    private final StringProperty search = new SimpleStringProperty("");
    private final ObjectProperty<@Nullable ConfigGroup> group = new SimpleObjectProperty<>();
    private final BooleanProperty onlyChanged = new SimpleBooleanProperty();
    private final ReadOnlyStringWrapper count = new ReadOnlyStringWrapper("");
    private final ReadOnlyObjectWrapper<Tunables.@Nullable Change> undoable = new ReadOnlyObjectWrapper<>();
    private final ObservableList<ChangeEntry> changes = FXCollections.observableArrayList();

    /// @param fx runs on the FX thread
    FlagsViewModel(Tunables tunables, ConfigProfiles profiles, PageTools tools, Executor fx) {
        this.tunables = tunables;
        this.changing = tools.changes();
        this.inform = tools.inform();
        this.profiles = new ProfilesModel(tunables, profiles, tools);
        this.yaml = new YamlModel(tunables, profiles, this.profiles.selectedProperty(), tools);
        this.lastFlags = new LastFlags(tunables, tools, fx);
        this.groups = ConfigSchema.keys().stream().map(key -> new FlagModel(key, this::change))
                .collect(Collectors.groupingBy(flag -> flag.key().group(), () -> new EnumMap<>(ConfigGroup.class),
                        Collectors.toList()));
        search.subscribe(this::filter);
        group.subscribe(this::filter);
        onlyChanged.subscribe(this::filter);
        filter();
        FxCoalescer refresh = new FxCoalescer(fx, this::refresh);
        tunables.onChange(_ -> refresh.request());
        refresh();
        tools.tasks().call("read defaults", () -> new ConfigLoader().load()).onSuccess(defaults -> {
            flags().forEach(flag -> flag.defaultsTo(defaults));
            filter();
        }).start();
    }

    private List<FlagModel> flags() {
        return groups.values().stream().flatMap(List::stream).toList();
    }

    private void filter() {
        flags().forEach(flag -> flag.filter(search.get(), group.get(), onlyChanged.get()));
        long shown = flags().stream().filter(flag -> flag.shownProperty().get()).count();
        count.set(shown == flags().size() ? shown + " settings" : shown + " of " + flags().size() + " settings");
    }

    /// Shows the settings in force and the history.
    void refresh() {
        MemFuseConfig config = tunables.get();
        flags().forEach(flag -> flag.show(config));
        changes.setAll(ChangeEntry.of(tunables.history()));
        undoable.set(tunables.undoable().orElse(null));
        profiles.compare();
        yaml.changedElsewhere();
    }

    private void change(FlagModel flag, Object value) {
        String path = flag.key().path();
        changing.call("change " + path,
                () -> tunables.apply("Flags page", current -> ConfigValues.with(current, path, value)))
                .onSuccess(_ -> flag.applied(tunables.get())).onFailure(failure -> refuse(flag, failure)).start();
    }

    private void refuse(FlagModel flag, Throwable failure) {
        ConfigException e = failure instanceof ConfigException rejection
                ? rejection
                : new ConfigException(List.of(new ConfigProblem(flag.key().path(),
                        Sentences.of(failure), Optional.empty())));
        flag.refused(e, tunables.get());
    }

    /// Reverts the change that the page offers to undo, also when another came meanwhile.
    void undo() {
        Tunables.Change shown = undoable.get();
        if (shown == null) {
            return;
        }
        changing.call("undo", () -> tunables.undo(shown)).onSuccess(undone -> {
            refresh();
            inform.accept(ChangeText.undone(undone));
        }).start();
    }

    /// The keys by group, in the order of the page.
    Map<ConfigGroup, List<FlagModel>> groups() {
        return groups;
    }

    /// The profiles of the side pane.
    ProfilesModel profiles() {
        return profiles;
    }

    /// The settings of the last session.
    LastFlags lastFlags() {
        return lastFlags;
    }

    /// The settings as YAML.
    YamlModel yaml() {
        return yaml;
    }

    /// Words to search for; empty shows every key.
    StringProperty searchProperty() {
        return search;
    }

    /// The only group to show; null shows all groups.
    ObjectProperty<@Nullable ConfigGroup> groupProperty() {
        return group;
    }

    /// Whether only the settings that differ from their defaults are shown. A setting that gets its default meanwhile
    /// stays until the choice or the search changes, so that no row moves under the mouse.
    BooleanProperty onlyChangedProperty() {
        return onlyChanged;
    }

    /// Number of shown settings, as a text.
    ReadOnlyStringProperty countProperty() {
        return count.getReadOnlyProperty();
    }

    /// The change that [#undo] reverts; null when there is none.
    ReadOnlyObjectProperty<Tunables.@Nullable Change> undoableProperty() {
        return undoable.getReadOnlyProperty();
    }

    /// The changes since start, newest first; those of one run of an experiment are one entry.
    ObservableList<ChangeEntry> changes() {
        return changes;
    }
}
