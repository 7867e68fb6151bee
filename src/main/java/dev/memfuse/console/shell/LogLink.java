package dev.memfuse.console.shell;

import java.util.stream.Collectors;
import java.util.stream.Stream;

import javafx.scene.control.Button;

import dev.memfuse.console.fx.TextClipboard;
import dev.memfuse.log.LogLocation;

/// The way from a failure to the log: its path for sentences, and the page that shows it. Used on the FX thread.
///
/// @param location path of the file, or why there is none
/// @param open opens the Log page
public record LogLink(LogLocation location, Runnable open) {

    /// Returns a button that opens the Log page.
    Button openButton() {
        Button button = new Button("Open log");
        button.setOnAction(_ -> open.run());
        return button;
    }

    /// Puts a failure on the clipboard, with the path of the log; empty parts are left out.
    void copy(String... parts) {
        TextClipboard.copy(text(parts));
    }

    String text(String... parts) {
        return Stream.concat(Stream.of(parts), Stream.of(location.hint())).filter(part -> !part.isEmpty()).distinct()
                .collect(Collectors.joining(System.lineSeparator()));
    }
}
