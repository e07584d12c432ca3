package io.github.snatsim.azure;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.Multimaps;
import io.github.snatsim.flow.Admission;
import io.github.snatsim.flow.Flow;
import io.github.snatsim.flow.FlowKeys;
import io.github.snatsim.flow.FlowTable;
import io.github.snatsim.flow.SnatPort;
import io.github.snatsim.flow.SnatPorts;
import io.github.snatsim.flow.Verdict;
import io.github.snatsim.gateway.Gateway;
import io.github.snatsim.gateway.GatewayListener;
import io.github.snatsim.gateway.PortStatus;
import io.github.snatsim.gateway.SnatProfile;
import io.github.snatsim.net.Destination;
import io.github.snatsim.net.FiveTuple;
import io.github.snatsim.net.FlowEvent;
import io.github.snatsim.net.IpAddress;
import io.github.snatsim.net.IpPrefix;
import io.github.snatsim.net.PortRange;
import io.github.snatsim.net.Side;
import io.github.snatsim.port.AllocationRules;
import io.github.snatsim.port.PortSet;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * An Azure Firewall in the path (rule G3): every source takes the firewall's ports, of its first public IP that has one free for
 * the destination; what needs no SNAT (T8) passes. Metrics count them all under {@link #ADDRESS}. Not for use by several
 * threads at once.
 */
public final class FirewallGateway implements Gateway {
    /** What stands for the firewall where an instance is named: of 192.88.99.0/24, which no instance can have. */
    public static final IpAddress ADDRESS = IpAddress.parse("192.88.99.1");

    private final FlowKeys keys = new FlowKeys();
    private final ImmutableList<SnatPorts> publicIps;
    private final FlowTable table;
    private final AzureFirewall firewall;
    private final ImmutableList<IpPrefix> untranslated;
    private final Set<IpAddress> sources = new LinkedHashSet<>();
    private GatewayListener listener = GatewayListener.NONE;

    /**
     * Makes a firewall that nobody uses yet.
     *
     * @param firewall the firewall
     * @param profile the readings of port translation
     */
    public FirewallGateway(AzureFirewall firewall, SnatProfile profile) {
        this.firewall = firewall;
        this.untranslated = profile.untranslated();
        PortSet ports = PortSet.of(range());
        ImmutableList.Builder<SnatPorts> all = ImmutableList.builder();
        for (int i = 0; i < firewall.publicIps(); i++) {
            SnatPorts ofIp = SnatPorts.shared(
                    i, ADDRESS, keys, profile.portChoice().get(), profile.udpSharing(), profile.idle());
            ofIp.assign(ADDRESS, ports);
            all.add(ofIp);
        }
        this.publicIps = all.build();
        this.table = new FlowTable(keys, new FirstWithAPort(), profile.flows(), listener);
    }

    /** Takes a port of the first public IP that has one. */
    private final class FirstWithAPort implements Admission {
        @Override
        public int take(long flow) {
            int port = publicIps.get(0).take(flow);
            for (int i = 1; port < 0 && i < publicIps.size(); i++) {
                port = publicIps.get(i).take(flow);
            }
            return port;
        }

        @Override
        public void giveBack(long flow, int port) {
            publicIps.get(SnatPort.frontend(port)).giveBack(flow, port);
        }

        @Override
        public long idleNanos(long flow, boolean answered) {
            return publicIps.get(0).idleNanos(flow, answered);
        }
    }

    /**
     * Routes a source through the firewall.
     *
     * @param source its private address
     */
    public void connect(IpAddress source) {
        if (sources.add(source)) {
            listener.portsShared(keys.pinSource(source), keys.pinSource(ADDRESS));
        }
    }

    /**
     * Returns how many ports are free for a destination.
     *
     * @param destination where to
     * @return ports of all public IPs together
     */
    public int portsFree(Destination destination) {
        return firewall.ports()
                - publicIps.stream()
                        .mapToInt(ofIp -> ofIp.portsUsed(ADDRESS, destination))
                        .sum();
    }

    @Override
    public Verdict offer(FlowEvent event) {
        if (IpPrefix.anyContains(untranslated, event.flow().destination().address())) {
            advanceTo(event.timeNanos());
            if (event.side() == Side.INITIATOR) {
                listener.untranslated(event.timeNanos(), event.flow());
            }
            return new Verdict.Untranslated();
        }
        return table.offer(event);
    }

    @Override
    public void advanceTo(long timeNanos) {
        table.advanceTo(timeNanos);
    }

    @Override
    public boolean isLive(FiveTuple flow) {
        return table.isLive(flow);
    }

    @Override
    public OptionalLong nextDeadlineNanos() {
        return table.nextDeadlineNanos();
    }

    @Override
    public long quietUntilNanos() {
        return table.quietUntilNanos();
    }

    @Override
    public OptionalLong lastDeadlineNanos() {
        return table.lastDeadlineNanos();
    }

    @Override
    public ImmutableList<PortStatus> portStatus(int port) {
        PortRange range = range();
        ImmutableListMultimap<Integer, Flow> flows = Multimaps.index(table.flowsOn(port), Flow::frontend);
        ImmutableList.Builder<PortStatus> all = ImmutableList.builder();
        for (int i = 0; i < publicIps.size(); i++) {
            all.add(new PortStatus(
                    new PortStatus.Frontend(
                            PortStatus.Kind.FIREWALL,
                            Optional.empty(),
                            Optional.of("public IP " + (i + 1) + " of " + publicIps.size()),
                            Optional.empty(),
                            sources.size(),
                            sources.size(),
                            range),
                    range.contains(port) ? Optional.of(ADDRESS) : Optional.empty(),
                    range.contains(port) ? PortSet.of(range) : PortSet.empty(),
                    flows.get(i)));
        }
        return all.build();
    }

    private PortRange range() {
        int first = AllocationRules.EPHEMERAL.first();
        return new PortRange(first, first + firewall.portsPerIp() - 1);
    }

    @Override
    public void listen(GatewayListener listener) {
        this.listener = listener;
        table.listen(listener);
        int owner = keys.pinSource(ADDRESS);
        listener.portsAssigned(table.nowNanos(), owner, 0, firewall.ports());
        sources.forEach(source -> listener.portsShared(keys.pinSource(source), owner));
    }

    @Override
    public FlowKeys keys() {
        return keys;
    }

    /**
     * Returns the live flows, for queries.
     *
     * @return the table
     */
    public FlowTable table() {
        return table;
    }
}
