package io.github.snatsim.bench;

import java.util.Arrays;
import java.util.Locale;

/** A median with the least and the most. */
record Spread(double median, double least, double most) {
    static Spread of(double... values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Spread(median, sorted[0], sorted[sorted.length - 1]);
    }

    String withDecimals(int decimals) {
        String number = "%." + decimals + "f";
        return String.format(
                Locale.ROOT, number + (least == most ? "" : " (" + number + "-" + number + ")"), median, least, most);
    }
}
