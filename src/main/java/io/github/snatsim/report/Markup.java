package io.github.snatsim.report;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Writes a document that HTML and XML parsers read alike. All text goes through {@link #escape}, so nothing from outside can
 * become markup; only names of elements and attributes, which come from this program, stand as they are.
 */
final class Markup {
    private static final char REPLACEMENT = '\uFFFD';

    private final StringBuilder text = new StringBuilder();
    private final Deque<String> open = new ArrayDeque<>();
    private int ids;

    /** A name for an element that no other element of the document has. */
    String id() {
        return "i" + ++ids;
    }

    /** Begins an element; attributes are names and values by turns. */
    Markup open(String name, String... attributes) {
        tag(name, attributes).append('>');
        open.push(name);
        return this;
    }

    /** Ends the element that began last. */
    Markup close() {
        text.append("</").append(open.pop()).append('>');
        return this;
    }

    /** An element without content. */
    Markup empty(String name, String... attributes) {
        tag(name, attributes).append("/>");
        return this;
    }

    /** An element with nothing but text. */
    Markup element(String name, String content, String... attributes) {
        return open(name, attributes).text(content).close();
    }

    Markup text(String content) {
        escape(content, text);
        return this;
    }

    /** Begins a new line in the file, for those who read it there. */
    Markup line() {
        text.append('\n');
        return this;
    }

    /** Puts in what this program itself wrote: a doctype, a style sheet. */
    Markup verbatim(String own) {
        text.append(own);
        return this;
    }

    private StringBuilder tag(String name, String... attributes) {
        text.append('<').append(name);
        for (int i = 0; i < attributes.length; i += 2) {
            text.append(' ').append(attributes[i]).append("=\"");
            escape(attributes[i + 1], text);
            text.append('"');
        }
        return text;
    }

    /** Writes a text so that it is nothing but text, in an element and in an attribute. */
    private static void escape(String content, StringBuilder to) {
        for (int i = 0; i < content.length(); i++) {
            char c = content.charAt(i);
            switch (c) {
                case '&' -> to.append("&amp;");
                case '<' -> to.append("&lt;");
                case '>' -> to.append("&gt;");
                case '"' -> to.append("&quot;");
                case '\'' -> to.append("&#39;");
                case '\n', '\t' -> to.append(c);
                default -> {
                    if (Character.isHighSurrogate(c)
                            && i + 1 < content.length()
                            && Character.isLowSurrogate(content.charAt(i + 1))) {
                        int point = content.codePointAt(i);
                        to.appendCodePoint((point & 0xFFFE) == 0xFFFE || point >= 0xE0000 ? REPLACEMENT : point);
                        i++;
                    } else {
                        to.append(isHarmless(c) ? c : REPLACEMENT);
                    }
                }
            }
        }
    }

    /**
     * Whether a character neither breaks the file nor deceives who reads it: no control, no half of a pair, none that is
     * invisible or turns the direction of the text around it.
     */
    private static boolean isHarmless(char c) {
        boolean control = c < 0x20 || in(c, 0x7F, 0x9F);
        boolean turning = c == 0x61C || in(c, 0x200E, 0x200F) || in(c, 0x202A, 0x202E) || in(c, 0x2066, 0x206F);
        boolean invisible = c == 0xAD || c == 0x180E || in(c, 0x200B, 0x200D) || in(c, 0x2060, 0x2065) || c == 0xFEFF;
        boolean breaking = in(c, 0x2028, 0x2029) || in(c, 0xFFF9, 0xFFFB);
        boolean noCharacter = Character.isSurrogate(c) || in(c, 0xFDD0, 0xFDEF) || c >= 0xFFFE;
        return !(control || turning || invisible || breaking || noCharacter);
    }

    private static boolean in(char c, int from, int to) {
        return from <= c && c <= to;
    }

    /** Returns the document, in which every element has ended. */
    @Override
    public String toString() {
        if (!open.isEmpty()) {
            throw new IllegalStateException("the element " + open.peek() + " has not ended");
        }
        return text.toString();
    }
}
