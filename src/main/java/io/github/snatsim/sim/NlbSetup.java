package io.github.snatsim.sim;

import com.google.common.collect.ImmutableList;
import io.github.snatsim.aws.Alarm;
import io.github.snatsim.aws.Listener;
import io.github.snatsim.aws.ListenerProtocol;
import io.github.snatsim.aws.NetworkLoadBalancer;
import io.github.snatsim.aws.NlbMetrics;
import io.github.snatsim.aws.OpeningCost;
import io.github.snatsim.flow.FinTrigger;
import io.github.snatsim.flow.FlowRules;
import io.github.snatsim.flow.HoldSyn;
import io.github.snatsim.flow.SnatPorts.IdleRules;
import io.github.snatsim.gateway.SnatProfile;
import io.github.snatsim.net.Destination;
import io.github.snatsim.workload.Client;
import io.github.snatsim.workload.Workload;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;

/**
 * A Network Load Balancer that the clients of a scenario connect to: the instances of the scenario are the clients' hosts, their
 * destinations its listeners. Immutable; threads may share it.
 *
 * @param balancer the load balancer; targets are drawn from its seed and the scenario's
 * @param metricsPeriod how long a period of the metrics is, above zero
 * @param alarm an alarm on one of the metrics, empty for none
 * @param cost what opening a connection costs
 */
public record NlbSetup(NetworkLoadBalancer balancer, Duration metricsPeriod, Optional<Alarm> alarm, OpeningCost cost)
        implements Setup {
    /** The most periods of a run: more than the minutes of a year. */
    private static final int PERIODS_MAX = 1_000_000;

    /**
     * Checks the periods.
     *
     * @param balancer the load balancer
     * @param metricsPeriod how long a period of the metrics is, above zero
     * @param alarm an alarm on one of the metrics
     * @param cost what opening a connection costs
     * @throws IllegalArgumentException if the period is not above zero, or the alarm's no whole multiple of it
     */
    public NlbSetup {
        if (metricsPeriod.isNegative() || metricsPeriod.isZero()) {
            throw new IllegalArgumentException("a metrics period of " + metricsPeriod + ": expected above zero");
        }
        Duration period = metricsPeriod;
        alarm.filter(watch -> watch.period().toNanos() % period.toNanos() != 0).ifPresent(watch -> {
            throw new IllegalArgumentException("an alarm period of " + watch.period()
                    + ": expected a whole multiple of the metrics period, " + period);
        });
    }

    /**
     * Returns a load balancer with metrics for each minute, the advised alarm and connections without encryption.
     *
     * @param balancer the load balancer
     * @return the setup
     */
    public static NlbSetup of(NetworkLoadBalancer balancer) {
        return new NlbSetup(balancer, NlbMetrics.PERIOD, Optional.of(Alarm.onRejections()), OpeningCost.plain());
    }

    /**
     * Returns this setup with another load balancer.
     *
     * @param balancer the load balancer
     * @return the new setup
     */
    public NlbSetup withBalancer(NetworkLoadBalancer balancer) {
        return new NlbSetup(balancer, metricsPeriod, alarm, cost);
    }

    /**
     * Returns the listener that a destination leads to.
     *
     * @param destination where a client connects to
     * @return the listener, empty if there is none
     */
    public Optional<Listener> listenerAt(Destination destination) {
        return balancer.listeners().stream()
                .filter(listener -> listener.destination().equals(destination))
                .findFirst();
    }

    /** Returns how long flows can live in silence: no holds, and the longest idle times of the listeners. */
    @Override
    public SnatProfile profile() {
        return SnatProfile.classic()
                .withFlows(new FlowRules(Duration.ZERO, Duration.ZERO, FinTrigger.BOTH_SIDES, HoldSyn.IS_A_PACKET))
                .withIdle(new IdleRules(longestIdle(false), longestIdle(false), longestIdle(true)))
                .withUntranslated(ImmutableList.of());
    }

    private Duration longestIdle(boolean udp) {
        return balancer.listeners().stream()
                .filter(listener -> (listener.protocol() == ListenerProtocol.UDP) == udp)
                .map(Listener::idle)
                .max(Comparator.naturalOrder())
                .orElse(ListenerProtocol.TCP.idle());
    }

    /** Returns the places of the flow table, which all clients share. */
    @Override
    public int portsOf(int instances) {
        return balancer.flowsMax();
    }

    /** Checks that a listener is at each destination of the clients, and that the metrics fit the memory. */
    @Override
    public void check(Workload workload, Duration duration) {
        if (duration.dividedBy(metricsPeriod) > PERIODS_MAX) {
            throw new IllegalArgumentException("a metrics period of " + metricsPeriod + " in a run of " + duration
                    + ": expected at most " + PERIODS_MAX + " periods");
        }
        for (Client client : workload.clients()) {
            for (Destination destination : client.destinations().all()) {
                if (listenerAt(destination).isEmpty()) {
                    throw new IllegalArgumentException("client " + client.name() + " connects to " + destination
                            + ", where no listener is: expected one of "
                            + balancer.listeners().stream()
                                    .map(listener -> listener.destination().toString())
                                    .toList());
                }
            }
        }
    }
}
