package dev.memfuse.lab.compare;

/// What limits the verdict of a comparison.
///
/// @param brief a few words for the verdict
/// @param sentence all of it, with what to do
record Problem(String brief, String sentence) {}
