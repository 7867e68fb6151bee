package dev.memfuse.console.fx;

/// Identity of a page.
///
/// @param id stable short name, used in the saved window state and in file names of pictures
/// @param title name in the navigation and in the header
/// @param icon Ikonli literal of the icon in the navigation, one of [Icons]
/// @param group heading above the page and its neighbours in the navigation; empty for none
public record PageInfo(String id, String title, String icon, String group) {

    /// Group of the pages at the lower end of the navigation, which has no heading.
    public static final String BOTTOM = "bottom";

    /// Creates a page without a group.
    public PageInfo(String id, String title, String icon) {
        this(id, title, icon, "");
    }
}
