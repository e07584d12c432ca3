package io.github.snatsim.azure;

import com.google.common.collect.ImmutableList;
import io.github.snatsim.net.IpAddress;
import io.github.snatsim.port.TierTable;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a deployment is after a change, worked out with plain lists from rules P5-P8 and S7. */
final class NaiveDeployment {
    record Instance(String name, String role, long address, List<String> endpoints, Optional<IpAddress> ownIp) {}

    /** The endpoints of each role; the last one is of a kind that cannot have an IP of its own. */
    final Map<String, List<String>> roles = new LinkedHashMap<>();

    final List<Instance> instances = new ArrayList<>();
    BigDecimal factor = BigDecimal.ONE;

    private final String webRole;
    private final List<String> endpoints;
    private final TierTable tiers;

    NaiveDeployment(String webRole, List<String> endpoints, TierTable tiers) {
        this.webRole = webRole;
        this.endpoints = endpoints;
        this.tiers = tiers;
    }

    NaiveDeployment copy() {
        NaiveDeployment copy = new NaiveDeployment(webRole, endpoints, tiers);
        copy.roles.putAll(roles);
        copy.instances.addAll(instances);
        copy.factor = factor;
        return copy;
    }

    @Nullable
    Instance find(String name) {
        return instances.stream().filter(it -> it.name().equals(name)).findAny().orElse(null);
    }

    /** The members of an endpoint's pool, or of the shared address's. */
    List<Instance> pool(Optional<String> endpoint) {
        return instances.stream()
                .filter(it -> endpoint.isPresent()
                        ? it.endpoints().contains(endpoint.get())
                        : it.endpoints().isEmpty() && it.ownIp().isEmpty())
                .toList();
    }

    int ports(Optional<String> endpoint) {
        int size = pool(endpoint).size();
        int reported = (int) Math.ceil(factor.multiply(BigDecimal.valueOf(10)).intValueExact() * size / 10.0);
        return size == 0 ? 0 : tiers.portsPerInstance(Math.min(reported, tiers.poolSizeMax()));
    }

    /** Changes this; returns false, having changed who knows what, if it cannot be. */
    boolean apply(DeploymentChange change) {
        return change(change) && fits();
    }

    private boolean fits() {
        List<Optional<String>> pools = new ArrayList<>(List.of(Optional.empty()));
        endpoints.forEach(endpoint -> pools.add(Optional.of(endpoint)));
        return pools.stream().allMatch(pool -> pool(pool).size() <= tiers.poolSizeMax())
                && instances.stream().map(Instance::name).distinct().count() == instances.size()
                && instances.stream().noneMatch(it -> roles.containsKey(it.name()))
                && instances.stream()
                                .flatMap(it -> it.ownIp().stream())
                                .distinct()
                                .count()
                        == instances.stream().flatMap(it -> it.ownIp().stream()).count()
                && instances.stream()
                        .noneMatch(it -> it.role().equals(webRole) && it.ownIp().isPresent());
    }

    private boolean change(DeploymentChange change) {
        if (change instanceof DeploymentChange.ScaleOut out) {
            List<String> of = roles.get(out.role());
            int highest = 0;
            for (Instance it : instances) {
                if (it.name().matches(out.role() + "-[1-9][0-9]*")) {
                    highest = Math.max(
                            highest,
                            Integer.parseInt(it.name().substring(out.role().length() + 1)));
                }
            }
            for (int i = 1; of != null && i <= out.count(); i++) {
                instances.add(new Instance(
                        out.role() + "-" + (highest + i), out.role(), nextAddress(), of, Optional.empty()));
            }
            return of != null && out.count() > 0;
        } else if (change instanceof DeploymentChange.AddInstance add) {
            List<String> of = roles.get(add.role());
            if (of != null) {
                instances.add(new Instance(add.instance(), add.role(), nextAddress(), of, Optional.empty()));
            }
            return of != null;
        } else if (change instanceof DeploymentChange.ScaleIn in) {
            for (int i = 0; i < in.count(); i++) {
                List<Instance> left = instances.stream()
                        .filter(it -> it.role().equals(in.role()))
                        .toList();
                if (left.isEmpty()) {
                    return false;
                }
                instances.remove(left.get(left.size() - 1));
            }
            return in.count() > 0;
        } else if (change instanceof DeploymentChange.RemoveInstance remove) {
            return instances.removeIf(it -> it.name().equals(remove.instance()));
        } else if (change instanceof DeploymentChange.AssignInstanceLevelIp assign) {
            return replace(assign.instance(), find(assign.instance()), Optional.of(assign.publicIp()));
        } else if (change instanceof DeploymentChange.RemoveInstanceLevelIp remove) {
            Instance it = find(remove.instance());
            return it != null && it.ownIp().isPresent() && replace(remove.instance(), it, Optional.empty());
        } else if (change instanceof DeploymentChange.AssignEndpoint assign) {
            return endpoints.contains(assign.endpoint()) && endpoint(assign.to(), assign.endpoint(), true);
        } else if (change instanceof DeploymentChange.RemoveEndpoint remove) {
            return endpoint(remove.from(), remove.endpoint(), false);
        }
        DeploymentChange.Redeploy redeploy = (DeploymentChange.Redeploy) change;
        boolean can = factor.compareTo(BigDecimal.ONE) == 0;
        factor = redeploy.factor();
        return can;
    }

    private boolean replace(String name, @Nullable Instance it, Optional<IpAddress> ownIp) {
        if (it == null) {
            return false;
        }
        instances.replaceAll(each -> each.name().equals(name)
                ? new Instance(it.name(), it.role(), it.address(), it.endpoints(), ownIp)
                : each);
        return true;
    }

    private boolean endpoint(String name, String endpoint, boolean behind) {
        List<String> of = roles.get(name);
        Instance it = find(name);
        if ((of == null && it == null) || (of != null ? of : it.endpoints()).contains(endpoint) == behind) {
            return false;
        }
        if (of != null) {
            roles.put(name, with(of, endpoint, behind));
        }
        instances.replaceAll(each -> each.name().equals(name) || each.role().equals(name)
                ? new Instance(
                        each.name(),
                        each.role(),
                        each.address(),
                        with(each.endpoints(), endpoint, behind),
                        each.ownIp())
                : each);
        return true;
    }

    private static List<String> with(List<String> endpoints, String endpoint, boolean behind) {
        List<String> next = new ArrayList<>(endpoints);
        next.remove(endpoint);
        if (behind) {
            next.add(endpoint);
        }
        return endpoints.contains(endpoint) == behind ? endpoints : ImmutableList.copyOf(next);
    }

    private long nextAddress() {
        return instances.stream().mapToLong(Instance::address).max().orElse(0x0a000003) + 1;
    }
}
