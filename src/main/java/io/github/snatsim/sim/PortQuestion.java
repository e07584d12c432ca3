package io.github.snatsim.sim;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import io.github.snatsim.azure.RoleInstance;
import io.github.snatsim.flow.Flow;
import io.github.snatsim.flow.UdpSharing;
import io.github.snatsim.gateway.PortStatus;
import io.github.snatsim.net.IpAddress;
import io.github.snatsim.net.Protocol;
import io.github.snatsim.sim.PortExplanation.Holder;
import io.github.snatsim.sim.PortExplanation.Instance;
import io.github.snatsim.sim.PortExplanation.OnFrontend;
import io.github.snatsim.sim.PortExplanation.Why;
import io.github.snatsim.workload.Keepalive;
import java.util.Optional;

/**
 * Which port of a run is asked about. Immutable; threads may share it.
 *
 * @param port the port, 1-65,535
 * @param instance the name or private address of an instance to look at alone, empty for all
 * @param protocol the protocol to look at alone, empty for both
 */
public record PortQuestion(int port, Optional<String> instance, Optional<Protocol> protocol) {
    /**
     * Checks the port.
     *
     * @param port the port, 1-65,535
     * @param instance the name or private address of an instance to look at alone
     * @param protocol the protocol to look at alone
     * @throws IllegalArgumentException if it is no port
     */
    public PortQuestion {
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("port " + port + ": expected 1-65535");
        }
    }

    /**
     * Returns the question about a port on all instances, for both protocols.
     *
     * @param port the port, 1-65,535
     * @return the question
     */
    public static PortQuestion of(int port) {
        return new PortQuestion(port, Optional.empty(), Optional.empty());
    }

    PortExplanation answer(ScenarioRun run, UdpSharing sharing) {
        ImmutableList<PortStatus> found = run.gateway().portStatus(port);
        if (found.isEmpty()) {
            throw new IllegalArgumentException(
                    run.instances().isEmpty()
                            ? "has no instance at that time: expected a time when there is one"
                            : "has no SNAT ports to explain: flows of a load balancer take places in a table (N4)");
        }
        return new PortExplanation(
                port,
                run.simulation().nowNanos(),
                instance.map(asked -> concerning(address(asked, run), found)).orElse(found).stream()
                        .map(status -> onFrontend(status, run, sharing))
                        .collect(toImmutableList()));
    }

    /** The address of an instance that is there. */
    static IpAddress address(String asked, ScenarioRun run) {
        ImmutableList<IpAddress> known = run.instances();
        Optional<IpAddress> byAddress = known.stream()
                .filter(address -> address.toString().equals(asked))
                .findFirst();
        return byAddress.orElseGet(() -> run.deployment()
                .map(gateway -> gateway.deployment().instance(asked).address())
                .orElseThrow(() -> new IllegalArgumentException("no instance '" + asked + "' at that time: expected "
                        + known.get(0) + (known.size() == 1 ? "" : " to " + known.get(known.size() - 1)))));
    }

    /** Where the instance owns the port; if it does nowhere, where others can, and its own frontend. */
    private static ImmutableList<PortStatus> concerning(IpAddress instance, ImmutableList<PortStatus> found) {
        ImmutableList<PortStatus> owned = found.stream()
                .filter(status -> status.frontend().kind() == PortStatus.Kind.FIREWALL
                        || status.owner().equals(Optional.of(instance)))
                .collect(toImmutableList());
        return owned.isEmpty()
                ? found.stream()
                        .filter(status -> status.frontend()
                                .instance()
                                .map(instance::equals)
                                .orElse(true))
                        .collect(toImmutableList())
                : owned;
    }

    private OnFrontend onFrontend(PortStatus status, ScenarioRun run, UdpSharing sharing) {
        PortStatus.Frontend frontend = status.frontend();
        return new OnFrontend(
                PortExplanation.Kind.valueOf(frontend.kind().name()),
                frontend.publicIp(),
                frontend.name(),
                frontend.poolSize(),
                frontend.reportedSize(),
                frontend.range().toString(),
                frontend.range().contains(port),
                frontend.kind() == PortStatus.Kind.FIREWALL
                        ? Optional.empty()
                        : status.owner().map(address -> named(address, run)),
                status.owned().size(),
                status.owned().toString(),
                switch (sharing) {
                    case PER_DESTINATION -> PortExplanation.Sharing.OTHER_DESTINATIONS;
                    case PER_ADDRESS -> PortExplanation.Sharing.OTHER_ADDRESSES;
                    case NONE -> PortExplanation.Sharing.NOBODY;
                },
                status.flows().stream()
                        .filter(flow ->
                                protocol.map(flow.tuple().protocol()::equals).orElse(true))
                        .map(flow -> holder(flow, run))
                        .collect(toImmutableList()));
    }

    private static Instance named(IpAddress address, ScenarioRun run) {
        return new Instance(
                address,
                run.deployment()
                        .flatMap(gateway -> gateway.deployment().instances().stream()
                                .filter(instance -> instance.address().equals(address))
                                .map(RoleInstance::name)
                                .findFirst()));
    }

    private static Holder holder(Flow flow, ScenarioRun run) {
        Why why = flow.deadlineNanos() == Long.MAX_VALUE
                ? Why.NOT_TRANSLATED
                : Why.valueOf(flow.state().name());
        Optional<Keepalive> keepalive = run.workload().keepalive(flow.tuple());
        return new Holder(
                flow.tuple(),
                named(flow.tuple().source().address(), run),
                why,
                flow.sinceNanos(),
                flow.deadlineNanos(),
                keepalive.map(Keepalive::client),
                keepalive.map(sent -> sent.every().toNanos()).orElse(0L));
    }
}
