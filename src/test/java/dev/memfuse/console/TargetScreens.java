package dev.memfuse.console;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;

import dev.memfuse.console.PageImages.Shot;
import dev.memfuse.console.context.ConsoleContext;
import dev.memfuse.console.fx.OnFx;
import dev.memfuse.console.fx.Page;
import dev.memfuse.console.fx.Switch;
import dev.memfuse.console.fx.Themes;
import dev.memfuse.console.target.SampleTargets;
import dev.memfuse.engine.host.EngineState;
import dev.memfuse.metrics.EventMark;
import dev.memfuse.metrics.SteadyClock;
import dev.memfuse.target.TargetState;
import dev.memfuse.target.jmx.JmxTargets;
import org.testfx.util.WaitForAsyncUtils;

/// Renders the Targets page in each of its states into `target/screens/targets`, for inspection. Run by hand; not a
/// test.
public final class TargetScreens {
    private static final Path OUT = Path.of("target", "screens", "targets");

    private TargetScreens() {}

    public static void main(String[] arguments) throws Exception {
        Fakes.Host host = new Fakes.Host();
        ConsoleContext context = Fakes.context(Files.createTempDirectory("screens"), host, new Fakes.Loads());
        if (arguments.length == 1) {
            real(context, arguments[0]);
        }
        Console console = Fakes.open(context);
        host.become(new EngineState.Ready("PostgreSQL 18.6, embedded, port 54321"));
        SampleTargets targets = (SampleTargets) context.targets();
        Node page = console.pages().stream().filter(one -> one.id().equals("targets")).map(Page::view).findFirst()
                .orElseThrow();
        var jvms = targets.jvms;
        targets.jvms = List.of();
        OnFx.run(() -> console.showPage("targets"));
        shoot(console, "none");
        targets.jvms = jvms;
        fire(page, "refresh");
        await(() -> ((TableView<?>) OnFx.node(page, "jvms")).getItems().size() == 3);
        fire(page, "find");
        await(() -> !((Button) OnFx.node(page, "find")).isDisabled());
        shoot(console, "list");
        OnFx.run(() -> ((TextField) OnFx.node(page, "address")).setText("4711"));
        fire(page, "connect");
        shoot(console, "connecting");
        targets.session.fill();
        await(() -> ((TableView<?>) OnFx.node(page, "pools")).getItems().size() == 2);
        shoot(console, "connected");
        OnFx.run(() -> ((Switch) OnFx.node(page, "allow")).fire());
        scroll(page, 1);
        shoot(console, "question");
        fire(page, "confirmAction");
        OnFx.run(() -> {
            ((TextField) OnFx.node(page, "new-maximumPoolSize")).setText("20");
            ((TextField) OnFx.node(page, "new-connectionTimeout")).setText("5000");
        });
        fire(page, "change");
        shoot(console, "change");
        fire(page, "confirmAction");
        await(() -> targets.session.marks.size() == 2);
        shoot(console, "unlocked");
        targets.session.refusal = "The target refuses for pool orders: orders - is not suspendable.";
        fire(page, "suspendTarget");
        fire(page, "confirmAction");
        scroll(page, 0);
        targets.session.unlock(false);
        targets.session.marks.add(new EventMark(SteadyClock.now(), EventMark.Kind.ENGINE,
                "away: Process 4711 has ended, and no other JVM runs with the same command."));
        targets.session.state = new TargetState.Lost(SampleTargets.JVM, SteadyClock.now(),
                "Process 4711 has ended, and no other JVM runs with the same command.");
        shoot(console, "lost");
        scroll(page, 1);
        shoot(console, "lost-end");
        scroll(page, 0);
        targets.session.state = new TargetState.Refused("db.example:9010 refuses the user monitor: name or password is "
                + "wrong, or the user lacks the rights.");
        shoot(console, "refused");
        OnFx.run(console::close);
        System.exit(0);
    }

    /// Renders a JVM that runs, after 40 seconds of polling.
    ///
    /// @param address process or address of JMX
    private static void real(ConsoleContext context, String address) throws Exception {
        Console console = Fakes.open(new ConsoleContext(context.engine(), context.settings(), context.monitoring(),
                context.loads(), context.scenarios(), context.lab(), context.server(), new JmxTargets(),
                context.log(), context.stateFolder()));
        ((Fakes.Host) context.engine().host()).become(new EngineState.Ready("PostgreSQL 18.6, embedded, port 54321"));
        ScreenShots.skipGuide(console);
        Node page = console.pages().stream().filter(one -> one.id().equals("targets")).map(Page::view).findFirst()
                .orElseThrow();
        OnFx.run(() -> {
            console.showPage("targets");
            ((TextField) OnFx.node(page, "address")).setText(address);
        });
        fire(page, "connect");
        WaitForAsyncUtils.sleep(40, TimeUnit.SECONDS);
        shoot(console, "connected");
        OnFx.run(console::close);
        System.exit(0);
    }

    private static void fire(Node page, String button) {
        OnFx.run(() -> ((Button) OnFx.node(page, button)).fire());
    }

    private static void scroll(Node page, double to) {
        OnFx.run(() -> ((ScrollPane) page.lookup(".page-scroll")).setVvalue(to));
    }

    private static void await(Callable<Boolean> condition) throws Exception {
        WaitForAsyncUtils.waitFor(10, TimeUnit.SECONDS, () -> OnFx.get(condition));
    }

    private static void shoot(Console console, String name) throws Exception {
        List<Shot> shots = new ArrayList<>(List.of(new Shot("targets", Themes.Choice.LIGHT, 1280, 800),
                new Shot("targets", Themes.Choice.DARK, 800, 600)));
        if (name.equals("connected")) {
            shots.add(new Shot("targets", Themes.Choice.DARK, 1280, 800));
            shots.add(new Shot("targets", Themes.Choice.LIGHT, 1920, 1080, 2));
        }
        ScreenShots.save(console, OUT.resolve(name), shots);
    }
}
