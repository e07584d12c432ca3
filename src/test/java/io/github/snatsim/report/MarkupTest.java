package io.github.snatsim.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Text stays text. */
class MarkupTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "<b> | &lt;b&gt;",
                "a & b | a &amp; b",
                "&amp; | &amp;amp;",
                "\" ' | &quot; &#39;",
                "]]> | ]]&gt;",
                "-> | -&gt;",
                "Zürich 東京 😀 | Zürich 東京 😀"
            })
    void whatCouldBeMarkupIsEscapedInTextAndAttributes(String text, String escaped) {
        assertThat(new Markup().element("p", text, "title", text).toString())
                .isEqualTo("<p title=\"" + escaped + "\">" + escaped + "</p>");
    }

    /** Controls, what turns or hides text, halves of pairs, and what XML does not allow. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u0000",
                "\u001B",
                "\r",
                "\u007F",
                "\u0085",
                "\u00AD",
                "\u061C",
                "\u200B",
                "\u200F",
                "\u2028",
                "\u202E",
                "\u2066",
                "\uFEFF",
                "\uFFFE",
                "\uFFFF",
                "\uD800",
                "\uDC00",
                "\uFDD0",
                "\uDBFF\uDFFF",
                "\uDB40\uDC41"
            })
    void whatDeceivesIsReplaced(String text) {
        assertThat(new Markup().element("p", "a" + text + "b").toString()).isEqualTo("<p>a\uFFFDb</p>");
    }

    @Test
    void linesAndTabsStay() {
        assertThat(new Markup().element("pre", "a\n\tb").toString()).isEqualTo("<pre>a\n\tb</pre>");
    }

    @Test
    void anElementThatHasNotEndedIsNoDocument() {
        assertThatThrownBy(() -> new Markup().open("p").toString()).isInstanceOf(IllegalStateException.class);
    }
}
