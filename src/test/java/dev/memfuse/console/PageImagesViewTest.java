package dev.memfuse.console;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import javax.imageio.ImageIO;

import dev.memfuse.console.fx.OnFx;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Pictures of the pages of the window.
@Tag("fx")
class PageImagesViewTest extends OpenConsole {
    /// A page settles for most of a second before its picture, so each is taken once, the next one in the other theme.
    @Test
    void savesAPictureOfEachPage() throws Exception {
        List<PageImages.Shot> both = PageImages.Shot.ofAll(console.pages(), 1000, 700);
        assertEquals(2 * console.pages().size(), both.size());

        assertSaved(IntStream.range(0, console.pages().size()).mapToObj(page -> both.get(2 * page + page % 2))
                .toList());
    }

    @Test
    @Tag("slow")
    void savesAPictureOfEachPageInBothThemes() throws Exception {
        assertSaved(PageImages.Shot.ofAll(console.pages(), 1000, 700));
    }

    @Test
    void aPictureThatExistsIsReplacedAsAWhole() throws Exception {
        PageImages.Shot shot = PageImages.Shot.ofAll(console.pages(), 1000, 700).getFirst();
        Path pictures = Files.createDirectories(folder.resolve("pictures"));
        Path old = Files.createLink(folder.resolve("old"),
                Files.writeString(pictures.resolve(shot.fileName()), "old"));

        assertSaved(List.of(shot));

        assertEquals("old", Files.readString(old));
    }

    private void assertSaved(List<PageImages.Shot> shots) throws Exception {
        List<Path> files = OnFx.get(() -> PageImages.save(console, folder.resolve("pictures"), shots)).get(60,
                TimeUnit.SECONDS);

        assertEquals(shots.stream().map(PageImages.Shot::fileName).toList(),
                files.stream().map(file -> file.getFileName().toString()).toList());
        for (Path file : files) {
            var picture = ImageIO.read(file.toFile());
            assertEquals("1000x700", picture.getWidth() + "x" + picture.getHeight(), file.toString());
        }
        assertEquals("live-light-1000x700.png", files.getFirst().getFileName().toString());
    }
}
