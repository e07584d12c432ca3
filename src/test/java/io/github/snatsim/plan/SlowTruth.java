package io.github.snatsim.plan;

import java.util.ArrayList;
import java.util.List;

/**
 * What the planner's tests compare with: slow, obvious, written from the rules alone. It knows no formula of the planner and
 * nothing of the flow table.
 */
final class SlowTruth {
    private SlowTruth() {}

    /** What arrivals met. */
    record Outcome(long arrivals, long refused, int takenMax) {
        double share() {
            return (double) refused / arrivals;
        }
    }

    /**
     * Deals arrivals at floor(k x perNanos / count) (C5) out to instances in turn. Each keeps a list of the times at which its
     * ports come back; one that comes back at t serves an arrival at t (R6).
     */
    static Outcome even(long count, long perNanos, long busyNanos, int instances, int ports, long arrivals) {
        List<List<Long>> releases = new ArrayList<>();
        for (int i = 0; i < instances; i++) {
            releases.add(new ArrayList<>());
        }
        long refused = 0;
        int takenMax = 0;
        for (long k = 0; k < arrivals; k++) {
            long now = Math.multiplyExact(k, perNanos) / count;
            List<Long> taken = releases.get((int) (k % instances));
            taken.removeIf(release -> release <= now);
            if (taken.size() < ports) {
                taken.add(now + busyNanos);
                takenMax = Math.max(takenMax, taken.size());
            } else {
                refused++;
            }
        }
        return new Outcome(arrivals, refused, takenMax);
    }

    /** The share refused over whole cycles; the cycle is what is taken at most if there are always ports. */
    static double evenShare(long count, long perNanos, long busyNanos, int instances, int ports) {
        int cycle = even(count, perNanos, busyNanos, instances, Integer.MAX_VALUE, 400L * instances)
                .takenMax();
        return even(count, perNanos, busyNanos, instances, ports, 12L * cycle * instances)
                .share();
    }

    /**
     * Solves the Markov chain of Poisson arrivals at exponential ports: the state is the number of ports taken.
     *
     * @return the probability that all are taken
     */
    static double fullOf(double perSecond, double busySeconds, int ports) {
        double[][] rates = new double[ports + 1][ports + 1];
        for (int taken = 0; taken < ports; taken++) {
            rates[taken][taken + 1] = perSecond;
            rates[taken + 1][taken] = (taken + 1) / busySeconds;
        }
        return stationary(rates)[ports];
    }

    /**
     * The same with two stages: connections are open for an exponential time, then their ports wait for another one. The state
     * is (open, waiting).
     *
     * @return the probability that all are taken
     */
    static double fullOfTwoStages(double perSecond, double openSeconds, double holdSeconds, int ports) {
        int side = ports + 1;
        int states = side * (side + 1) / 2;
        int[][] numbers = new int[side][side];
        int next = 0;
        for (int open = 0; open < side; open++) {
            for (int waiting = 0; open + waiting < side; waiting++) {
                numbers[open][waiting] = next++;
            }
        }
        double[][] rates = new double[states][states];
        for (int open = 0; open < side; open++) {
            for (int waiting = 0; open + waiting < side; waiting++) {
                int state = numbers[open][waiting];
                if (open + waiting < ports) {
                    rates[state][numbers[open + 1][waiting]] = perSecond;
                }
                if (open > 0) {
                    rates[state][numbers[open - 1][waiting + 1]] = open / openSeconds;
                }
                if (waiting > 0) {
                    rates[state][numbers[open][waiting - 1]] = waiting / holdSeconds;
                }
            }
        }
        double[] shares = stationary(rates);
        double full = 0;
        for (int open = 0; open <= ports; open++) {
            full += shares[numbers[open][ports - open]];
        }
        return full;
    }

    /** Solves the balance of a chain, of which one equation is replaced by the sum of 1, by Gauss's elimination. */
    private static double[] stationary(double[][] rates) {
        int n = rates.length;
        double[][] equations = new double[n][n + 1];
        for (int from = 0; from < n; from++) {
            for (int to = 0; to < n; to++) {
                equations[to][from] += rates[from][to];
                equations[from][from] -= rates[from][to];
            }
        }
        for (int column = 0; column <= n; column++) {
            equations[n - 1][column] = 1;
        }
        for (int pivot = 0; pivot < n; pivot++) {
            int largest = pivot;
            for (int row = pivot + 1; row < n; row++) {
                if (Math.abs(equations[row][pivot]) > Math.abs(equations[largest][pivot])) {
                    largest = row;
                }
            }
            double[] swapped = equations[pivot];
            equations[pivot] = equations[largest];
            equations[largest] = swapped;
            for (int row = 0; row < n; row++) {
                double factor = equations[row][pivot] / equations[pivot][pivot];
                if (row != pivot && factor != 0) {
                    for (int column = pivot; column <= n; column++) {
                        equations[row][column] -= factor * equations[pivot][column];
                    }
                }
            }
        }
        double[] solution = new double[n];
        for (int state = 0; state < n; state++) {
            solution[state] = equations[state][n] / equations[state][state];
        }
        return solution;
    }
}
