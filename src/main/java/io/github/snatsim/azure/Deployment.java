package io.github.snatsim.azure;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.github.snatsim.net.IpAddress;
import io.github.snatsim.net.IpPrefix;
import io.github.snatsim.port.Violation;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A classic deployment as it stands: its public endpoints, its roles, and their instances with what each has. The pool of an
 * endpoint is every instance behind it, one with an instance-level IP included; the pool of the shared address is every
 * instance with neither (S7). {@link #with} gives the deployment after a change. Immutable; threads may share it.
 *
 * @param endpoints the public endpoints that instances can be put behind
 * @param roles the groups that instances belong to
 * @param instances the instances, in the order in which they joined
 * @param reportedFactor how much larger than they are the pools are reported (P8): 1, or up to 2 during a redeployment
 */
public record Deployment(
        ImmutableList<PublicEndpoint> endpoints,
        ImmutableList<Role> roles,
        ImmutableList<RoleInstance> instances,
        BigDecimal reportedFactor) {
    /** The most that a pool can be reported as, in times of its size (P8). */
    public static final BigDecimal FACTOR_MAX = BigDecimal.valueOf(2);

    private static final int INSTANCES_MAX = 65_532;

    /**
     * Checks that the parts fit together.
     *
     * @param endpoints the public endpoints that instances can be put behind
     * @param roles the groups that instances belong to
     * @param instances the instances, in the order in which they joined
     * @param reportedFactor how much larger than they are the pools are reported, 1 to 2
     * @throws IllegalArgumentException if a name or an address stands twice, an instance names an unknown role or
     *     endpoint, a public IP is not public, there are more than 65,532 instances, or the factor is out of range
     */
    public Deployment {
        reportedFactor = reportedFactor.stripTrailingZeros();
        if (reportedFactor.compareTo(BigDecimal.ONE) < 0 || reportedFactor.compareTo(FACTOR_MAX) > 0) {
            Violation.refuse(ImmutableList.of(new Violation(
                    "pools reported as " + reportedFactor.toPlainString() + " times their size",
                    "1 to 2",
                    "P8",
                    reportedFactor.compareTo(BigDecimal.ONE) < 0 ? "1" : "2")));
        }
        checkSize(instances.size());
        Names.checkDistinct("endpoint", endpoints.stream().map(PublicEndpoint::name));
        Names.checkDistinct(
                "role or instance",
                Stream.concat(roles.stream().map(Role::name), instances.stream().map(RoleInstance::name)));
        Names.checkDistinct(
                "private address",
                instances.stream().map(instance -> instance.address().toString()));
        checkPublic(publicIps(endpoints, instances));
        for (Role role : roles) {
            role.endpoints().forEach(name -> Names.find("endpoint", name, endpoints, PublicEndpoint::name));
        }
        Map<String, Role> rolesByName = roles.stream().collect(ImmutableMap.toImmutableMap(Role::name, role -> role));
        for (RoleInstance instance : instances) {
            check(instance, rolesByName.get(instance.role()), endpoints, roles);
        }
    }

    private static ImmutableList<IpAddress> publicIps(
            ImmutableList<PublicEndpoint> endpoints, ImmutableList<RoleInstance> instances) {
        return Stream.concat(
                        endpoints.stream().map(PublicEndpoint::publicIp),
                        instances.stream().flatMap(instance -> instance.instanceLevelIp().stream()))
                .collect(toImmutableList());
    }

    /** The public IPs that were chosen: those of endpoints and of instances. */
    ImmutableList<IpAddress> publicIps() {
        return publicIps(endpoints, instances);
    }

    /** Refuses more instances than a deployment can have. */
    static void checkSize(long instances) {
        if (instances > INSTANCES_MAX) {
            Violation.refuse(ImmutableList.of(new Violation(
                    "a deployment of " + instances + " instances",
                    "at most " + INSTANCES_MAX,
                    "",
                    Integer.toString(INSTANCES_MAX))));
        }
    }

    private static void checkPublic(ImmutableList<IpAddress> publicIps) {
        Names.checkDistinct("public IP", publicIps.stream().map(IpAddress::toString));
        for (IpAddress publicIp : publicIps) {
            if (IpPrefix.anyContains(IpPrefix.NOT_PUBLIC, publicIp)) {
                throw new IllegalArgumentException(
                        "the public IP " + publicIp + " is in private address space: expected a public one");
            }
        }
    }

    private static void check(
            RoleInstance instance,
            @Nullable Role role,
            ImmutableList<PublicEndpoint> endpoints,
            ImmutableList<Role> roles) {
        if (role == null) {
            role = Names.find("role", instance.role(), roles, Role::name);
        }
        if (role.kind() != instance.kind()) {
            throw new IllegalArgumentException("instance " + instance.name() + " is a " + instance.kind()
                    + ": expected a " + role.kind() + ", as its role " + role.name());
        }
        Names.checkDistinct("endpoint of instance " + instance.name(), instance.endpoints().stream());
        instance.endpoints().forEach(name -> Names.find("endpoint", name, endpoints, PublicEndpoint::name));
    }

    /**
     * Returns a deployment whose roles have so many instances each, named after their role and numbered from 1, with
     * neighbouring private addresses from 10.0.0.4 on.
     *
     * @param endpoints the public endpoints
     * @param roles how many instances each role has, not negative
     * @return the deployment
     * @throws IllegalArgumentException if the parts do not fit together
     */
    public static Deployment of(ImmutableList<PublicEndpoint> endpoints, ImmutableMap<Role, Integer> roles) {
        Deployment deployment = new Deployment(endpoints, roles.keySet().asList(), ImmutableList.of(), BigDecimal.ONE);
        for (Map.Entry<Role, Integer> role : roles.entrySet()) {
            if (role.getValue() != 0) {
                deployment = deployment.with(
                        new DeploymentChange.ScaleOut(role.getKey().name(), role.getValue()));
            }
        }
        return deployment;
    }

    /**
     * Returns a deployment of virtual machines behind one public endpoint.
     *
     * @param count how many
     * @param publicIp the endpoint's public IP
     * @return the deployment: role {@code vm}, endpoint {@code public}
     * @throws IllegalArgumentException if the count is negative or above 65,532, or the IP is not public
     */
    public static Deployment behindOneEndpoint(int count, IpAddress publicIp) {
        return of(
                ImmutableList.of(new PublicEndpoint("public", publicIp)),
                ImmutableMap.of(new Role("vm", InstanceKind.VM, ImmutableList.of("public")), count));
    }

    /**
     * Returns an instance by its name.
     *
     * @param name the name
     * @return the instance
     * @throws IllegalArgumentException if there is none of that name
     */
    public RoleInstance instance(String name) {
        return Names.find("instance", name, instances, RoleInstance::name);
    }

    /**
     * Returns the instances that share the public IP of an endpoint.
     *
     * @param endpoint the name of the endpoint
     * @return every instance behind it (S7)
     */
    public ImmutableList<RoleInstance> poolOf(String endpoint) {
        return instances.stream()
                .filter(instance -> instance.endpoints().contains(endpoint))
                .collect(toImmutableList());
    }

    /**
     * Returns the instances that share the address that the platform assigns.
     *
     * @return every instance with method 3 (S7)
     */
    public ImmutableList<RoleInstance> sharedPool() {
        return instances.stream()
                .filter(instance -> instance.method() == OutboundMethod.SHARED_ADDRESS)
                .collect(toImmutableList());
    }

    /**
     * Returns the size that a pool is reported with (P8): its size times the factor, rounded up.
     *
     * @param size how many instances it has
     * @return at least the size
     */
    public int reportedSize(int size) {
        return reportedFactor
                .multiply(BigDecimal.valueOf(size))
                .setScale(0, RoundingMode.CEILING)
                .intValueExact();
    }

    /**
     * Tells whether a redeployment goes on.
     *
     * @return true if pools are reported larger than they are
     */
    public boolean isRedeploying() {
        return reportedFactor.compareTo(BigDecimal.ONE) > 0;
    }

    /**
     * Returns the deployment after its redeployment.
     *
     * @return the same deployment, reported as it is
     */
    public Deployment redeployed() {
        return new Deployment(endpoints, roles, instances, BigDecimal.ONE);
    }

    /**
     * Returns the deployment after a change.
     *
     * @param change what happens
     * @return the new deployment
     * @throws IllegalArgumentException if it cannot happen to this one, with the reason
     */
    public Deployment with(DeploymentChange change) {
        return new DeploymentEdit(this).apply(change);
    }
}
