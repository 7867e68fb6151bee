package dev.memfuse.console.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;

import dev.memfuse.config.schema.ConfigSchema;
import dev.memfuse.console.action.Keymap;
import dev.memfuse.console.fx.Action;
import dev.memfuse.console.fx.Page;
import dev.memfuse.console.fx.TaskRunner;
import dev.memfuse.console.palette.PaletteItem;
import dev.memfuse.console.palette.PaletteSource;
import dev.memfuse.load.recording.Manifest;
import dev.memfuse.load.recording.RecordingEntry;
import dev.memfuse.load.recording.Recordings;

/// What the command palette finds: the actions, those of the open page first, the settings and the recordings.
public final class WindowPalette {
    private WindowPalette() {}

    /// Returns the actions as rows, except the one that opens the palette. An action of another page opens its page
    /// first. Those that are not listed are found by their words, after the others.
    public static PaletteSource actions(Keymap keymap, PageSwitch pages) {
        return new PaletteSource() {
            @Override
            public void read(Consumer<List<PaletteItem>> rows) {
                rows.accept(rows(Action::listed));
            }

            @Override
            public void search(String query, Consumer<List<PaletteItem>> rows) {
                rows.accept(rows(action -> !action.listed()));
            }

            private List<PaletteItem> rows(Predicate<Action> which) {
                String open = pages.currentProperty().get().id();
                List<Action> all = keymap.actions().all().stream().filter(which).toList();
                Stream<Action> ordered = Stream.concat(
                        all.stream().filter(action -> action.page().equals(open)),
                        all.stream().filter(action -> !action.page().equals(open)));
                return ordered.filter(action -> !action.id().equals(WindowActions.PALETTE))
                        .map(action -> row(action, keymap.text(action), pages)).toList();
            }
        };
    }

    private static PaletteItem row(Action action, String keys, PageSwitch pages) {
        String kind = pages.pages().stream().filter(page -> page.id().equals(action.page())).findFirst()
                .map(Page::title).orElse("Window");
        return new PaletteItem(action.id(), kind, action.title(), "", keys, action.enabled(), () -> {
            if (!action.page().isEmpty()) {
                pages.show(action.page());
            }
            action.fire();
        });
    }

    /// Returns the settings as rows.
    ///
    /// @param reveal shows the setting with a path on the Flags page
    public static PaletteSource settings(Consumer<String> reveal) {
        List<PaletteItem> all = ConfigSchema.keys().stream().map(key -> new PaletteItem("setting." + key.path(),
                "Setting", key.title(), key.path(), () -> reveal.accept(key.path()))).toList();
        return rows -> rows.accept(all);
    }

    /// Returns the recordings as rows, newest first, read off the FX thread.
    ///
    /// @param reveal selects the recording with an id on the History page
    public static PaletteSource recordings(Recordings recordings, TaskRunner tasks,
            Consumer<String> reveal) {
        return rows -> tasks.call("find recordings", recordings::list).onSuccess(found -> {
            List<PaletteItem> items = new ArrayList<>();
            for (RecordingEntry entry : found) {
                if (entry instanceof RecordingEntry.Intact(Manifest manifest, _)) {
                    items.add(new PaletteItem("recording." + manifest.id(), "Recording", manifest.name(),
                            manifest.id(), () -> reveal.accept(manifest.id())));
                }
            }
            rows.accept(items);
        }).onFailure(_ -> rows.accept(List.of())).start();
    }
}
