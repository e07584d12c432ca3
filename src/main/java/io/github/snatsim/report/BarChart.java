package io.github.snatsim.report;

import com.google.common.collect.ImmutableList;
import io.github.snatsim.report.Svg.Size;
import java.util.Optional;

/**
 * Bars below each other, each under its name, with an interval where there is one, and a table behind them. Immutable.
 *
 * @param title what it shows
 * @param description the same for who does not see it, with the figures that matter
 * @param bars the bars; at most the first {@value #BARS_MAX} are drawn
 * @param limit what the bars cannot exceed, empty if there is no limit
 */
record BarChart(String title, String description, ImmutableList<Bar> bars, Optional<Long> limit) {
    private static final int BARS_MAX = 20;
    private static final int ROW_HEIGHT = 42;
    private static final int TOP = 22;

    private static final int CHARACTER_WIDTH = 8;
    private static final int GAP = 9;

    /**
     * One bar.
     *
     * @param name what it is of
     * @param value its length
     * @param valueText the value as text
     * @param low the lower end of the interval, the value itself if there is none
     * @param high the upper end
     * @param style colour and pattern
     */
    record Bar(String name, double value, String valueText, double low, double high, int style) {
        /** A bar of a count. */
        static Bar of(String name, long value, int style) {
            return new Bar(name, value, Numbers.count(value), value, value, style);
        }

        private boolean hasInterval() {
            return Double.isFinite(low) && Double.isFinite(high) && high > low;
        }

        private double end() {
            return hasInterval() ? Math.max(value, high) : value;
        }
    }

    /** Writes the figure and the table behind it. */
    void write(Markup page, HtmlTable table) {
        String id = page.id();
        page.line().open("figure").element("figcaption", title);
        for (Size size : Size.values()) {
            draw(page, size, id);
        }
        if (bars.size() > BARS_MAX) {
            page.element(
                    "p",
                    "Drawn are the first " + BARS_MAX + " of " + Numbers.count(bars.size()) + ".",
                    "class",
                    "note");
        }
        page.open("details").element("summary", "The numbers of this chart");
        table.write(page);
        page.close().close();
    }

    private void draw(Markup page, Size size, String id) {
        int rows = Math.min(BARS_MAX, bars.size());
        int bottom = TOP + rows * ROW_HEIGHT;
        double longest =
                bars.stream().limit(BARS_MAX).mapToDouble(Bar::end).max().orElse(0);
        double max = Math.max(limit.map(value -> (double) value).orElse(0.0), longest);
        double scale = max > 0 ? (size.width() - valueWidth(size) - 2) / max : 0;
        Svg.open(page, size, bottom + 4, id, title, description);
        for (int row = 0; row < rows; row++) {
            bar(page, bars.get(row), TOP + row * ROW_HEIGHT, scale);
        }
        Svg.line(page, "axis", 0.5, TOP, 0.5, bottom);
        limit.ifPresent(value -> {
            double x = Math.min(size.width() - 1.0, value * scale);
            Svg.line(page, "limit", x, TOP, x, bottom);
            String label = "limit " + Numbers.count(value);
            boolean fits = x > CHARACTER_WIDTH * label.length();
            Svg.text(page, "label", fits ? x : 1, TOP - 6.0, fits ? "end" : "start", label);
        });
        for (int row = 0; row < rows; row++) {
            texts(page, size, bars.get(row), TOP + row * ROW_HEIGHT, scale);
        }
        page.close();
    }

    /** The space behind the longest bar for its value: not more than half, for a long one is cut there. */
    private double valueWidth(Size size) {
        int longest = bars.stream()
                .limit(BARS_MAX)
                .mapToInt(bar -> bar.valueText().length())
                .max()
                .orElse(0);
        return Math.min(size.width() / 2.0, GAP + CHARACTER_WIDTH * longest + GAP);
    }

    private static void bar(Markup page, Bar bar, double y, double scale) {
        Svg.rectangle(page, "s" + bar.style(), 1, y + 21, Math.max(0, bar.value() * scale), 13);
        if (bar.hasInterval()) {
            double low = Math.max(0, bar.low()) * scale + 1;
            double high = bar.high() * scale + 1;
            Svg.line(page, "whisker", low, y + 27.5, high, y + 27.5);
            Svg.line(page, "whisker", low, y + 23.5, low, y + 31.5);
            Svg.line(page, "whisker", high, y + 23.5, high, y + 31.5);
        }
    }

    private void texts(Markup page, Size size, Bar bar, double y, double scale) {
        String value = Svg.shortened(bar.valueText(), (int) (valueWidth(size) - 2 * GAP) / CHARACTER_WIDTH);
        Svg.text(page, "name", 6, y + 14, "start", Svg.shortened(bar.name(), size.width() / CHARACTER_WIDTH));
        Svg.text(page, "tick", Math.max(0, bar.end()) * scale + GAP, y + 32, "start", value);
    }
}
