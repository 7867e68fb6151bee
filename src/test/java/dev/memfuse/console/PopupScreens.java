package dev.memfuse.console;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import javax.imageio.ImageIO;

import javafx.embed.swing.SwingFXUtils;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Control;
import javafx.scene.control.MenuButton;
import javafx.scene.image.WritableImage;
import javafx.stage.PopupWindow;
import javafx.stage.Window;

import dev.memfuse.console.context.ConsoleContext;
import dev.memfuse.console.fx.OnFx;
import dev.memfuse.console.fx.Themes;
import dev.memfuse.metrics.MetricsSnapshot.OperationSample;
import dev.memfuse.metrics.MetricsSnapshot.PoolSample;
import dev.memfuse.metrics.Operation;
import dev.memfuse.metrics.SnapshotFeed;
import org.testfx.util.WaitForAsyncUtils;

/// Renders what opens over the window: tooltips, lists of choices, menus, the alerts. Run by hand; not a test.
public final class PopupScreens {
    private static final Path OUT = Path.of("target", "screens", "popups");

    private PopupScreens() {}

    public static void main(String[] arguments) throws Exception {
        Fakes.Host host = new Fakes.Host();
        Fakes.Loads loads = new Fakes.Loads();
        ConsoleContext context = Fakes.context(Files.createTempDirectory("screens"), host, loads);
        Console console = Fakes.open(context);
        BusyWindow.fill(console, context, host, loads);
        for (int second = 6; second >= 0; second--) {
            context.monitoring().monitor().evaluate(SnapshotFeed.snapshot(Instant.now().minusSeconds(second),
                    Map.of(Operation.ADD, new OperationSample(900, second / 2.0, 1, 1, 900_000_000, 1)),
                    PoolSample.NONE));
        }
        WaitForAsyncUtils.sleep(1, TimeUnit.SECONDS);
        Files.createDirectories(OUT);
        for (Themes.Choice theme : List.of(Themes.Choice.LIGHT, Themes.Choice.DARK)) {
            String suffix = "-" + theme.name().toLowerCase(Locale.ROOT) + ".png";
            OnFx.run(() -> {
                console.themes().choose(theme);
                console.showPage("live");
            });
            WaitForAsyncUtils.sleep(500, TimeUnit.MILLISECONDS);
            Node root = console.scene().getRoot();
            OnFx.run(() -> ((Button) OnFx.node(root, "alerts")).fire());
            shoot("alerts" + suffix);
            OnFx.run(() -> ((MenuButton) OnFx.node(root, "exports")).show());
            shoot("menu" + suffix);
            tooltip(root, ".live-hint", "hint" + suffix);
            tooltip(root, "#helpButton", "help" + suffix);
            OnFx.run(() -> console.showPage("flags"));
            WaitForAsyncUtils.sleep(500, TimeUnit.MILLISECONDS);
            OnFx.run(() -> ((ComboBox<?>) OnFx.node(console.pages().get(2).view(), "group")).show());
            shoot("choices" + suffix);
        }
        OnFx.run(console::close);
        System.exit(0);
    }

    private static void tooltip(Node root, String selector, String name) throws Exception {
        OnFx.run(() -> {
            if (root.lookup(selector) instanceof Control control) {
                control.getTooltip().show(control, 100, 100);
            }
        });
        shoot(name);
    }

    private static void shoot(String name) throws Exception {
        WaitForAsyncUtils.sleep(400, TimeUnit.MILLISECONDS);
        List<WritableImage> images = OnFx.get(() -> {
            List<WritableImage> taken = Window.getWindows().stream().filter(PopupWindow.class::isInstance)
                    .map(window -> window.getScene().snapshot(null)).toList();
            List.copyOf(Window.getWindows()).stream().filter(PopupWindow.class::isInstance).forEach(Window::hide);
            return taken;
        });
        for (int i = 0; i < images.size(); i++) {
            ImageIO.write(SwingFXUtils.fromFXImage(images.get(i), null), "png",
                    OUT.resolve((i == 0 ? "" : i + "-") + name).toFile());
        }
    }
}
