package io.github.snatsim.azure;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableIntArray;
import com.google.common.primitives.Ints;
import io.github.snatsim.flow.SnatPort;
import io.github.snatsim.gateway.GatewayListener;
import io.github.snatsim.net.IpAddress;
import io.github.snatsim.net.IpPrefix;
import io.github.snatsim.net.SeededHash;
import io.github.snatsim.port.PortAllocator;
import io.github.snatsim.port.Violation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** The public IPs of a deployment by number: the shared address, its endpoints, then instance-level IPs as they appear. */
final class Frontends {
    /** Set aside for documentation (RFC 5737): 192.0.2.0/24. */
    private static final IpPrefix DOCUMENTATION = IpPrefix.parse("192.0.2.0/24");

    private static final int DOCUMENTATION_HOSTS = 254;

    private final OutboundRules rules;
    private final long seed;
    private final ImmutableList<Frontend> pools;
    private final Map<IpAddress, Integer> instanceIps = new LinkedHashMap<>();

    Frontends(Deployment deployment, OutboundRules rules, OutboundPorts admission, long seed) {
        this.rules = rules;
        this.seed = seed;
        List<Frontend> all = new ArrayList<>();
        all.add(frontend(0, sharedAddress(deployment.publicIps()), Optional.empty(), admission));
        for (PublicEndpoint endpoint : deployment.endpoints()) {
            all.add(frontend(all.size(), endpoint.publicIp(), Optional.of(endpoint.name()), admission));
        }
        this.pools = ImmutableList.copyOf(all);
    }

    private Frontend frontend(int number, IpAddress publicIp, Optional<String> endpoint, OutboundPorts admission) {
        return new Frontend(
                number, publicIp, endpoint, new PortAllocator(rules.profile().allocation()), admission.addPool());
    }

    /** S3: the platform assigns it; here by seed, passing over what endpoints and instances have. */
    private IpAddress sharedAddress(ImmutableList<IpAddress> taken) {
        for (int i = 0; i < DOCUMENTATION_HOSTS; i++) {
            long host = 1 + Long.remainderUnsigned(SeededHash.mix(seed) + i, DOCUMENTATION_HOSTS);
            IpAddress address = IpAddress.ofIpv4(DOCUMENTATION.network().ipv4Bits() + (int) host);
            if (!taken.contains(address)) {
                return address;
            }
        }
        throw new IllegalArgumentException("no address of " + DOCUMENTATION
                + " is left for the platform to assign: expected other public IPs (S3)");
    }

    /** Refuses to give away, while the deployment lives, what the platform assigns from, whatever the seed has drawn. */
    static void checkChoosable(IpAddress publicIp) {
        if (DOCUMENTATION.contains(publicIp)) {
            throw new IllegalArgumentException("the public IP " + publicIp + " is of " + DOCUMENTATION
                    + ", of which the platform assigns the shared address: expected another (S3)");
        }
    }

    /** Refuses a deployment with more public IPs, those of the past included, than ports and keys have numbers for. */
    void checkRoom(Deployment next) {
        long appearing = next.instances().stream()
                .flatMap(instance -> instance.instanceLevelIp().stream())
                .filter(publicIp -> !instanceIps.containsKey(publicIp))
                .count();
        long all = pools.size() + instanceIps.size() + appearing;
        if (all > SnatPort.FRONTENDS_MAX) {
            Violation.refuse(ImmutableList.of(new Violation(
                    all + " public IPs in the deployment's life",
                    "at most " + SnatPort.FRONTENDS_MAX,
                    "",
                    Integer.toString(SnatPort.FRONTENDS_MAX))));
        }
    }

    /** Refuses a deployment with pools that the tier table does not know or the range has no room for (P2, P4), all at once. */
    void checkPools(Deployment next) {
        ImmutableList.Builder<Violation> all = ImmutableList.builder();
        for (Frontend frontend : pools) {
            int size = frontend.members(next).size();
            for (Violation violation : frontend.pool().rules().violations(size, next.reportedSize(size))) {
                all.add(new Violation(
                        frontend.endpoint().orElse("the shared address") + ": " + violation.what(),
                        violation.expected(),
                        violation.rule(),
                        violation.nearest()));
            }
        }
        Violation.refuse(all.build());
    }

    /** By how many a role can grow instead, so that each pool that it is in comes to the nearest size that can be had. */
    OptionalInt nearestCount(Deployment deployment, Role role, int count) {
        return pools.stream()
                .filter(frontend -> frontend.endpoint()
                        .map(role.endpoints()::contains)
                        .orElse(role.endpoints().isEmpty()))
                .mapToInt(frontend -> {
                    int size = frontend.members(deployment).size();
                    int wanted = Ints.saturatedCast((long) size + count);
                    return frontend.pool().rules().nearestPoolSize(wanted).orElse(0) - size;
                })
                .min();
    }

    /** The frontends whose ports pools of instances share. */
    ImmutableList<Frontend> ofPools() {
        return pools;
    }

    Frontend ofPool(int number) {
        return pools.get(number);
    }

    Frontend shared() {
        return pools.get(0);
    }

    /** The number of an instance-level IP, a new one when it is first asked for. */
    int ofInstance(IpAddress publicIp) {
        return instanceIps.computeIfAbsent(publicIp, unused -> pools.size() + instanceIps.size());
    }

    IpAddress publicIp(int number) {
        return number < pools.size()
                ? pools.get(number).publicIp()
                : ImmutableList.copyOf(instanceIps.keySet()).get(number - pools.size());
    }

    void nameTo(GatewayListener listener) {
        pools.forEach(frontend -> listener.frontendNamed(frontend.number(), frontend.publicIp()));
        instanceIps.forEach((publicIp, number) -> listener.frontendNamed(number, publicIp));
    }

    /** Where the flows of an instance go (S1-S3). */
    OutboundPorts.Route route(RoleInstance instance) {
        if (instance.instanceLevelIp().isPresent()) {
            return OutboundPorts.Route.direct(
                    ofInstance(instance.instanceLevelIp().get()));
        }
        ImmutableIntArray candidates = ImmutableIntArray.copyOf(pools.stream()
                .filter(frontend ->
                        frontend.endpoint().map(instance.endpoints()::contains).orElse(false))
                .mapToInt(Frontend::number));
        if (candidates.isEmpty()) {
            return new OutboundPorts.Route(ImmutableIntArray.of(shared().number()), false, false);
        }
        if (candidates.length() > 1 && rules.draw() != EndpointDraw.PER_FLOW) {
            candidates = ImmutableIntArray.of(drawn(instance, candidates));
        }
        return new OutboundPorts.Route(candidates, candidates.length() > 1, false);
    }

    /** S2: the endpoint that comes first in an order by chance, one for the deployment or one for each instance. */
    private int drawn(RoleInstance instance, ImmutableIntArray candidates) {
        long draw = rules.draw() == EndpointDraw.PER_INSTANCE
                ? SeededHash.mix(seed ^ instance.address().ipv4Bits())
                : seed;
        return candidates.stream()
                .boxed()
                .min(Comparator.comparingLong(number ->
                        SeededHash.of(draw, pools.get(number).endpoint().orElse(""))))
                .orElseThrow();
    }
}
