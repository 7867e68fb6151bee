package dev.memfuse.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import javafx.event.ActionEvent;
import javafx.scene.Node;
import javafx.scene.control.ComboBox;
import javafx.scene.control.RadioButton;
import javafx.scene.control.TextField;
import javafx.scene.control.TextInputControl;
import javafx.scene.control.ToggleButton;

import dev.memfuse.console.chart.Frames;
import dev.memfuse.console.context.ConsoleContext;
import dev.memfuse.console.fx.OnFx;
import dev.memfuse.console.fx.Page;
import dev.memfuse.engine.host.EngineState;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The FX thread touches no file while the window opens, is used and closes. The Java machine traces every call.
@Tag("fx")
class FxThreadFilesTest {
    private static final String TRACED = "java.nio.file.Files;java.nio.channels.FileChannel::open;java.io.File::exists;"
            + "java.io.File::isFile;java.io.File::isDirectory;java.io.File::length;java.io.File::list;"
            + "java.io.FileInputStream::<init>;java.io.FileOutputStream::<init>;java.io.RandomAccessFile::<init>";

    @TempDir
    private Path folder;

    @Test
    void theWindowIsUsedWithoutAFileOnTheFxThread() throws Exception {
        Fakes.Host host = new Fakes.Host();
        host.become(new EngineState.Ready("PostgreSQL 18"));
        ConsoleContext context = Fakes.context(folder, host, new Fakes.Loads());
        Collection<String> found = traced(() -> use(Fakes.open(context)));

        assertEquals(Set.of(), Set.copyOf(found));
    }

    @Test
    void theTraceSeesAFileOnTheFxThread() throws Exception {
        Collection<String> found = traced(() -> OnFx.run(() -> assertTrue(Files.exists(folder))));

        assertTrue(found.stream().anyMatch(call -> call.contains(FxThreadFilesTest.class.getName())), "" + found);
    }

    private static void use(Console console) {
        for (Page page : console.pages()) {
            OnFx.run(() -> console.showPage(page.id()));
            Frames.await(console.scene(), 3);
            OnFx.run(() -> {
                List<Node> nodes = OnFx.all(console.scene().getRoot()).toList();
                nodes.forEach(FxThreadFilesTest::touch);
            });
            Frames.await(console.scene(), 3);
        }
        OnFx.run(() -> {
            console.themes().toggle();
            console.stage().setWidth(console.stage().getWidth() + 20);
            console.themes().toggle();
        });
        Frames.await(console.scene(), 2);
        Fakes.close(console);
    }

    /// Types into a field, opens a choice, and switches what only changes the view.
    private static void touch(Node node) {
        switch (node) {
            case TextInputControl field when field.isEditable() && !field.isDisabled() -> {
                String before = field.getText();
                field.setText("/tmp/x.json");
                if (field instanceof TextField line) {
                    line.fireEvent(new ActionEvent());
                }
                field.setText(before);
            }
            case ComboBox<?> choice when !choice.isDisabled() && !choice.getItems().isEmpty() -> {
                int before = choice.getSelectionModel().getSelectedIndex();
                choice.getSelectionModel().selectLast();
                choice.getSelectionModel().select(before);
            }
            case RadioButton radio when !radio.isDisabled() -> radio.fire();
            case ToggleButton toggle when !toggle.isDisabled() && !String.valueOf(toggle.getId()).startsWith("nav-") ->
                toggle.fire();
            default -> {
                // Buttons act on the engine; their view models have tests of their own.
            }
        }
    }

    private interface Part {
        void run() throws Exception;
    }

    private Collection<String> traced(Part part) throws Exception {
        Path file = folder.resolve("trace.jfr");
        long fxThread = OnFx.get(() -> Thread.currentThread().threadId());
        try (Recording recording = new Recording()) {
            recording.enable("jdk.MethodTrace").with("filter", TRACED).withStackTrace()
                    .withThreshold(Duration.ZERO);
            recording.start();
            part.run();
            recording.stop();
            recording.dump(file);
        }
        Set<String> found = new LinkedHashSet<>();
        for (RecordedEvent event : RecordingFile.readAllEvents(file)) {
            if (event.getThread() != null && event.getThread().getJavaThreadId() == fxThread) {
                culprit(event.getStackTrace().getFrames()).ifPresent(found::add);
            }
        }
        return found;
    }

    /// Returns the call by which the program touches a file; empty for the loading of classes, fonts and skins, whose
    /// frames come before any of the program.
    private static Optional<String> culprit(List<RecordedFrame> frames) {
        List<String> above = new ArrayList<>();
        for (RecordedFrame frame : frames) {
            String type = frame.getMethod().getType().getName();
            above.add(type + "." + frame.getMethod().getName() + ":" + frame.getLineNumber());
            if (type.startsWith("java.lang.ClassLoader") || type.startsWith("jdk.internal.loader.")
                    || type.startsWith("java.lang.Class") || type.startsWith("javafx.") || type.startsWith("com.sun.")
                    || type.startsWith("java.net.URL")) {
                return Optional.empty();
            }
            if (type.startsWith("dev.memfuse.")) {
                return Optional.of(String.join(" < ", above));
            }
        }
        return Optional.empty();
    }
}
