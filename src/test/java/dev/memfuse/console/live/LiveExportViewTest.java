package dev.memfuse.console.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import javax.imageio.ImageIO;

import javafx.beans.property.SimpleBooleanProperty;
import javafx.scene.layout.Region;
import javafx.stage.Stage;

import dev.memfuse.console.fx.DirectTaskRunner;
import dev.memfuse.console.fx.OnFx;
import dev.memfuse.console.fx.PageStage;
import dev.memfuse.console.fx.PageState;
import dev.memfuse.console.fx.PageTools;
import dev.memfuse.console.fx.Remembered;
import dev.memfuse.console.fx.Themes;
import dev.memfuse.metrics.MetricsHub;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("fx")
class LiveExportViewTest {
    private static final Instant END = Instant.parse("2026-03-01T12:10:00Z");
    @TempDir
    private Path folder;
    private final List<String> messages = new ArrayList<>();

    /// The page on a stage.
    private record Shown(Stage stage, LivePage page, LiveController controller) implements AutoCloseable {
        @Override
        public void close() {
            LivePageViewTest.close(page, stage);
        }
    }

    private Shown show(Themes.Choice theme, Path file) {
        MetricsHub hub = LiveHistory.hub(END);
        new LiveHistory().publish(hub, END, 110);
        LiveSources sources = new LiveSources(hub, () -> LiveHistory.BUFFERS, Optional::empty,
                Clock.fixed(END, ZoneOffset.UTC), LiveHistory.NO_RECORDINGS);
        PageTools tools = new PageTools(new DirectTaskRunner(), messages::add);
        LiveViewModel model = OnFx.get(() -> new LiveViewModel(sources));
        SpanModel spans = new SpanModel(sources.hub(), model.window(), tools.tasks(), sources.observe(), _ -> {},
                _ -> {});
        LiveController controller = OnFx.get(() -> new LiveController(model, spans,
                new NotesModel(hub.notes(), model.window(), model.pausedProperty(), sources.clock(), _ -> {}),
                new SecondModel(hub.slices(), model.window(), model.pausedProperty(), () -> true, tools.tasks()),
                new WaitsModel(sources.hub(), tools.tasks()),
                new BaselineModel(sources.recordings(), tools.tasks(), sources.clock(), model::marks),
                new Remembered(),
                new LiveExport(tools, sources.clock(), (_, _) -> Optional.of(file)),
                new PageState.Action("Start a load", () -> {}), _ -> {}));
        LivePage page = OnFx.get(() -> new LivePage(model, spans, controller, sources, new SimpleBooleanProperty(),
                tools.tasks()));
        Stage stage = LivePageViewTest.open(page, theme, 1104, 712);
        return new Shown(stage, page, controller);
    }

    @Test
    void thePictureExplainsItselfAtDoubleSizeAndIsConfirmed() throws IOException {
        for (Themes.Choice theme : List.of(Themes.Choice.LIGHT, Themes.Choice.DARK)) {
            Path file = folder.resolve("charts-" + theme + ".png");
            Shown shown = show(theme, file);
            messages.clear();
            double width = OnFx.get(() -> ((Region) shown.page().view().lookup("#grid")).getWidth());

            OnFx.run(shown.controller()::onPicture);

            PageStage.await(() -> !messages.isEmpty());
            assertEquals(List.of("Picture of the charts written to " + file + "."), messages);
            var picture = ImageIO.read(file.toFile());
            assertTrue(picture.getWidth() >= 2 * width, picture.getWidth() + " for " + width);
            Files.copy(file, Files.createDirectories(Path.of("target", "screens"))
                    .resolve("export-" + theme + ".png"), StandardCopyOption.REPLACE_EXISTING);
            shown.close();
        }
    }

    @Test
    void theTableIsConfirmedAndLeavesNoOtherFile() throws IOException {
        Path file = folder.resolve("values.csv");
        Shown shown = show(Themes.Choice.LIGHT, file);

        OnFx.run(shown.controller()::onTable);

        assertEquals(List.of("Values written to " + file + "."), messages);
        assertTrue(Files.readString(file).startsWith("time,"));
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(List.of(file), files.toList());
        }
        shown.close();
    }
}
