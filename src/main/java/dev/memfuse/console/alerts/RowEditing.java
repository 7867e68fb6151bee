package dev.memfuse.console.alerts;

/// Commands of a table with a form that edits one of its rows. FX thread only.
interface RowEditing {

    /// Opens the form for a new row.
    void add();

    /// Opens the form for the selected row.
    void edit();

    /// Removes the selected row.
    void remove();

    /// Applies the form, or says what is wrong.
    void save();

    /// Closes the form without a change.
    void cancel();
}
