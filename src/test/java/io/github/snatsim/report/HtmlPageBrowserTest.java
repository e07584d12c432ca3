package io.github.snatsim.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.io.Resources;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every kind of page in a real browser: at three widths, light and dark, and as it is printed. */
class HtmlPageBrowserTest {
    private static Chromium browser;
    private static String axe;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() throws IOException {
        browser = Chromium.start();
        axe = Resources.toString(Resources.getResource("axe.min.js"), StandardCharsets.UTF_8);
    }

    @AfterAll
    static void end() throws IOException {
        if (browser != null) {
            browser.close();
        }
    }

    @ParameterizedTest
    @EnumSource(Pages.class)
    void isReadableEverywhereAndAsksNobody(Pages page) throws IOException {
        Path file = Files.writeString(folder.resolve("page.html"), page.html());
        browser.show(1280, "screen", "light");
        browser.load(file);

        assertThat(complaints()).isEmpty();
        assertThat(requests()).containsExactly(file.toUri().toString());
        assertThat(browser.evaluate("String(document.scripts.length + document.images.length)"))
                .isEqualTo("0");
        browser.evaluate(axe + "; 'injected'");
        for (int width : new int[] {360, 768, 1280}) {
            for (String scheme : List.of("light", "dark")) {
                browser.show(width, "screen", scheme);
                assertThat(faults()).as("%s, %s px, %s", page, width, scheme).isEmpty();
            }
        }
        browser.show(700, "print", "dark");
        assertThat(faults()).as("%s printed", page).isEmpty();
    }

    @Test
    void darkIsDarkAndPaperIsWhite() throws IOException {
        browser.load(Files.writeString(folder.resolve("page.html"), Pages.PLAIN.html()));
        String ground = "getComputedStyle(document.body).backgroundColor";

        browser.show(1280, "screen", "light");
        assertThat(browser.evaluate(ground)).isEqualTo("rgb(255, 255, 255)");
        browser.show(1280, "screen", "dark");
        assertThat(browser.evaluate(ground)).isEqualTo("rgb(20, 24, 29)");
        browser.show(1280, "print", "dark");
        assertThat(browser.evaluate(ground)).isEqualTo("rgb(255, 255, 255)");
    }

    /** Guards the test itself: what it looks for, it finds. */
    @Test
    void aFaultyPageIsReported() throws IOException {
        String faulty = """
                <!DOCTYPE html><html><head><title>t</title></head><body>
                <main><h1 style="color: #eee">pale</h1><div style="width: 2000px">wide</div>
                <img src="http://127.0.0.1:9/x.png">
                <figure><svg></svg></figure></main>
                <script>console.error("oops"); throw new Error("thrown");</script>
                </body></html>
                """;
        browser.show(360, "screen", "light");
        browser.load(Files.writeString(folder.resolve("faulty.html"), faulty));
        browser.evaluate(axe + "; 'injected'");

        assertThat(complaints()).anyMatch(line -> line.contains("oops")).anyMatch(line -> line.contains("thrown"));
        assertThat(requests()).contains("http://127.0.0.1:9/x.png");
        assertThat(faults())
                .anyMatch(fault -> fault.contains("color-contrast"))
                .anyMatch(fault -> fault.contains("image-alt"))
                .anyMatch(fault -> fault.contains("html-has-lang"))
                .anyMatch(fault -> fault.contains("wider than the screen"))
                .anyMatch(fault -> fault.contains("without numbers"));
    }

    /** What the console shows, and what was thrown. */
    private static List<String> complaints() {
        return browser.events().stream()
                .filter(event -> List.of("Runtime.consoleAPICalled", "Runtime.exceptionThrown", "Log.entryAdded")
                        .contains(event.method()))
                .map(event -> event.parameters().toString())
                .toList();
    }

    private static List<String> requests() {
        return browser.events().stream()
                .filter(event -> event.method().equals("Network.requestWillBeSent"))
                .map(event -> String.valueOf(((Map<?, ?>) event.parameters().get("request")).get("url")))
                .toList();
    }

    private static List<String> faults() {
        List<String> faults = new ArrayList<>();
        String barriers = browser.evaluate("""
                axe.run(document).then(result => result.violations
                    .map(rule => rule.id + ": " + rule.help + " " + rule.nodes.map(node => node.html).join(" ").slice(0, 600))
                    .join("\\n"))
                """);
        barriers.lines().forEach(faults::add);
        String layout = browser.evaluate("""
                (() => {
                  const faults = [];
                  const width = document.documentElement.clientWidth;
                  if (document.documentElement.scrollWidth > width) {
                    const wide = [...document.querySelectorAll("body *")]
                        .filter(e => !e.closest("svg") && e.getBoundingClientRect().right > width + 1)
                        .map(e => e.outerHTML.slice(0, 80) + " " + e.getBoundingClientRect().right);
                    faults.push("wider than the screen: " + wide.join(" "));
                  }
                  for (const figure of document.querySelectorAll("figure")) {
                    const drawn = [...figure.querySelectorAll("svg[role=img]")].filter(e => e.getClientRects().length > 0);
                    if (drawn.length !== 1) faults.push(drawn.length + " drawings of one chart");
                    if (!figure.querySelector("details table tbody tr")) faults.push("a chart without numbers");
                    for (const svg of drawn) {
                      const frame = svg.getBoundingClientRect();
                      for (const text of svg.querySelectorAll("text")) {
                        const box = text.getBoundingClientRect();
                        if (box.right > frame.right + 1 || box.left < frame.left - 1 || box.top < frame.top - 1
                            || box.bottom > frame.bottom + 1) faults.push("text outside its chart: " + text.textContent);
                      }
                    }
                  }
                  return faults.join("\\n");
                })()
                """);
        layout.lines().forEach(faults::add);
        return faults;
    }
}
