package io.github.snatsim.azure;

import io.github.snatsim.gateway.SnatProfile;
import io.github.snatsim.port.Violation;

/**
 * Which reading of the rules a deployment's outbound flows follow. Immutable; threads may share it.
 *
 * @param profile the readings of port translation: methods 2 and 3
 * @param draw how one of several endpoints is chosen (S2)
 * @param hostPortsMax how many flows to one destination an instance's own host can have at once (S1): the ceiling of
 *     method 1, per protocol; 1-65,535
 */
public record OutboundRules(SnatProfile profile, EndpointDraw draw, int hostPortsMax) {
    /** The host's ports per destination unless it has a range of its own: 1,024-65,535 (S1). */
    public static final int HOST_PORTS = 64_512;

    /** The host's ports per destination with Linux's default range, 32,768-60,999 (S1). */
    public static final int HOST_PORTS_LINUX = 28_232;

    private static final int PORTS_MAX = 65_535;

    /**
     * Checks the ceiling.
     *
     * @param profile the readings of port translation
     * @param draw how one of several endpoints is chosen
     * @param hostPortsMax the ceiling of method 1
     * @throws IllegalArgumentException if the ceiling is out of range
     */
    public OutboundRules {
        Violation.refuse(Violation.ifOutside(hostPortsMax, 1, PORTS_MAX, hostPortsMax + " host ports", "S1"));
    }

    /**
     * Returns the classic profile, one draw per deployment, and 64,512 ports per host and destination.
     *
     * @return the default readings
     */
    public static OutboundRules classic() {
        return new OutboundRules(SnatProfile.classic(), EndpointDraw.PER_DEPLOYMENT, HOST_PORTS);
    }

    /**
     * Returns these rules with another profile.
     *
     * @param profile the readings of port translation
     * @return the new rules
     */
    public OutboundRules withProfile(SnatProfile profile) {
        return new OutboundRules(profile, draw, hostPortsMax);
    }

    /**
     * Returns these rules with another draw.
     *
     * @param draw how one of several endpoints is chosen
     * @return the new rules
     */
    public OutboundRules withDraw(EndpointDraw draw) {
        return new OutboundRules(profile, draw, hostPortsMax);
    }

    /**
     * Returns these rules with another ceiling for method 1.
     *
     * @param hostPortsMax how many flows to one destination a host can have at once
     * @return the new rules
     */
    public OutboundRules withHostPortsMax(int hostPortsMax) {
        return new OutboundRules(profile, draw, hostPortsMax);
    }
}
