package io.github.snatsim.report;

import com.google.common.collect.ImmutableList;
import io.github.snatsim.report.Svg.Size;
import java.math.BigDecimal;

/**
 * Layers on top of each other over time, with a limit, marks and shaded stretches, and the table behind it. Immutable.
 *
 * @param title what it shows
 * @param description the same for who does not see it, with the figures that matter
 * @param unit what is counted
 * @param axis the time
 * @param course the layers
 * @param limits what the layers cannot exceed, from when on; none if there is no limit
 * @param marks moments that have a number elsewhere on the page
 * @param shades stretches of time that matter
 */
record TimeChart(
        String title,
        String description,
        String unit,
        TimeAxis axis,
        Course course,
        ImmutableList<Limit> limits,
        ImmutableList<Mark> marks,
        ImmutableList<Shade> shades) {
    private static final int TABLE_ROWS_MAX = 60;
    private static final int COLUMNS_MAX_NARROW = 128;
    private static final int Y_STEPS = 5;
    private static final int DIGIT_WIDTH = 8;
    private static final int TOP = 38;
    private static final int STRIP = 5;
    private static final int BOTTOM = 46;
    private static final int RIGHT = 14;

    /** How many times higher than all layers a limit may be before it stays out of the picture. */
    private static final int LIMIT_FACTOR_MAX = 5;

    /**
     * A limit.
     *
     * @param fromNanos since when
     * @param value how much
     */
    record Limit(long fromNanos, long value) {}

    /**
     * A moment.
     *
     * @param timeNanos when
     * @param number what it is called
     */
    record Mark(long timeNanos, int number) {}

    /**
     * A stretch of time.
     *
     * @param fromNanos its beginning
     * @param untilNanos its end
     */
    record Shade(long fromNanos, long untilNanos) {}

    /** A chart of layers only. */
    TimeChart(String title, String description, String unit, TimeAxis axis, Course course) {
        this(title, description, unit, axis, course, ImmutableList.of(), ImmutableList.of(), ImmutableList.of());
    }

    private boolean limitIsShown() {
        return !limits.isEmpty() && highestLimit() <= LIMIT_FACTOR_MAX * (double) course.max();
    }

    private long highestLimit() {
        return limits.stream().mapToLong(Limit::value).max().orElse(0);
    }

    /** Writes the figure. */
    void write(Markup page) {
        String id = page.id();
        page.line().open("figure").element("figcaption", title);
        key(page);
        for (Size size : Size.values()) {
            Course drawn = size.isWide() ? course : course.thinned(COLUMNS_MAX_NARROW);
            new Drawing(page, size, drawn, id).draw();
        }
        if (!limits.isEmpty() && !limitIsShown()) {
            page.element(
                    "p",
                    "The limit, " + Numbers.count(highestLimit()) + ", is far above what is drawn.",
                    "class",
                    "note");
        }
        table(page);
        page.close();
    }

    private void key(Markup page) {
        page.open("ul", "class", "key");
        for (int i = 0; i < course.kinds().size(); i++) {
            if (course.counts().total(i) == 0) {
                continue;
            }
            Course.Layer kind = course.kinds().get(i);
            page.open("li");
            swatch(page).empty("rect", "class", "s" + kind.style(), "width", "18", "height", "12");
            page.close().text(kind.name()).close();
        }
        if (limitIsShown()) {
            page.open("li");
            swatch(page).empty("line", "class", "limit", "x1", "0", "y1", "6", "x2", "18", "y2", "6");
            page.close().text("limit").close();
        }
        if (!marks.isEmpty()) {
            page.open("li");
            swatch(page).empty("line", "class", "mark", "x1", "9", "y1", "0", "x2", "9", "y2", "12");
            page.close().text("scale event").close();
        }
        if (!shades.isEmpty()) {
            page.open("li");
            swatch(page).empty("rect", "class", "shade", "y", "4", "width", "18", "height", "5");
            page.close().text("exhausted").close();
        }
        page.close();
    }

    private static Markup swatch(Markup page) {
        return page.open(
                "svg",
                "xmlns",
                "http://www.w3.org/2000/svg",
                "class",
                "swatch",
                "aria-hidden",
                "true",
                "viewBox",
                "0 0 18 12");
    }

    private void table(Markup page) {
        Course rows = course.thinned(TABLE_ROWS_MAX);
        long slice = rows.counts().sliceNanos();
        String what = course.merge() == Course.Merge.SUM ? "summed over " : "the highest use within ";
        String merged = course.perSlice(TABLE_ROWS_MAX) == 1
                ? ""
                : "; " + course.perSlice(TABLE_ROWS_MAX) + " slices of the chart make one row";
        HtmlTable table = new HtmlTable(
                title + ": " + what + Numbers.seconds(slice).toPlainString() + " s from each time on" + merged);
        table.text("From");
        rows.kinds().forEach(kind -> table.number(kind.name()));
        if (rows.kinds().size() > 1) {
            table.number("total");
        }
        for (int i = 0; i < rows.size(); i++) {
            ImmutableList<Long> values = rows.counts().slices().get(i);
            table.cell(axis.time(rows.counts().startNanos() + i * slice));
            values.forEach(value -> table.cell(Numbers.count(value)));
            if (values.size() > 1) {
                table.cell(Numbers.count(Course.total(values)));
            }
        }
        page.open("details").element("summary", "The numbers of this chart");
        table.write(page);
        page.close();
    }

    /** One drawing of the chart. */
    private final class Drawing {
        private final Markup page;
        private final Size size;
        private final Course drawn;
        private final String id;
        private final double max;
        private final ImmutableList<BigDecimal> levels;
        private final double left;
        private final double right;
        private final double bottom;

        Drawing(Markup page, Size size, Course drawn, String id) {
            this.page = page;
            this.size = size;
            this.drawn = drawn;
            this.id = id;
            this.max = Math.max(1, limitIsShown() ? Math.max(drawn.max(), highestLimit()) : drawn.max());
            this.levels = Ticks.upTo(max, Y_STEPS, true);
            int digits =
                    Numbers.count(levels.get(levels.size() - 1).longValue()).length();
            // the same for all but the largest numbers, so that charts below each other share their time axis
            this.left = Math.max(size.isWide() ? 64 : 48, 10.0 + DIGIT_WIDTH * digits);
            this.right = size.width() - RIGHT;
            this.bottom = TOP + size.plotHeight();
        }

        private double x(long timeNanos) {
            return left + (right - left) * axis.share(timeNanos);
        }

        private double y(long value) {
            return bottom - size.plotHeight() * (value / max);
        }

        void draw() {
            Svg.open(page, size, (int) bottom + BOTTOM, id, title, description);
            Svg.text(page, "tick", 0, 14, "start", unit(drawn));
            for (BigDecimal level : levels) {
                double y = y(level.longValue());
                Svg.line(page, "grid", left, y, right, y);
                Svg.text(page, "tick", left - 6, y + 4, "end", Numbers.count(level.longValue()));
            }
            for (int kind = 0; kind < drawn.kinds().size(); kind++) {
                layer(kind);
            }
            Svg.line(page, "axis", left, bottom, right, bottom);
            for (Shade shade : shades) {
                double from = x(shade.fromNanos());
                Svg.rectangle(page, "shade", from, bottom + 1, Math.max(2, x(shade.untilNanos()) - from), STRIP);
            }
            times();
            if (limitIsShown()) {
                limit();
            }
            marks();
            page.close();
        }

        private String unit(Course course) {
            return course.merge() == Course.Merge.SUM
                    ? unit + " in each "
                            + Numbers.seconds(course.counts().sliceNanos()).toPlainString() + " s"
                    : unit;
        }

        private void times() {
            long step = axis.step(size.isWide() ? 8 : 3);
            for (long tick : axis.ticks(step)) {
                double x = x(tick);
                Svg.line(page, "axis", x, bottom, x, bottom + STRIP + 1);
                String label = axis.label(tick, step);
                double half = label.length() * DIGIT_WIDTH / 2.0;
                String anchor = x + half > size.width() ? "end" : x - half < 0 ? "start" : "middle";
                Svg.text(page, "tick", anchor.equals("end") ? size.width() : x, bottom + 20, anchor, label);
            }
            Svg.text(page, "tick", right, bottom + 39, "end", axis.caption());
        }

        /** The outline of one layer: along its top to the right, along its bottom back. */
        private void layer(int kind) {
            int slices = drawn.size();
            if (drawn.counts().total(kind) == 0) {
                return;
            }
            StringBuilder path = new StringBuilder("M" + Svg.at(begin(0)) + " " + Svg.at(y(sum(0, kind + 1))));
            for (int i = 1; i < slices; i++) {
                step(path, i, sum(i - 1, kind + 1), sum(i, kind + 1));
            }
            path.append('H').append(Svg.at(begin(slices))).append('V').append(Svg.at(y(sum(slices - 1, kind))));
            for (int i = slices - 1; i > 0; i--) {
                step(path, i, sum(i, kind), sum(i - 1, kind));
            }
            path.append('H').append(Svg.at(begin(0))).append('Z');
            page.empty("path", "class", "s" + drawn.kinds().get(kind).style(), "d", path.toString());
        }

        private void step(StringBuilder path, int slice, long before, long after) {
            if (before != after) {
                path.append('H').append(Svg.at(begin(slice))).append('V').append(Svg.at(y(after)));
            }
        }

        /** Where a slice begins. */
        private double begin(int slice) {
            return x(drawn.counts().startNanos() + slice * drawn.counts().sliceNanos());
        }

        /** The sum of the lowest kinds of a slice. */
        private long sum(int slice, int kinds) {
            return Course.total(drawn.counts().slices().get(slice).subList(0, kinds));
        }

        private void limit() {
            StringBuilder path = new StringBuilder();
            for (int i = 0; i < limits.size(); i++) {
                double from = i == 0 ? left : x(limits.get(i).fromNanos());
                double y = y(limits.get(i).value());
                path.append(i == 0 ? "M" : "H")
                        .append(Svg.at(from))
                        .append(i == 0 ? " " : "V")
                        .append(Svg.at(y));
            }
            page.empty("path", "class", "limit", "d", path + "H" + Svg.at(right));
            for (int i = 0; i < limits.size(); i++) {
                double from = i == 0 ? left : x(limits.get(i).fromNanos());
                double until = i + 1 < limits.size() ? x(limits.get(i + 1).fromNanos()) : right;
                String label = "limit " + Numbers.count(limits.get(i).value());
                if (until - from >= (label.length() + 3) * DIGIT_WIDTH) {
                    Svg.text(page, "label", until - 12, y(limits.get(i).value()) - 5, "end", label);
                }
            }
        }

        private void marks() {
            double free = 0;
            for (Mark mark : marks) {
                double x = x(mark.timeNanos());
                Svg.line(page, "mark", x, TOP - 4.0, x, bottom);
                if (x >= free) {
                    Svg.text(page, "label", x, TOP - 8.0, "middle", Integer.toString(mark.number()));
                    free = x + 20;
                }
            }
        }
    }
}
