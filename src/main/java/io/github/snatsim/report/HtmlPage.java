package io.github.snatsim.report;

import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.function.Consumer;

/**
 * One document: everything that it needs is in it, and its policy lets a browser load or run nothing else. The file is HTML and
 * well-formed XML at once. Not for use by several threads at once.
 */
final class HtmlPage {
    /** From so many characters on an answer is set in smaller letters. */
    private static final int LONG_ANSWER = 90;

    private static final int INPUT_CHARACTERS_MAX = 100_000;

    private final Markup page = new Markup();

    /**
     * Begins a page with its answer.
     *
     * @param kicker what was done to what, above the answer
     * @param answer a sentence with the number
     * @param lead what else matters, below it
     */
    HtmlPage(String kicker, String answer, String lead) {
        page.verbatim("<!DOCTYPE html>\n")
                .open("html", "lang", "en", "xmlns", "http://www.w3.org/1999/xhtml")
                .line()
                .open("head")
                .line()
                .empty("meta", "charset", "utf-8")
                .line()
                .empty("meta", "http-equiv", "Content-Security-Policy", "content", policy())
                .line()
                .empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1")
                .line()
                .empty("meta", "name", "color-scheme", "content", "light dark")
                .line()
                .element("title", answer + " - " + kicker)
                .line()
                .open("style")
                .verbatim(PageStyle.CSS)
                .close()
                .close()
                .line()
                .open("body");
        Svg.patterns(page);
        page.line()
                .open("header")
                .element("p", kicker, "class", "kicker")
                .element("h1", answer, "class", answer.length() > LONG_ANSWER ? "long" : "short");
        if (!lead.isEmpty()) {
            page.element("p", lead, "class", "lead");
        }
        page.close().line().open("main");
    }

    /** Nothing may be loaded and nothing run; of styles only the one in the page, known by its hash. */
    private static String policy() {
        byte[] hash = Hashing.sha256()
                .hashString(PageStyle.CSS, StandardCharsets.UTF_8)
                .asBytes();
        return "default-src 'none'; style-src 'sha256-" + Base64.getEncoder().encodeToString(hash)
                + "'; base-uri 'none'; form-action 'none'";
    }

    Markup markup() {
        return page;
    }

    /** A part under a heading. */
    HtmlPage section(String heading, Runnable content) {
        page.line().open("section").element("h2", heading);
        content.run();
        page.close();
        return this;
    }

    HtmlPage paragraph(String sentence) {
        page.element("p", sentence);
        return this;
    }

    /** A sentence in the margin. */
    HtmlPage note(String sentence) {
        page.element("p", sentence, "class", "note");
        return this;
    }

    HtmlPage table(HtmlTable table) {
        table.write(page);
        return this;
    }

    HtmlPage chart(TimeChart chart) {
        chart.write(page);
        return this;
    }

    /** Names and values, without a heading. */
    HtmlPage facts(Consumer<Facts> facts) {
        page.line().open("dl", "class", "facts");
        facts.accept((name, value) ->
                page.open("div").element("dt", name).element("dd", value).close());
        page.close();
        return this;
    }

    /** Takes names and values. */
    interface Facts {
        /** Adds one. */
        void add(String name, String value);
    }

    /** Ends the page with what makes it again. */
    String end(PageOrigin origin, String randomness) {
        section("How to reproduce this page", () -> {
            page.element("p", randomness)
                    .open("pre", "class", "command", "tabindex", "0")
                    .element("code", origin.command())
                    .close();
            origin.input().ifPresent(this::input);
        });
        page.close()
                .line()
                .open("footer")
                .element(
                        "p",
                        "Made by SnatSim " + origin.version()
                                + ". This file loads nothing, runs nothing and sends nothing.")
                .close()
                .close()
                .close()
                .line();
        return page.toString();
    }

    private void input(String input) {
        boolean whole = input.length() <= INPUT_CHARACTERS_MAX;
        String shown = whole ? input : input.substring(0, INPUT_CHARACTERS_MAX);
        page.element("h3", "Input")
                .open("pre", "tabindex", "0")
                .element("code", shown.replace("\r\n", "\n"))
                .close();
        if (!whole) {
            note("The first " + Numbers.count(INPUT_CHARACTERS_MAX) + " of " + Numbers.count(input.length())
                    + " characters.");
        }
    }
}
