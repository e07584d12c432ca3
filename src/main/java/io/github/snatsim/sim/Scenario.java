package io.github.snatsim.sim;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.github.snatsim.net.IpAddress;
import io.github.snatsim.port.Violation;
import io.github.snatsim.workload.Workload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What to simulate: instances behind SNAT, what runs on them, what happens when, and for how long. The same scenario gives
 * the same result, byte for byte (rule C4). Immutable; threads may share it.
 *
 * @param gateway what the instances are behind
 * @param instances the instances' private addresses
 * @param workload what runs on each of them
 * @param actions what happens when
 * @param duration how long to simulate; no request begins at or after the end
 * @param warmUp how long to run before counting begins, shorter than {@code duration}
 * @param seed what all random numbers follow from
 */
public record Scenario(
        Setup gateway,
        ImmutableList<IpAddress> instances,
        Workload workload,
        ImmutableList<ScheduledAction> actions,
        Duration duration,
        Duration warmUp,
        long seed) {
    /** The first address of {@link #instances(int)}. */
    public static final IpAddress FIRST_INSTANCE = IpAddress.parse("10.0.0.4");

    static final int INSTANCES_MAX = 65_532;
    private static final Duration LONGEST = Duration.ofDays(36_525);

    /**
     * Checks the scenario as a whole.
     *
     * @param gateway what the instances are behind
     * @param instances the instances' private addresses
     * @param workload what runs on each of them
     * @param actions what happens when
     * @param duration how long to simulate
     * @param warmUp how long to run before counting begins
     * @param seed what all random numbers follow from
     * @throws IllegalArgumentException if there is no instance or no client, an instance is named twice, a time is out of
     *     range, an action names an unknown client or is not for this gateway, a pool cannot have so many instances, or the
     *     workload cannot run behind the gateway
     */
    public Scenario {
        boolean mayBeEmpty = gateway instanceof DeploymentSetup; // instances can join later
        if ((instances.isEmpty() && !mayBeEmpty) || workload.clients().isEmpty()) {
            throw new IllegalArgumentException("a scenario needs at least one instance and one client");
        }
        if (ImmutableSet.copyOf(instances).size() != instances.size()) {
            throw new IllegalArgumentException("an instance is named twice in " + instances);
        }
        if (duration.isNegative() || duration.isZero() || duration.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("a duration of " + duration + ": expected above 0, up to 100 years");
        }
        if (warmUp.isNegative() || warmUp.compareTo(duration) >= 0) {
            throw new IllegalArgumentException(
                    "a warm-up of " + warmUp + " in a run of " + duration + ": expected shorter");
        }
        gateway.portsOf(instances.size());
        gateway.ownInstances().filter(own -> !own.equals(instances)).ifPresent(own -> {
            throw new IllegalArgumentException(instances.size() + " instances: expected the " + own.size()
                    + " that the gateway has by itself, in its order");
        });
        gateway.check(workload, duration);
        ScheduledChecks.check(gateway, instances, workload, duration, actions);
    }

    /**
     * Returns a scenario without actions and warm-up, with seed 1.
     *
     * @param gateway what the instances are behind
     * @param instances how many there are
     * @param workload what runs on each of them
     * @param duration how long to simulate
     * @return the scenario
     */
    public static Scenario of(Setup gateway, int instances, Workload workload, Duration duration) {
        return new Scenario(gateway, instances(instances), workload, ImmutableList.of(), duration, Duration.ZERO, 1);
    }

    /**
     * Returns a scenario of a system that has its own instances, without actions and warm-up, with seed 1.
     *
     * @param system a deployment or a service
     * @param workload what runs on its instances, or calls it
     * @param duration how long to simulate
     * @return the scenario
     * @throws IllegalArgumentException if the system has no instances of its own
     */
    public static Scenario of(Setup system, Workload workload, Duration duration) {
        ImmutableList<IpAddress> instances = system.ownInstances()
                .orElseThrow(
                        () -> new IllegalArgumentException("the setup has no instances of its own: expected how many"));
        return new Scenario(system, instances, workload, ImmutableList.of(), duration, Duration.ZERO, 1);
    }

    /**
     * Returns neighbouring addresses from {@link #FIRST_INSTANCE} on.
     *
     * @param count how many, 1-65,532
     * @return private addresses
     * @throws IllegalArgumentException if the count is out of range
     */
    public static ImmutableList<IpAddress> instances(int count) {
        Violation.refuse(Violation.ifOutside(count, 1, INSTANCES_MAX, count + " instances", ""));
        ImmutableList.Builder<IpAddress> addresses = ImmutableList.builder();
        for (int i = 0; i < count; i++) {
            addresses.add(IpAddress.ofIpv4(FIRST_INSTANCE.ipv4Bits() + i));
        }
        return addresses.build();
    }

    /**
     * Returns instances after a change of their number: the last ones go, new ones join behind the highest address.
     *
     * @param instances those before, at least one
     * @param count how many there are from then on, at least 1
     * @return the others, in order
     * @throws IllegalArgumentException if no addresses are left for so many
     */
    public static ImmutableList<IpAddress> resized(ImmutableList<IpAddress> instances, int count) {
        List<IpAddress> next = new ArrayList<>(instances.subList(0, Math.min(count, instances.size())));
        int highest = Collections.max(instances).ipv4Bits();
        if (Integer.toUnsignedLong(highest) + count - next.size() > 0xffff_ffffL) {
            throw new IllegalArgumentException("no addresses are left behind " + IpAddress.ofIpv4(highest));
        }
        while (next.size() < count) {
            next.add(IpAddress.ofIpv4(++highest));
        }
        return ImmutableList.copyOf(next);
    }

    /**
     * Returns this scenario with another seed.
     *
     * @param seed what all random numbers follow from
     * @return the new scenario
     */
    public Scenario withSeed(long seed) {
        return new Scenario(gateway, instances, workload, actions, duration, warmUp, seed);
    }

    /**
     * Returns this scenario with another gateway.
     *
     * @param gateway what the instances are behind
     * @return the new scenario
     */
    public Scenario withGateway(Setup gateway) {
        return new Scenario(
                gateway, gateway.ownInstances().orElse(instances), workload, actions, duration, warmUp, seed);
    }

    /**
     * Returns this scenario with another workload.
     *
     * @param workload what runs on each instance
     * @return the new scenario
     */
    public Scenario withWorkload(Workload workload) {
        return new Scenario(gateway, instances, workload, actions, duration, warmUp, seed);
    }

    /**
     * Returns this scenario with actions.
     *
     * @param actions what happens when
     * @return the new scenario
     */
    public Scenario withActions(ScheduledAction... actions) {
        return new Scenario(gateway, instances, workload, ImmutableList.copyOf(actions), duration, warmUp, seed);
    }

    /**
     * Returns this scenario with a warm-up.
     *
     * @param warmUp how long to run before counting begins
     * @return the new scenario
     */
    public Scenario withWarmUp(Duration warmUp) {
        return new Scenario(gateway, instances, workload, actions, duration, warmUp, seed);
    }
}
