package dev.memfuse.lab.compare;

/// What limits the verdict of a comparison.
///
/// @param brief a few words for the verdict
/// @param sentence all of it, with what to do
/// @param voids whether it takes every verdict from the figures; otherwise the candidate is not better, but it may be
///        worse
record Problem(String brief, String sentence, boolean voids) {}
