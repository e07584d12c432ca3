package io.github.snatsim.workload;

import com.google.common.collect.ImmutableList;
import io.github.snatsim.net.Destination;
import io.github.snatsim.net.Endpoint;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/** Draws a client's next destination. */
final class DestinationDraw {
    private final ImmutableList<Destination> all;
    private final RandomGenerator random;

    /** For Zipf the sums of the weights, else empty. */
    private final double[] sums;

    /** For names the destinations of each, else empty. */
    private final ImmutableList<ImmutableList<Destination>> byName;

    DestinationDraw(Destinations destinations, RandomGenerator random) {
        this.all = destinations.all();
        this.random = random;
        this.sums = destinations instanceof Destinations.Zipf zipf ? sums(zipf) : new double[0];
        this.byName = destinations instanceof Destinations.Names names ? byName(names) : ImmutableList.of();
    }

    private static double[] sums(Destinations.Zipf zipf) {
        double[] sums = new double[zipf.all().size()];
        double sum = 0;
        for (int i = 0; i < sums.length; i++) {
            sum += StrictMath.pow(i + 1, -zipf.exponent());
            sums[i] = sum;
        }
        return sums;
    }

    private static ImmutableList<ImmutableList<Destination>> byName(Destinations.Names names) {
        return names.names().stream()
                .map(name -> name.addresses().stream()
                        .map(address -> new Destination(names.protocol(), new Endpoint(address, names.port())))
                        .collect(ImmutableList.toImmutableList()))
                .collect(ImmutableList.toImmutableList());
    }

    /** Draws nothing if there is only one destination. */
    Destination next() {
        if (all.size() == 1) {
            return all.get(0);
        }
        if (sums.length > 0) {
            int at = Arrays.binarySearch(sums, random.nextDouble() * sums[sums.length - 1]);
            return all.get(Math.min(at < 0 ? -at - 1 : at + 1, sums.length - 1));
        }
        ImmutableList<Destination> choice = byName.isEmpty() ? all : byName.get(random.nextInt(byName.size()));
        return choice.get(random.nextInt(choice.size()));
    }
}
