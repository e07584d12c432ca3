package io.github.snatsim.report;

import java.util.ArrayList;
import java.util.List;

/** A table of a page: a caption, columns, rows whose first cell names them. Not for use by several threads at once. */
final class HtmlTable {
    private static final int ROWS_MAX = 100;

    private final String caption;
    private final List<String> columns = new ArrayList<>();

    /** By column: how it is set. */
    private final List<String> classes = new ArrayList<>();

    /** Row after row. */
    private final List<String> cells = new ArrayList<>();

    HtmlTable(String caption) {
        this.caption = caption;
    }

    /** Adds a column of short words, which stay on one line. */
    HtmlTable text(String column) {
        return column(column, "");
    }

    /** Adds a column of numbers, which stand to the right. */
    HtmlTable number(String column) {
        return column(column, "n");
    }

    /** Adds a column of sentences. */
    HtmlTable prose(String column) {
        return column(column, "w");
    }

    /** Adds a column of names and a few words, which may break but leave room for sentences beside them. */
    HtmlTable name(String column) {
        return column(column, "w name");
    }

    private HtmlTable column(String column, String cssClass) {
        columns.add(column);
        classes.add(cssClass);
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
        String id = page.id();
        page.line().element("p", caption, "class", "caption", "id", id);
        // a table can be wider than a phone: then this part scrolls, also by keyboard, not the page
        page.line()
                .open("div", "class", "scroll", "role", "region", "tabindex", "0", "aria-labelledby", id)
                .open("table", "aria-labelledby", id)
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
        if (!classes.get(column).isEmpty()) {
            attributes.addAll(List.of("class", classes.get(column)));
        }
        return attributes.toArray(String[]::new);
    }
}
