package io.github.snatsim.report;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import io.github.snatsim.metrics.CountsOverTime;
import io.github.snatsim.metrics.PortsOverTime;
import java.util.ArrayList;
import java.util.List;

/**
 * Numbers in equal slices of time, several kinds in each, that a chart draws on top of each other and a table lists. Immutable.
 *
 * @param counts the numbers
 * @param kinds what they are called
 * @param merge what is left of several slices when they have to share a column
 */
record Course(CountsOverTime counts, ImmutableList<Layer> kinds, Merge merge) {
    /**
     * A kind.
     *
     * @param name what it is called
     * @param style which colour and pattern it has, the same wherever it is drawn
     */
    record Layer(String name, int style) {}

    /** What is left of several slices. */
    enum Merge {
        /** The one with the highest total. */
        HIGHEST,
        /** Their sums. */
        SUM
    }

    /** The states of ports, open ones lowest. */
    static Course ofPorts(PortsOverTime ports) {
        return new Course(
                new CountsOverTime(
                        ports.startNanos(),
                        ports.sliceNanos(),
                        ports.peaks().stream()
                                .map(held -> ImmutableList.of(
                                        (long) held.open(), (long) held.finHold(), (long) held.rstHold()))
                                .collect(toImmutableList())),
                ImmutableList.of(new Layer("open", 0), new Layer("FIN hold", 1), new Layer("RST hold", 2)),
                Merge.HIGHEST);
    }

    /** At most so many slices, each made of equally many neighbours. */
    Course thinned(int most) {
        int merged = perSlice(most);
        if (merged == 1) {
            return this;
        }
        ImmutableList.Builder<ImmutableList<Long>> slices = ImmutableList.builder();
        for (int from = 0; from < size(); from += merged) {
            List<ImmutableList<Long>> several = counts.slices().subList(from, Math.min(size(), from + merged));
            slices.add(merge == Merge.SUM ? sum(several) : highest(several));
        }
        return new Course(
                new CountsOverTime(counts.startNanos(), counts.sliceNanos() * merged, slices.build()), kinds, merge);
    }

    /** How many slices become one when at most so many are wanted. */
    int perSlice(int most) {
        return Math.max(1, (size() - 1) / most + 1);
    }

    private ImmutableList<Long> sum(List<ImmutableList<Long>> several) {
        List<Long> sums = new ArrayList<>();
        for (int kind = 0; kind < kinds.size(); kind++) {
            int of = kind;
            sums.add(several.stream().mapToLong(slice -> slice.get(of)).sum());
        }
        return ImmutableList.copyOf(sums);
    }

    private static ImmutableList<Long> highest(List<ImmutableList<Long>> several) {
        ImmutableList<Long> highest = several.get(0);
        for (ImmutableList<Long> slice : several) {
            highest = total(slice) > total(highest) ? slice : highest;
        }
        return highest;
    }

    static long total(ImmutableList<Long> slice) {
        return slice.stream().mapToLong(Long::longValue).sum();
    }

    int size() {
        return counts.slices().size();
    }

    /** The highest total of a slice, 0 without slices. */
    long max() {
        return counts.slices().stream().mapToLong(Course::total).max().orElse(0);
    }

    /** Only the kinds that occur, so that a key names nothing that is not there; all where none does. */
    Course withoutAbsentKinds() {
        List<Integer> present = new ArrayList<>();
        for (int kind = 0; kind < kinds.size(); kind++) {
            if (counts.total(kind) > 0) {
                present.add(kind);
            }
        }
        if (present.isEmpty()) {
            return this;
        }
        return new Course(
                new CountsOverTime(
                        counts.startNanos(),
                        counts.sliceNanos(),
                        counts.slices().stream()
                                .map(slice -> present.stream().map(slice::get).collect(toImmutableList()))
                                .collect(toImmutableList())),
                present.stream().map(kinds::get).collect(toImmutableList()),
                merge);
    }
}
