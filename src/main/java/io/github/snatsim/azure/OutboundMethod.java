package io.github.snatsim.azure;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
import java.util.Arrays;

/**
 * How an instance of a classic deployment reaches the internet (rules S1-S4, sources K J), in order of precedence: the first
 * that an instance has carries all its flows. Immutable; threads may share it.
 */
public enum OutboundMethod {
    /** Method 1: stateless 1:1 NAT on a public IP of the instance's own; no port translation (S1). */
    INSTANCE_LEVEL_PUBLIC_IP(
            "S1",
            "instance-level public IP",
            ImmutableSet.copyOf(IpProtocol.values()),
            Sets.immutableEnumSet(InstanceKind.VM)),
    /** Method 2: port translation on the public IP of a load-balanced endpoint (S2). */
    PUBLIC_ENDPOINT(
            "S2",
            "public load-balanced endpoint",
            Sets.immutableEnumSet(IpProtocol.TCP, IpProtocol.UDP),
            ImmutableSet.copyOf(InstanceKind.values())),
    /** Method 3: port translation on an address that the platform assigns and the whole deployment shares (S3). */
    SHARED_ADDRESS(
            "S3",
            "address shared by the deployment",
            Sets.immutableEnumSet(IpProtocol.TCP, IpProtocol.UDP),
            ImmutableSet.copyOf(InstanceKind.values()));

    private final String rule;
    private final String title;
    private final ImmutableSet<IpProtocol> protocols;
    private final ImmutableSet<InstanceKind> kinds;

    OutboundMethod(String rule, String title, ImmutableSet<IpProtocol> protocols, ImmutableSet<InstanceKind> kinds) {
        this.rule = rule;
        this.title = title;
        this.protocols = protocols;
        this.kinds = kinds;
    }

    /**
     * Returns the method's number in the sources.
     *
     * @return 1, 2 or 3
     */
    public int number() {
        return ordinal() + 1;
    }

    /**
     * Returns the rule that describes the method.
     *
     * @return S1, S2 or S3
     */
    public String rule() {
        return rule;
    }

    /**
     * Returns what the method can carry (S4).
     *
     * @return the protocols
     */
    public ImmutableSet<IpProtocol> protocols() {
        return protocols;
    }

    /**
     * Tells whether the method can carry a protocol (S4).
     *
     * @param protocol what an instance wants to send
     * @return false if the attempt is refused
     */
    public boolean carries(IpProtocol protocol) {
        return protocols.contains(protocol);
    }

    /**
     * Tells whether instances of a kind can have the method (S4).
     *
     * @param kind what the instance is
     * @return false for method 1 and roles
     */
    public boolean isFor(InstanceKind kind) {
        return kinds.contains(kind);
    }

    /**
     * Tells whether the method translates ports, so that an instance can run out of them.
     *
     * @return true for methods 2 and 3
     */
    public boolean translatesPorts() {
        return this != INSTANCE_LEVEL_PUBLIC_IP;
    }

    /**
     * Returns the mitigations that an instance with this method can still use: with ports to run out of, all that its kind
     * can have.
     *
     * @param kind what the instance is
     * @return the mitigations; none for method 1, which is one
     */
    public ImmutableList<Mitigation> mitigations(InstanceKind kind) {
        return Arrays.stream(Mitigation.values())
                .filter(mitigation -> translatesPorts())
                .filter(mitigation ->
                        mitigation != Mitigation.INSTANCE_LEVEL_PUBLIC_IP || INSTANCE_LEVEL_PUBLIC_IP.isFor(kind))
                .collect(toImmutableList());
    }

    /** Returns number and title, {@code 2, public load-balanced endpoint}. */
    @Override
    public String toString() {
        return number() + ", " + title;
    }
}
