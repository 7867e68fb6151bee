package dev.memfuse.console.settings;

/// A shortcut as a row.
///
/// @param id the action
/// @param title what it does
/// @param page title of the page on which it works
/// @param keys the shortcut; empty for none
/// @param chosen whether the user chose it
record KeyRow(String id, String title, String page, String keys, boolean chosen) {}
