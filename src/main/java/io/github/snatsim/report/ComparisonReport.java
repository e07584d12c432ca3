package io.github.snatsim.report;

import com.google.common.collect.ImmutableList;
import io.github.snatsim.plan.Comparison;
import io.github.snatsim.plan.PublicSources;
import io.github.snatsim.sim.Estimate;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Mitigations side by side, for people. Immutable; threads may share it.
 *
 * @param name what the user calls the scenario
 * @param comparison the result
 */
public record ComparisonReport(String name, Comparison comparison) {
    private static final int ADDRESSES_MAX = 4;

    /**
     * Returns the comparison in a sentence with the number.
     *
     * @return a sentence without a full stop
     */
    public String headline() {
        Comparison.Row baseline = comparison.baseline();
        Optional<Comparison.Row> bestFewer = comparison.ranked().stream()
                .filter(row -> row.effect() == Comparison.Effect.FEWER)
                .findFirst();
        if (baseline.refused().mean() == 0) {
            return "nothing is refused as it stands";
        } else if (bestFewer.isEmpty()) {
            return "nothing that was tried refuses fewer than the "
                    + Numbers.mean(baseline.refused().mean())
                    + " attempts of a run that are refused as it stands";
        }
        Comparison.Row best = bestFewer.get();
        long others = comparison.ranked().stream()
                .filter(row -> row.rank() == best.rank() && row.effect() == Comparison.Effect.FEWER)
                .count();
        return "with " + best.title() + " " + Numbers.mean(best.refused().mean())
                + " attempts of a run are refused instead of "
                + Numbers.mean(baseline.refused().mean())
                + (others > 1 ? "; " + Numbers.count(others - 1) + " more do as well" : "");
    }

    /**
     * Returns the comparison as text of several lines.
     *
     * @return text that ends with a line end
     */
    public String text() {
        StringBuilder text = new StringBuilder(Numbers.printable(name) + ": " + headline() + "\n\n");
        text.append(runs()).append("\n\n");
        int width = comparison.ranked().stream()
                .mapToInt(row -> row.title().length())
                .max()
                .orElseThrow();
        String format = "%4s  %-" + width + "s  %-26s %-26s %9s %10s%n";
        text.append(String.format(
                Locale.ROOT, format, "Rank", "Mitigation", "Refused", "Fewer than as it is", "Share", "Gave up"));
        for (Comparison.Row row : comparison.ranked()) {
            text.append(String.format(
                    Locale.ROOT,
                    format,
                    row.rank(),
                    row.title(),
                    interval(row.refused()),
                    less(row),
                    share(row.refusedShare()),
                    Numbers.mean(row.gaveUp().mean())));
        }
        text.append(
                "Refused: attempts of a run behind its warm-up. Gave up: requests without an answer, warm-up included.\n");
        text.append("\nWhy, what it takes, and the public addresses that a partner must allow\n");
        for (Comparison.Row row : comparison.ranked()) {
            text.append("  ")
                    .append(row.title())
                    .append(": ")
                    .append(Numbers.printable(row.reason()))
                    .append('\n');
            text.append("    ")
                    .append(cost(row.cost()))
                    .append("; allow ")
                    .append(sources(row.sources()))
                    .append('\n');
        }
        if (!comparison.unavailable().isEmpty()) {
            text.append("\nNot to be had here\n");
            for (Comparison.Unavailable none : comparison.unavailable()) {
                text.append("  ")
                        .append(none.title())
                        .append(": ")
                        .append(Numbers.printable(none.reason()))
                        .append('\n');
            }
        }
        return text.toString().replace(System.lineSeparator(), "\n");
    }

    /**
     * Returns the report as a page: one file, HTML and well-formed XML at once, that needs nothing else.
     *
     * @param origin what made it
     * @return the page
     */
    public String html(PageOrigin origin) {
        return ComparisonPage.of(this, origin);
    }

    /** How often, with which seeds, and what the intervals mean. */
    String runs() {
        int n = comparison.replications();
        return n == 1
                ? "One run of each with seed " + comparison.firstSeed()
                        + ": differences are taken as they are, which chance may explain"
                : n + " runs of each with the seeds " + comparison.firstSeed() + " to "
                        + (comparison.firstSeed() + n - 1)
                        + ", mean and 95 % interval; within a rank no row differs from the first beyond chance";
    }

    static String interval(Estimate estimate) {
        boolean exact = estimate.n() == 1 || estimate.low() == estimate.high();
        return exact
                ? Numbers.mean(estimate.mean())
                : Numbers.mean(estimate.mean()) + " (" + Numbers.mean(estimate.low()) + " to "
                        + Numbers.mean(estimate.high()) + ")";
    }

    /** The difference to the scenario as it stands, or that there is none. */
    static String less(Comparison.Row row) {
        return switch (row.effect()) {
            case BASELINE -> "";
            case NO_DIFFERENCE -> row.effect().toString();
            case FEWER, MORE -> interval(row.refusedLess());
        };
    }

    static String share(Estimate share) {
        return Numbers.decimal(share.mean() * 100, 2) + " %";
    }

    static String cost(Comparison.Cost cost) {
        String parts = Stream.of(
                        part(cost.instances(), "instance"),
                        part(cost.publicIps(), "public IP"),
                        part(cost.destinations(), "destination"))
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(", "));
        return parts.isEmpty() ? "nothing more" : parts;
    }

    private static String part(int count, String what) {
        int size = Math.abs(count);
        return count == 0
                ? ""
                : Numbers.count(size) + " " + what + (size == 1 ? "" : "s") + (count > 0 ? " more" : " fewer");
    }

    static String sources(PublicSources sources) {
        if (sources.count() == 0) {
            return sources.what();
        }
        ImmutableList<String> known = sources.known().stream()
                .limit(ADDRESSES_MAX)
                .map(Object::toString)
                .collect(ImmutableList.toImmutableList());
        String listed = known.isEmpty()
                ? ""
                : ": " + String.join(", ", known)
                        + (sources.known().size() > ADDRESSES_MAX
                                ? " and " + (sources.known().size() - ADDRESSES_MAX) + " more"
                                : "");
        return Numbers.count(sources.count()) + " (" + sources.what() + listed + ")";
    }
}
