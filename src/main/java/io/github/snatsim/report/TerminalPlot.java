package io.github.snatsim.report;

import com.google.common.collect.ImmutableList;
import io.github.snatsim.metrics.PortsByState;
import io.github.snatsim.metrics.PortsOverTime;

/** The ports in use over time as a stack of characters that every terminal can show. Stateless. */
final class TerminalPlot {
    private static final int COLUMNS_MAX = 64;
    private static final int ROWS = 8;
    private static final char OPEN = '#';
    private static final char FIN_HOLD = '+';
    private static final char RST_HOLD = '-';

    private TerminalPlot() {}

    static String plot(PortsOverTime course) {
        ImmutableList<PortsByState> columns = columns(course);
        int top = columns.stream().mapToInt(PortsByState::total).max().orElse(0);
        if (top == 0) {
            return "";
        }
        StringBuilder text = new StringBuilder();
        int width = Numbers.count(top).length();
        for (int row = ROWS; row >= 1; row--) {
            String label = row == ROWS ? Numbers.count(top) : "";
            StringBuilder line = new StringBuilder(" ".repeat(2 + width - label.length()) + label + " |");
            for (PortsByState column : columns) {
                line.append(mark(column, top, row));
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        long span = course.sliceNanos() * course.peaks().size();
        String end = Numbers.duration(span);
        text.append(" ".repeat(1 + width))
                .append("0 +")
                .append("-".repeat(columns.size()))
                .append(' ')
                .append(end)
                .append('\n');
        return text.append(" ".repeat(4 + width))
                .append("# open  + FIN hold  - RST hold\n")
                .toString();
    }

    /** At most as many columns as fit, each the highest of the slices that it covers. */
    private static ImmutableList<PortsByState> columns(PortsOverTime course) {
        int slices = course.peaks().size();
        int perColumn = Math.max(1, (slices + COLUMNS_MAX - 1) / COLUMNS_MAX);
        ImmutableList.Builder<PortsByState> columns = ImmutableList.builder();
        for (int from = 0; from < slices; from += perColumn) {
            PortsByState highest = PortsByState.NONE;
            for (PortsByState slice : course.peaks().subList(from, Math.min(slices, from + perColumn))) {
                highest = slice.total() > highest.total() ? slice : highest;
            }
            columns.add(highest);
        }
        return columns.build();
    }

    /** The state that the lowest port of a row's share has: open ports lie lowest. */
    private static char mark(PortsByState column, int top, int row) {
        long level = (row - 1L) * top / ROWS;
        if (level >= column.total()) {
            return ' ';
        }
        if (level < column.open()) {
            return OPEN;
        }
        return level < column.open() + column.finHold() ? FIN_HOLD : RST_HOLD;
    }
}
