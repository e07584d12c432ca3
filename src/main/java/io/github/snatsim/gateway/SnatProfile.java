package io.github.snatsim.gateway;

import com.google.common.collect.ImmutableList;
import io.github.snatsim.flow.FlowRules;
import io.github.snatsim.flow.PortChoice;
import io.github.snatsim.flow.PortOrder;
import io.github.snatsim.flow.SnatPorts.IdleRules;
import io.github.snatsim.flow.UdpSharing;
import io.github.snatsim.net.IpPrefix;
import io.github.snatsim.port.AllocationRules;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Which reading of the rules a SNAT gateway follows. Immutable; threads may share it.
 *
 * @param allocation who owns which ports (P1-P5)
 * @param flows holds (R1, R2) and what a SYN in a hold does (T5)
 * @param idle how long flows may be silent (R3, R4, R8)
 * @param portChoice makes the choice of a port (T3) for one gateway
 * @param udpSharing which UDP flows may share a port (T7)
 * @param untranslated destinations that need no SNAT (T8)
 */
public record SnatProfile(
        AllocationRules allocation,
        FlowRules flows,
        IdleRules idle,
        Supplier<PortChoice> portChoice,
        UdpSharing udpSharing,
        ImmutableList<IpPrefix> untranslated) {

    /**
     * Returns the classic deployment model: its tier table, 240 s after FIN, 15 s after RST, 4 minutes idle, ports
     * shared as far as possible, private destinations untranslated.
     *
     * @return the default reading of every rule
     */
    public static SnatProfile classic() {
        return new SnatProfile(
                AllocationRules.classic(),
                FlowRules.classic(),
                IdleRules.of(Duration.ofMinutes(4)),
                PortOrder.SHARE_LOWEST,
                UdpSharing.PER_DESTINATION,
                IpPrefix.NOT_PUBLIC);
    }

    /**
     * Returns this profile with other allocation rules.
     *
     * @param allocation who owns which ports
     * @return the new profile
     */
    public SnatProfile withAllocation(AllocationRules allocation) {
        return new SnatProfile(allocation, flows, idle, portChoice, udpSharing, untranslated);
    }

    /**
     * Returns this profile with other holds.
     *
     * @param flows holds and what a SYN in a hold does
     * @return the new profile
     */
    public SnatProfile withFlows(FlowRules flows) {
        return new SnatProfile(allocation, flows, idle, portChoice, udpSharing, untranslated);
    }

    /**
     * Returns this profile with other idle times.
     *
     * @param idle how long flows may be silent
     * @return the new profile
     */
    public SnatProfile withIdle(IdleRules idle) {
        return new SnatProfile(allocation, flows, idle, portChoice, udpSharing, untranslated);
    }

    /**
     * Returns this profile with another choice of ports.
     *
     * @param portChoice makes the choice for one gateway
     * @return the new profile
     */
    public SnatProfile withPortChoice(Supplier<PortChoice> portChoice) {
        return new SnatProfile(allocation, flows, idle, portChoice, udpSharing, untranslated);
    }

    /**
     * Returns this profile with another reading of T7.
     *
     * @param udpSharing which UDP flows may share a port
     * @return the new profile
     */
    public SnatProfile withUdpSharing(UdpSharing udpSharing) {
        return new SnatProfile(allocation, flows, idle, portChoice, udpSharing, untranslated);
    }

    /**
     * Returns this profile with another list of destinations that need no SNAT.
     *
     * @param untranslated the blocks; none to translate every flow
     * @return the new profile
     */
    public SnatProfile withUntranslated(ImmutableList<IpPrefix> untranslated) {
        return new SnatProfile(allocation, flows, idle, portChoice, udpSharing, untranslated);
    }
}
