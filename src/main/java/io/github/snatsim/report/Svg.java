package io.github.snatsim.report;

/** What every chart needs to draw: sizes, numbers, texts. Stateless. */
final class Svg {
    /** Each chart is drawn twice, so that its letters have one size on a screen and on a phone; a style sheet shows one. */
    enum Size {
        WIDE("wide", 840, 200),
        NARROW("narrow", 328, 160);

        private final String cssClass;
        private final int width;
        private final int plotHeight;

        Size(String cssClass, int width, int plotHeight) {
            this.cssClass = cssClass;
            this.width = width;
            this.plotHeight = plotHeight;
        }

        int width() {
            return width;
        }

        int plotHeight() {
            return plotHeight;
        }

        boolean isWide() {
            return this == WIDE;
        }
    }

    private Svg() {}

    /** Begins a chart that a screen reader calls an image with a title and a description. */
    static void open(Markup page, Size size, int height, String id, String title, String description) {
        String unique = id + "-" + size.cssClass;
        page.line()
                .open(
                        "svg",
                        "xmlns",
                        "http://www.w3.org/2000/svg",
                        "class",
                        size.cssClass,
                        "role",
                        "img",
                        "aria-labelledby",
                        unique + "-t " + unique + "-d",
                        "viewBox",
                        "0 0 " + size.width + " " + height)
                .element("title", title, "id", unique + "-t")
                .element("desc", description, "id", unique + "-d");
    }

    /** A coordinate with one digit behind the point. */
    static String at(double coordinate) {
        long tenths = Math.round(coordinate * 10);
        String digits = Long.toString(Math.abs(tenths) / 10) + (tenths % 10 == 0 ? "" : "." + Math.abs(tenths) % 10);
        return tenths < 0 ? "-" + digits : digits;
    }

    static void line(Markup page, String cssClass, double x1, double y1, double x2, double y2) {
        page.empty("line", "class", cssClass, "x1", at(x1), "y1", at(y1), "x2", at(x2), "y2", at(y2));
    }

    static void text(Markup page, String cssClass, double x, double y, String anchor, String content) {
        page.element("text", content, "class", cssClass, "x", at(x), "y", at(y), "text-anchor", anchor);
    }

    static void rectangle(Markup page, String cssClass, double x, double y, double width, double height) {
        page.empty("rect", "class", cssClass, "x", at(x), "y", at(y), "width", at(width), "height", at(height));
    }

    /** The patterns that tell layers apart without colour; charts refer to them, so they stand once, at the top of the page. */
    static void patterns(Markup page) {
        page.line()
                .open(
                        "svg",
                        "xmlns",
                        "http://www.w3.org/2000/svg",
                        "class",
                        "patterns",
                        "aria-hidden",
                        "true",
                        "width",
                        "0",
                        "height",
                        "0")
                .open("defs");
        pattern(page, 1, "M-1 1l2 -2M0 6l6 -6M5 7l2 -2");
        pattern(page, 2, "M1.5 3h1.6M4.5 0h1.6M4.5 6h1.6");
        pattern(page, 4, "M0 3h6");
        pattern(page, 5, "M3 0v6");
        page.close().close();
    }

    private static void pattern(Markup page, int style, String path) {
        page.open("pattern", "id", "p" + style, "width", "6", "height", "6", "patternUnits", "userSpaceOnUse")
                .empty("rect", "class", "f" + style, "width", "6", "height", "6")
                .empty("path", "class", "hatch", "d", path)
                .close();
    }

    /** A long name as it fits into so many characters. */
    static String shortened(String name, int most) {
        int points = name.codePointCount(0, name.length());
        return points <= most ? name : name.substring(0, name.offsetByCodePoints(0, most - 1)) + "…";
    }
}
