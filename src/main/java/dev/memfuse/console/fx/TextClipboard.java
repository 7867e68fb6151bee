package dev.memfuse.console.fx;

import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;

/// Copies text to the clipboard of the system. FX thread only.
public final class TextClipboard {
    private TextClipboard() {}

    /// Replaces the content of the clipboard by a text.
    public static void copy(String text) {
        ClipboardContent content = new ClipboardContent();
        content.putString(text);
        Clipboard.getSystemClipboard().setContent(content);
    }
}
