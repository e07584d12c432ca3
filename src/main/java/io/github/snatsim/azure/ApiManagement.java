package io.github.snatsim.azure;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
import io.github.snatsim.port.Violation;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * An API Management service in front of public backends (rules G1-G4, source A), with the mitigations that can be switched on.
 * Every call opens a connection to a backend, from the next unit in turn and a SNAT port of that unit. Immutable; threads may
 * share it.
 *
 * @param units how many units it has, without the mitigation {@link ApiMitigation.MoreUnits}
 * @param portsPerUnit the SNAT ports of a unit for each destination and protocol, 1-64,512; no source says how many, so there is
 *     no default (G1)
 * @param connectWait how long a call waits for a port before it ends as a 500 (G2), not negative
 * @param inVnet whether the service is in a VNet
 * @param hosting where the backends run
 * @param mitigations what can be switched on, each kind at most once
 * @param on what is switched on
 * @param autoscale a rule that changes the number of units, empty for none
 */
public record ApiManagement(
        int units,
        int portsPerUnit,
        Duration connectWait,
        boolean inVnet,
        BackendHosting hosting,
        ImmutableList<ApiMitigation> mitigations,
        ImmutableSet<ApiMitigation.Kind> on,
        Optional<Autoscale> autoscale) {
    /** How long a connection attempt goes on unless told otherwise (D): a Windows host gives up after 21 s. */
    public static final Duration CONNECT_WAIT = Duration.ofSeconds(21);

    private static final int UNITS_MAX = 1_000;
    private static final int PORTS_MAX = 64_512;

    /** The ways to a backend that exclude each other. */
    private static final ImmutableSet<ApiMitigation.Kind> PATHS = Sets.immutableEnumSet(
            ApiMitigation.Kind.SERVICE_ENDPOINT, ApiMitigation.Kind.PRIVATE_ENDPOINT, ApiMitigation.Kind.FIREWALL);

    /**
     * Checks that the parts go together.
     *
     * @param units how many units it has
     * @param portsPerUnit the SNAT ports of a unit
     * @param connectWait how long a call waits for a port
     * @param inVnet whether the service is in a VNet
     * @param hosting where the backends run
     * @param mitigations what can be switched on
     * @param on what is switched on
     * @param autoscale a rule that changes the number of units
     * @throws IllegalArgumentException if a number is out of range, a kind of mitigation stands twice, one is on that is not
     *     described, or what is on cannot be had together, with the reason
     */
    public ApiManagement {
        on = Sets.immutableEnumSet(on);
        Violation.refuse(
                unitsOutOfRange(units),
                Violation.ifOutside(portsPerUnit, 1, PORTS_MAX, portsPerUnit + " ports per unit", "G1"));
        if (connectWait.isNegative()) {
            throw new IllegalArgumentException("a wait for a port of " + connectWait + ": expected not negative");
        }
        Set<ApiMitigation.Kind> described = EnumSet.noneOf(ApiMitigation.Kind.class);
        for (ApiMitigation mitigation : mitigations) {
            if (!described.add(mitigation.kind())) {
                throw new IllegalArgumentException("the mitigation " + mitigation.kind() + " is described twice");
            }
        }
        for (ApiMitigation.Kind kind : on) {
            if (!described.contains(kind)) {
                throw new IllegalArgumentException(
                        "the mitigation " + kind + " is on but not described: expected one of " + described);
            }
            checkPossible(kind, inVnet, hosting);
        }
        for (ApiMitigation mitigation : mitigations) {
            if (mitigation instanceof ApiMitigation.MoreUnits more
                    && on.contains(more.kind())
                    && more.units() <= units) {
                Violation.refuse(ImmutableList.of(new Violation(
                        "more-units: " + more.units() + " with " + units + " units",
                        "more than that",
                        "G3",
                        units < UNITS_MAX ? Integer.toString(units + 1) : "none: fewer units at the beginning")));
            }
        }
        if (Sets.intersection(on, PATHS).size() > 1) {
            throw new IllegalArgumentException("calls go to a backend one way: expected at most one of "
                    + Sets.intersection(on, PATHS) + " switched on");
        }
    }

    private static void checkPossible(ApiMitigation.Kind kind, boolean inVnet, BackendHosting hosting) {
        if (PATHS.contains(kind) && !inVnet) {
            throw new IllegalArgumentException(
                    "a " + kind + " needs the service to be in a VNet (G3): expected in-vnet");
        }
        if (kind == ApiMitigation.Kind.PRIVATE_ENDPOINT && hosting == BackendHosting.ELSEWHERE) {
            throw new IllegalArgumentException(
                    "a private-endpoint needs a backend in Azure (G3): expected another hosting than elsewhere");
        }
        if (kind == ApiMitigation.Kind.SERVICE_ENDPOINT && hosting != BackendHosting.AZURE_WITH_SERVICE_ENDPOINT) {
            throw new IllegalArgumentException(
                    "a service-endpoint needs a backend in an Azure service that supports it (G3):"
                            + " expected the hosting azure-with-service-endpoint");
        }
    }

    static void checkUnits(int units) {
        Violation.refuse(unitsOutOfRange(units));
    }

    static ImmutableList<Violation> unitsOutOfRange(int units) {
        return Violation.ifOutside(units, 1, UNITS_MAX, units + " units", "");
    }

    /**
     * Returns a service outside any VNet whose backends run elsewhere, without mitigations.
     *
     * @param units how many units it has
     * @param portsPerUnit the SNAT ports of a unit, 1-64,512
     * @return the service, with the default wait for a port
     * @throws IllegalArgumentException if a number is out of range
     */
    public static ApiManagement of(int units, int portsPerUnit) {
        return new ApiManagement(
                units,
                portsPerUnit,
                CONNECT_WAIT,
                false,
                BackendHosting.ELSEWHERE,
                ImmutableList.of(),
                ImmutableSet.of(),
                Optional.empty());
    }

    /**
     * Returns this service with another wait for a port.
     *
     * @param connectWait how long a call waits for a port before it ends as a 500
     * @return the new service
     */
    public ApiManagement withConnectWait(Duration connectWait) {
        return new ApiManagement(units, portsPerUnit, connectWait, inVnet, hosting, mitigations, on, autoscale);
    }

    /**
     * Returns this service in a VNet.
     *
     * @param hosting where the backends run
     * @return the new service
     */
    public ApiManagement inVnet(BackendHosting hosting) {
        return new ApiManagement(units, portsPerUnit, connectWait, true, hosting, mitigations, on, autoscale);
    }

    /**
     * Returns this service with a mitigation, switched on; one of the same kind is replaced.
     *
     * @param mitigation what to switch on
     * @return the new service
     * @throws IllegalArgumentException if the service cannot have it, with the reason
     */
    public ApiManagement with(ApiMitigation mitigation) {
        ImmutableList<ApiMitigation> described = ImmutableList.<ApiMitigation>builder()
                .addAll(mitigations.stream()
                        .filter(other -> other.kind() != mitigation.kind())
                        .collect(toImmutableList()))
                .add(mitigation)
                .build();
        ImmutableSet<ApiMitigation.Kind> switched = ImmutableSet.<ApiMitigation.Kind>builder()
                .addAll(on)
                .add(mitigation.kind())
                .build();
        return new ApiManagement(units, portsPerUnit, connectWait, inVnet, hosting, described, switched, autoscale);
    }

    /**
     * Returns this service with other mitigations switched on.
     *
     * @param on what is switched on, of those that are described
     * @return the new service
     * @throws IllegalArgumentException if the service cannot have them, with the reason
     */
    public ApiManagement withOn(Set<ApiMitigation.Kind> on) {
        return new ApiManagement(
                units, portsPerUnit, connectWait, inVnet, hosting, mitigations, ImmutableSet.copyOf(on), autoscale);
    }

    /**
     * Returns this service with an autoscale rule.
     *
     * @param autoscale the rule
     * @return the new service
     */
    public ApiManagement withAutoscale(Autoscale autoscale) {
        return new ApiManagement(
                units, portsPerUnit, connectWait, inVnet, hosting, mitigations, on, Optional.of(autoscale));
    }

    /**
     * Returns a mitigation if it is switched on.
     *
     * @param type the kind, as its record
     * @param <T> the kind
     * @return the mitigation, empty if it is off
     */
    public <T extends ApiMitigation> Optional<T> active(Class<T> type) {
        return mitigations.stream()
                .filter(mitigation -> on.contains(mitigation.kind()))
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst();
    }

    /**
     * Returns how many units the service has at the beginning, mitigations included.
     *
     * @return at least 1
     */
    public int unitsAtStart() {
        return active(ApiMitigation.MoreUnits.class)
                .map(ApiMitigation.MoreUnits::units)
                .orElse(units);
    }

    /**
     * Tells whether calls need no SNAT port at all.
     *
     * @return true with a service endpoint or a private endpoint
     */
    public boolean bypassesSnat() {
        return on.contains(ApiMitigation.Kind.SERVICE_ENDPOINT) || on.contains(ApiMitigation.Kind.PRIVATE_ENDPOINT);
    }

    /**
     * Returns the SNAT ports that calls of one unit to one destination can take.
     *
     * @return those of the firewall if there is one, which all units share, else those of the unit
     */
    public int portsPerDestination() {
        return active(ApiMitigation.Firewall.class)
                .map(mitigation -> mitigation.firewall().ports())
                .orElse(portsPerUnit);
    }

    /**
     * Returns what whoever runs the service should know of what is switched on.
     *
     * @return sentences without full stops, with their rules
     */
    public ImmutableList<String> findings() {
        ImmutableList.Builder<String> findings = ImmutableList.builder();
        if (on.contains(ApiMitigation.Kind.FASTER_BACKEND) && !bypassesSnat()) {
            findings.add(
                    "a faster backend hardly frees ports: each is taken for the latency and another 240 s after that"
                            + " (G3)");
        }
        if (autoscale.isPresent()) {
            findings.add("autoscale does not see SNAT ports: it cannot act on their exhaustion (G4)");
        }
        if (bypassesSnat() && on.contains(ApiMitigation.Kind.MORE_BACKENDS)) {
            findings.add("more IPs or ports for the backends do nothing where calls need no SNAT port (G3)");
        }
        return findings.build();
    }
}
