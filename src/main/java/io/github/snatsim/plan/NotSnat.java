package io.github.snatsim.plan;

import io.github.snatsim.net.Destination;
import io.github.snatsim.plan.SnatVerdict.Arithmetic;
import io.github.snatsim.plan.SnatVerdict.CannotBeSnat;
import io.github.snatsim.plan.SnatVerdict.CannotTell;
import io.github.snatsim.plan.SnatVerdict.ExplainedBySnat;
import io.github.snatsim.plan.SnatVerdict.Reason;
import io.github.snatsim.sim.Estimate;
import io.github.snatsim.sim.Replications;
import io.github.snatsim.sim.Scenario;
import io.github.snatsim.sim.SimulationResult;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Judges whether failures can be refusals for want of ports (rule M4): by what was measured, by what the demand can take at
 * most, by how many refusals are to be expected. Acquits as readily as it convicts, and says so where the numbers allow
 * neither. Stateless.
 */
public final class NotSnat {
    /**
     * Ports are acquitted if at most this many refusals are expected for each failure (D). Refusals cluster, so that no
     * binomial interval holds; by Markov's inequality, which always does, as many refusals as there were failures come with a
     * chance of one in a thousand at most.
     */
    public static final double ACQUITTED_BELOW = 1e-3;

    /** Ports are convicted if refused as expected and failed differ by no more than this factor (D). */
    public static final double CONVICTED_WITHIN = 2;

    /** Fewer failures convict nobody (D). */
    public static final long FAILURES_MIN = 10;

    private NotSnat() {}

    /**
     * Judges by arithmetic. Where a caveat says that the closed form overstates, it can acquit but not convict; where it can
     * be wrong either way, only a measurement or a bound acquits.
     *
     * @param demand what the instance asks of the destination where attempts failed
     * @param ports how many ports the instance has, at least 1
     * @param observed what failed
     * @return the verdict
     * @throws IllegalArgumentException if the number is below 1, or more ports were seen taken than there are
     */
    public static SnatVerdict judge(Demand demand, int ports, Observation observed) {
        double share = CapacityPlanner.refusedShare(demand, ports);
        Case what = new Case(ports, observed, demand.portsMax(), demand.erlangs(), share);
        Optional<SnatVerdict> certain = what.certainly();
        if (certain.isPresent()) {
            return certain.get();
        }
        // what was observed had been running before, whenever a scenario begins to count
        boolean applies = demand.caveats().stream()
                .allMatch(caveat -> caveat.effect() == Caveat.Effect.SLOW || caveat == Caveat.FIRST_HOLD_PERIOD);
        boolean bounds = demand.caveats().stream().noneMatch(caveat -> caveat.effect() == Caveat.Effect.UNKNOWN);
        if (bounds && what.tooRare(share)) {
            return what.acquit(Reason.TOO_RARE);
        }
        return applies ? what.compare() : what.undecided(Reason.THEORY_DOES_NOT_APPLY);
    }

    /**
     * Judges by simulation: for demands to which arithmetic does not apply.
     *
     * @param runs simulations of the system as it was when attempts failed, at least 2
     * @param ports how many ports the instance has, at least 1
     * @param observed what failed, of what was simulated
     * @return the verdict; it acquits by the upper end of the interval of the refused share
     * @throws IllegalArgumentException if there is one run only, a number is out of range, or more ports were seen taken than
     *     there are
     */
    public static SnatVerdict judge(Replications runs, int ports, Observation observed) {
        if (runs.runs().size() < 2) {
            throw new IllegalArgumentException("one run has no interval: expected at least 2");
        }
        Estimate share = runs.estimate(SimulationResult::refusedShare);
        int peak = runs.runs().stream()
                .mapToInt(run -> run.metrics().peakPortsAtOneDestination())
                .max()
                .orElseThrow();
        Case what = new Case(ports, observed, OptionalLong.of(peak), Double.NaN, share.mean());
        if (observed.sawOneFree(ports)) {
            return what.acquit(Reason.PORT_ALWAYS_FREE);
        }
        return what.tooRare(share.high()) ? what.acquit(Reason.TOO_RARE) : what.compare();
    }

    /**
     * Judges by the demand of a scenario where it is refused most, and by runs where arithmetic does not apply.
     *
     * @param scenario the system as it was when attempts failed
     * @param observed what failed
     * @param failing where to; empty for the destination that is refused most by arithmetic
     * @param replications how many runs if arithmetic does not apply, at least 2
     * @param threads how many may go on at once, at least 1; the result does not depend on it
     * @return the verdict; runs count the attempts to all destinations together
     * @throws IllegalArgumentException if a number is out of range, nothing takes ports there, or more ports were seen taken than
     *     there are
     */
    public static ScenarioVerdict judge(
            Scenario scenario, Observation observed, Optional<Destination> failing, int replications, int threads) {
        if (replications < 2) {
            throw new IllegalArgumentException(replications + " replications: expected at least 2");
        }
        return ScenarioVerdict.of(scenario, observed, failing, replications, threads);
    }

    /** What is to be judged. */
    private record Case(int ports, Observation observed, OptionalLong portsTakenMax, double erlangs, double share) {
        Case {
            if (ports < 1) {
                throw new IllegalArgumentException(ports + " ports: expected at least 1");
            }
            if (observed.sawAllTaken(ports + 1)) {
                throw new IllegalArgumentException("more ports were seen taken than there are, " + observed.peak()
                        + ": expected at most " + ports);
            }
        }

        /** What needs no theory: an attempt is refused only when all ports are taken (T4). */
        Optional<SnatVerdict> certainly() {
            if (observed.sawOneFree(ports)) {
                return Optional.of(acquit(Reason.PORT_ALWAYS_FREE));
            }
            return portsTakenMax.isPresent() && portsTakenMax.getAsLong() <= ports
                    ? Optional.of(acquit(Reason.DEMAND_FITS))
                    : Optional.empty();
        }

        boolean tooRare(double shareAtMost) {
            return shareAtMost * observed.attempts() <= ACQUITTED_BELOW * observed.failed();
        }

        SnatVerdict acquit(Reason reason) {
            boolean mayTakeAll = reason == Reason.DEMAND_FITS && portsTakenMax.orElse(0) == ports;
            return observed.sawAllTaken(ports) && !mayTakeAll
                    ? undecided(Reason.MEASUREMENT_CONTRADICTS)
                    : new CannotBeSnat(reason, arithmetic());
        }

        SnatVerdict undecided(Reason reason) {
            return new CannotTell(reason, arithmetic());
        }

        SnatVerdict compare() {
            double explained = arithmetic().refusedByFailed();
            if (observed.failed() < FAILURES_MIN) {
                return undecided(Reason.TOO_FEW_FAILURES);
            } else if (explained * CONVICTED_WITHIN < 1) {
                return undecided(Reason.EXPLAINS_A_PART);
            } else if (explained > CONVICTED_WITHIN) {
                return undecided(Reason.EXPECTS_MORE);
            }
            return new ExplainedBySnat(Reason.SHARE_FITS, arithmetic());
        }

        private Arithmetic arithmetic() {
            double refused = share * observed.attempts();
            return new Arithmetic(
                    ports,
                    portsTakenMax,
                    erlangs,
                    share,
                    refused,
                    observed.failed(),
                    observed.attempts(),
                    refused / observed.failed());
        }
    }
}
