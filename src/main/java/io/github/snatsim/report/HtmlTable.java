package io.github.snatsim.report;

import java.util.ArrayList;
import java.util.List;

/** A table of a page: a caption, columns, rows whose first cell names them. Not for use by several threads at once. */
final class HtmlTable {
    private static final int ROWS_MAX = 100;

    private final String caption;
    private final List<String> columns = new ArrayList<>();

    /** By column: whether it is set as numbers are, to the right. */
    private final List<Boolean> numbers = new ArrayList<>();

    /** Row after row. */
    private final List<String> cells = new ArrayList<>();

    HtmlTable(String caption) {
        this.caption = caption;
    }

    /** Adds a column of words. */
    HtmlTable text(String column) {
        columns.add(column);
        numbers.add(false);
        return this;
    }

    /** Adds a column of numbers. */
    HtmlTable number(String column) {
        columns.add(column);
        numbers.add(true);
        return this;
    }

    /** Adds the next cell; the columns must be there by then. */
    HtmlTable cell(String content) {
        cells.add(content);
        return this;
    }

    /** Adds several cells. */
    HtmlTable row(String... contents) {
        cells.addAll(List.of(contents));
        return this;
    }

    /** Writes the table, or its beginning and how much is left out. */
    void write(Markup page) {
        write(page, cells.size() / columns.size());
    }

    /**
     * Writes the table.
     *
     * @param rowsKnown how many rows there were, at least as many as the table was given
     */
    void write(Markup page, long rowsKnown) {
        int rows = cells.size() / columns.size();
        int shown = Math.min(rows, ROWS_MAX);
        // a table can be wider than a phone: then this part scrolls, also by keyboard, not the page
        page.line()
                .open("div", "class", "scroll", "role", "region", "tabindex", "0", "aria-label", caption)
                .open("table")
                .element("caption", caption)
                .open("thead")
                .open("tr");
        for (int column = 0; column < columns.size(); column++) {
            page.element("th", columns.get(column), attributes(column, "col"));
        }
        page.close().close().open("tbody");
        for (int row = 0; row < shown; row++) {
            page.line().open("tr");
            for (int column = 0; column < columns.size(); column++) {
                String content = cells.get(row * columns.size() + column);
                page.element(column == 0 ? "th" : "td", content, attributes(column, column == 0 ? "row" : ""));
            }
            page.close();
        }
        page.close().close().close();
        if (rowsKnown > shown) {
            page.element(
                    "p",
                    "The first " + Numbers.count(shown) + " of " + Numbers.count(rowsKnown) + ".",
                    "class",
                    "note");
        }
    }

    private String[] attributes(int column, String scope) {
        List<String> attributes = new ArrayList<>();
        if (!scope.isEmpty()) {
            attributes.addAll(List.of("scope", scope));
        }
        if (numbers.get(column)) {
            attributes.addAll(List.of("class", "n"));
        }
        return attributes.toArray(String[]::new);
    }
}
