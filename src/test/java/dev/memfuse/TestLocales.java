package dev.memfuse;

import java.util.List;

/// Locales whose digits, letters or calendar differ from English, as options of a JVM.
public final class TestLocales {
    /// Other digits (Egypt, Iran, India), a dotless i (Turkey), the Buddhist calendar (Thailand), a decimal comma
    /// (Germany).
    public static final List<List<String>> OPTIONS = List.of(
            List.of("-Duser.language=ar", "-Duser.country=EG"),
            List.of("-Duser.language=fa", "-Duser.country=IR"),
            List.of("-Duser.language=tr", "-Duser.country=TR"),
            List.of("-Duser.language=th", "-Duser.country=TH", "-Duser.extensions=u-ca-buddhist-nu-thai"),
            List.of("-Duser.language=hi", "-Duser.country=IN", "-Duser.extensions=u-nu-deva"),
            List.of("-Duser.language=de", "-Duser.country=DE"));
    /// The same locales as tags.
    public static final List<String> TAGS = List.of("ar-EG-u-nu-arab", "fa-IR", "tr-TR", "th-TH-u-ca-buddhist-nu-thai",
            "hi-IN-u-nu-deva", "de-DE");

    private TestLocales() {}
}
