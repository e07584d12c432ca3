package io.github.snatsim.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;

/** Takes the picture that the README shows: {@code ./mvnw -Pscreenshot process-test-classes}. No test does this. */
public final class PageScreenshot {
    private static final int WIDTH = 900;
    private static final int HEIGHT = 862;
    private static final int BYTES_MAX = 100_000;

    private PageScreenshot() {}

    /**
     * Takes it.
     *
     * @param args the PNG file to write
     */
    public static void main(String[] args) throws IOException {
        Path page = Files.createTempFile("snatsim-page", ".html");
        try (Chromium browser = Chromium.start()) {
            Files.writeString(page, Pages.PLAIN.html());
            browser.show(WIDTH, "screen", "light");
            browser.load(page);
            String png = (String) browser.send(
                            "Page.captureScreenshot",
                            "{\"format\":\"png\",\"clip\":{\"x\":0,\"y\":0,\"width\":" + WIDTH + ",\"height\":" + HEIGHT
                                    + ",\"scale\":1}}")
                    .get("data");
            byte[] bytes = Base64.getDecoder().decode(png);
            if (bytes.length >= BYTES_MAX) {
                throw new IOException("a picture of " + bytes.length + " bytes: expected less than " + BYTES_MAX);
            }
            Files.write(Path.of(args[0]), bytes);
        } finally {
            Files.deleteIfExists(page);
        }
    }
}
