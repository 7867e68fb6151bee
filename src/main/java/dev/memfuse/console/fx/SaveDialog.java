package dev.memfuse.console.fx;

import java.io.File;
import java.nio.file.Path;
import java.util.Optional;

import javafx.stage.FileChooser;
import javafx.stage.Window;

/// Asks the user for the file of an export. FX thread only.
@FunctionalInterface
public interface SaveDialog {
    /// What the dialog says and proposes.
    ///
    /// @param title heading of the dialog
    /// @param type name of the type of file
    /// @param extension without the dot
    /// @param name proposed name with extension
    record Proposal(String title, String type, String extension, String name) {}

    /// Asks; empty when the user cancels.
    Optional<Path> choose(Window owner, Proposal proposal);

    /// The dialog of the desktop, which asks before a file is replaced.
    SaveDialog DESKTOP = (owner, proposal) -> {
        FileChooser chooser = new FileChooser();
        chooser.setTitle(proposal.title());
        chooser.getExtensionFilters()
                .add(new FileChooser.ExtensionFilter(proposal.type(), "*." + proposal.extension()));
        chooser.setInitialFileName(proposal.name());
        return Optional.ofNullable(chooser.showSaveDialog(owner)).map(File::toPath);
    };
}
