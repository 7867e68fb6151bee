package dev.memfuse;

import java.util.List;

/// Locales whose digits, letters or calendar differ from English, as options of a JVM.
public final class TestLocales {
    /// Other digits (Egypt, Iran), a dotless i (Turkey), the Buddhist calendar (Thailand).
    public static final List<List<String>> OPTIONS = List.of(
            List.of("-Duser.language=ar", "-Duser.country=EG"),
            List.of("-Duser.language=fa", "-Duser.country=IR"),
            List.of("-Duser.language=tr", "-Duser.country=TR"),
            List.of("-Duser.language=th", "-Duser.country=TH", "-Duser.extensions=u-ca-buddhist-nu-thai"));

    private TestLocales() {}
}
