package io.github.snatsim.plan;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.github.snatsim.metrics.MetricsResult;
import io.github.snatsim.sim.Estimate;
import io.github.snatsim.sim.Replications;
import io.github.snatsim.sim.SimulationResult;

/**
 * The closed form beside the simulation (rule M2). Immutable; threads may share it.
 *
 * @param closedFormShare the share of all attempts that are refused, by theory
 * @param simulatedShare the same as simulated, with its 95 % interval
 * @param insideInterval whether the closed form lies within it; one time in twenty it does not by chance
 * @param agrees whether the two agree: see {@link #HALF_WIDTHS}
 * @param caveats where theory does not apply
 * @param portsUsedMax the most ports that one instance had taken for one destination in any run
 * @param attempts attempts in all runs, behind the warm-up
 * @param refused how many of them were refused
 */
public record Confirmation(
        double closedFormShare,
        Estimate simulatedShare,
        boolean insideInterval,
        boolean agrees,
        ImmutableSet<Caveat> caveats,
        int portsUsedMax,
        long attempts,
        long refused) {
    /**
     * Theory and simulation agree up to this many half-widths of the 95 % interval (D): by Student's t an error of theory is
     * seen where there is none once in 60 confirmations by two runs, once in 880 by five, once in 12,000 by ten. They agree,
     * too, if nothing was
     * refused where {@link #RARE} refusals at most were expected; and, for even arrivals, within the arrivals of one busy time,
     * which is where a run can end.
     */
    public static final double HALF_WIDTHS = 3;

    /** So many refusals can be expected and not come: exp(-7) is 0.1 %, and more if they cluster. */
    public static final double RARE = 7;

    /** Who is to be trusted. Immutable; threads may share it. */
    public enum Verdict {
        /** Theory applies, and simulation agrees. */
        THEORY_CONFIRMED("theory applies and the simulation agrees: trust the closed form"),
        /** Theory applies, and simulation disagrees: one of them is wrong. */
        THEORY_CONTRADICTED("theory should apply, but the simulation disagrees: trust the simulation"),
        /** Theory does not apply. */
        SIMULATION_DECIDES("theory need not hold here: trust the simulation");

        private final String sentence;

        Verdict(String sentence) {
            this.sentence = sentence;
        }

        /**
         * Returns the verdict for people.
         *
         * @return a sentence without a full stop
         */
        public String sentence() {
            return sentence;
        }
    }

    static Confirmation of(ImmutableList<InstanceDemand> instances, Replications runs) {
        double closed = LoadPlan.refusedShare(instances, InstanceDemand::ports, 1);
        Estimate simulated = runs.estimate(SimulationResult::refusedShare);
        long attempts =
                runs.runs().stream().mapToLong(run -> run.metrics().attempts()).sum();
        long refused =
                runs.runs().stream().mapToLong(run -> run.metrics().refused()).sum();
        int peak = runs.runs().stream()
                .map(SimulationResult::metrics)
                .mapToInt(MetricsResult::peakPortsAtOneDestination)
                .max()
                .orElseThrow();
        double allowed = HALF_WIDTHS * (simulated.high() - simulated.mean()) + endEffect(instances, runs);
        boolean agrees = Math.abs(closed - simulated.mean()) <= allowed || (refused == 0 && closed * attempts <= RARE);
        return new Confirmation(
                closed,
                simulated,
                closed >= simulated.low() && closed <= simulated.high(),
                agrees,
                LoadPlan.caveats(instances),
                peak,
                attempts,
                refused);
    }

    /** Of even arrivals a run can count up to one cycle more or less than whole ones, at each destination that refuses. */
    private static double endEffect(ImmutableList<InstanceDemand> instances, Replications runs) {
        long fewest = runs.runs().stream()
                .mapToLong(run -> run.metrics().attempts())
                .min()
                .orElseThrow();
        double cycles = 0;
        for (InstanceDemand instance : instances) {
            for (Demand demand : instance.demands()) {
                if (demand.exactPart().isPresent() && CapacityPlanner.refusedShare(demand, instance.ports()) > 0) {
                    cycles += instance.instances() * demand.portsMax().orElse(0);
                }
            }
        }
        return cycles / Math.max(1, fewest);
    }

    /**
     * Returns who is to be trusted.
     *
     * @return the simulation if there is any caveat
     */
    public Verdict verdict() {
        if (!caveats.isEmpty()) {
            return Verdict.SIMULATION_DECIDES;
        }
        return agrees ? Verdict.THEORY_CONFIRMED : Verdict.THEORY_CONTRADICTED;
    }

    /**
     * Returns the share to go by.
     *
     * @return the closed form if it is confirmed, else what was simulated
     */
    public double refusedShare() {
        return verdict() == Verdict.THEORY_CONFIRMED ? closedFormShare : simulatedShare.mean();
    }
}
