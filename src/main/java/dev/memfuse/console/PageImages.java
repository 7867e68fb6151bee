package dev.memfuse.console;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import javafx.animation.AnimationTimer;
import javafx.embed.swing.SwingFXUtils;
import javafx.geometry.Rectangle2D;
import javafx.scene.SnapshotParameters;
import javafx.scene.image.WritableImage;
import javafx.scene.transform.Transform;

import dev.memfuse.console.chart.PngFile;
import dev.memfuse.console.fx.FxTaskRunner;
import dev.memfuse.console.fx.FxThread;
import dev.memfuse.console.fx.Page;
import dev.memfuse.console.fx.Themes;

/// Takes pictures of the pages of an open window, one after the other: shows a page, waits some frames, takes the
/// picture on the FX thread and writes the file off the FX thread.
public final class PageImages {
    /// Frames before a picture: a layout that follows from another one takes one more, also on a busy machine.
    private static final int FRAMES = 5;
    /// Delay before a picture: at least one refresh, which pages do four times per second, and a complete layout.
    private static final long SETTLE = TimeUnit.MILLISECONDS.toNanos(700);

    /// One picture.
    ///
    /// @param page id of the page
    /// @param theme light or dark
    /// @param width of the window in its own units
    /// @param height of the window in its own units
    /// @param scale pixels of the picture for each unit, in both directions: 2 for a screen of double density
    public record Shot(String page, Themes.Choice theme, int width, int height, int scale) {
        /// Creates a shot whose pixels are the units of the window.
        public Shot(String page, Themes.Choice theme, int width, int height) {
            this(page, theme, width, height, 1);
        }

        /// Returns one shot of each page in light and one in dark.
        public static List<Shot> ofAll(List<Page> pages, int width, int height) {
            return pages.stream().flatMap(page -> List.of(Themes.Choice.LIGHT, Themes.Choice.DARK).stream()
                    .map(theme -> new Shot(page.id(), theme, width, height))).toList();
        }

        /// Returns the name of the file: page, theme, size.
        public String fileName() {
            return page + "-" + theme.name().toLowerCase(Locale.ROOT) + "-" + width + "x" + height
                    + (scale == 1 ? "" : "@" + scale) + ".png";
        }
    }

    private final Console console;
    private final Path folder;
    private final Deque<Shot> remaining;
    private final List<Path> written = new ArrayList<>();
    private final CompletableFuture<List<Path>> result = new CompletableFuture<>();
    private final FxTaskRunner tasks = new FxTaskRunner(FxThread.EXECUTOR, result::completeExceptionally);

    private PageImages(Console console, Path folder, List<Shot> shots) {
        this.console = console;
        this.folder = folder;
        this.remaining = new ArrayDeque<>(shots);
    }

    /// Takes pictures. FX thread only; returns immediately. Theme and size are restored at the end.
    ///
    /// @param folder target folder; created when missing
    /// @return completes with the files, in the order of `shots`, when all are written
    public static CompletableFuture<List<Path>> save(Console console, Path folder, List<Shot> shots) {
        PageImages images = new PageImages(console, folder, shots);
        Themes.Choice theme = console.themes().choiceProperty().get();
        images.result.whenComplete((_, _) -> FxThread.run(() -> {
            console.themes().choose(theme);
            images.resize(console.scene().getWidth(), console.scene().getHeight());
            images.tasks.close();
        }));
        images.next();
        return images.result;
    }

    private void next() {
        Shot shot = remaining.poll();
        if (shot == null) {
            result.complete(List.copyOf(written));
            return;
        }
        console.themes().choose(shot.theme());
        console.showPage(shot.page());
        resize(shot.width(), shot.height());
        new AnimationTimer() {
            private long begun;
            private int frames;

            @Override
            public void handle(long now) {
                begun = begun == 0 ? now : begun;
                frames++;
                if (now - begun >= SETTLE && frames > FRAMES) {
                    stop();
                    take(shot);
                }
            }
        }.start();
    }

    /// Resizes the content, because a window cannot be larger than the screen.
    private void resize(double width, double height) {
        console.scene().getRoot().resize(width, height);
    }

    private void take(Shot shot) {
        SnapshotParameters whole = new SnapshotParameters();
        whole.setTransform(Transform.scale(shot.scale(), shot.scale()));
        whole.setViewport(new Rectangle2D(0, 0, (double) shot.width() * shot.scale(),
                (double) shot.height() * shot.scale()));
        WritableImage image = console.scene().getRoot().snapshot(whole, null);
        tasks.call("write picture", () -> write(image, folder.resolve(shot.fileName()))).onSuccess(file -> {
            written.add(file);
            next();
        }).start();
    }

    private static Path write(WritableImage image, Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        return PngFile.write(SwingFXUtils.fromFXImage(image, null), file);
    }
}
