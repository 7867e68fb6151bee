package dev.memfuse.console.alerts;

import javafx.fxml.FXML;

/// The buttons of a table with a form that edits one of its rows.
abstract class RowEditingController {
    private final RowEditing rows;

    RowEditingController(RowEditing rows) {
        this.rows = rows;
    }

    @FXML
    void onAdd() {
        rows.add();
    }

    @FXML
    void onEdit() {
        rows.edit();
    }

    @FXML
    void onRemove() {
        rows.remove();
    }

    @FXML
    void onSave() {
        rows.save();
    }

    @FXML
    void onCancel() {
        rows.cancel();
    }
}
