package io.github.snatsim.azure;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import io.github.snatsim.net.IpAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Works out a deployment after a change.
 *
 * @param before the deployment before it
 */
record DeploymentEdit(Deployment before) {
    private static final IpAddress FIRST_ADDRESS = IpAddress.parse("10.0.0.4");
    private static final IpAddress LAST_ADDRESS = IpAddress.parse("255.255.255.255");

    Deployment apply(DeploymentChange change) {
        if (change instanceof DeploymentChange.ScaleOut out) {
            return scaleOut(role(out.role()), checked(out.count()));
        } else if (change instanceof DeploymentChange.ScaleIn in) {
            return scaleIn(role(in.role()), checked(in.count()));
        } else if (change instanceof DeploymentChange.AddInstance add) {
            return withInstances(
                    Stream.concat(stream(), Stream.of(newInstance(role(add.role()), add.instance(), nextAddress(1)))));
        } else if (change instanceof DeploymentChange.RemoveInstance remove) {
            RoleInstance gone = before.instance(remove.instance());
            return withInstances(stream().filter(instance -> !instance.equals(gone)));
        } else if (change instanceof DeploymentChange.AssignInstanceLevelIp assign) {
            return withEach(named(assign.instance()), it -> it.withInstanceLevelIp(Optional.of(assign.publicIp())));
        } else if (change instanceof DeploymentChange.RemoveInstanceLevelIp remove) {
            return withEach(named(remove.instance()), DeploymentEdit::withoutInstanceLevelIp);
        } else if (change instanceof DeploymentChange.AssignEndpoint assign) {
            return withEndpoint(assign.to(), assign.endpoint(), true);
        } else if (change instanceof DeploymentChange.RemoveEndpoint remove) {
            return withEndpoint(remove.from(), remove.endpoint(), false);
        }
        return redeploying((DeploymentChange.Redeploy) change);
    }

    private Deployment redeploying(DeploymentChange.Redeploy redeploy) {
        if (before.isRedeploying()) {
            throw new IllegalArgumentException(
                    "a redeployment goes on already: expected one to end before the next begins");
        }
        return new Deployment(before.endpoints(), before.roles(), before.instances(), redeploy.factor());
    }

    private static int checked(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("a scale event by " + count + " instances: expected at least 1");
        }
        return count;
    }

    private Stream<RoleInstance> stream() {
        return before.instances().stream();
    }

    private Role role(String name) {
        return Names.find("role", name, before.roles(), Role::name);
    }

    private Predicate<RoleInstance> named(String name) {
        return before.instance(name)::equals;
    }

    /** The address behind the highest one, if there is one for each of so many. */
    private IpAddress nextAddress(int count) {
        Optional<IpAddress> highest = stream().map(RoleInstance::address).max(IpAddress::compareTo);
        if (highest.isPresent()
                && Integer.toUnsignedLong(highest.get().ipv4Bits()) + count
                        > Integer.toUnsignedLong(LAST_ADDRESS.ipv4Bits())) {
            throw new IllegalArgumentException("no addresses are left behind " + highest.get() + " for " + count
                    + " more: expected instances with lower ones");
        }
        return highest.map(address -> IpAddress.ofIpv4(address.ipv4Bits() + 1)).orElse(FIRST_ADDRESS);
    }

    private static RoleInstance newInstance(Role role, String name, IpAddress address) {
        return new RoleInstance(name, role.name(), role.kind(), address, role.endpoints(), Optional.empty());
    }

    private Deployment scaleOut(Role role, int count) {
        Deployment.checkSize((long) before.instances().size() + count);
        List<RoleInstance> next = new ArrayList<>(before.instances());
        int number = highestNumber(role);
        IpAddress address = nextAddress(count);
        for (int i = 1; i <= count; i++) {
            next.add(newInstance(role, role.name() + "-" + (number + i), address));
            address = IpAddress.ofIpv4(address.ipv4Bits() + 1);
        }
        return withInstances(next.stream());
    }

    /** The highest number behind the name of a role that an instance has, 0 if none has any. */
    private int highestNumber(Role role) {
        String prefix = role.name() + "-";
        return stream()
                .map(RoleInstance::name)
                .filter(name -> name.startsWith(prefix)
                        && name.substring(prefix.length()).matches("[1-9][0-9]{0,8}"))
                .mapToInt(name -> Integer.parseInt(name.substring(prefix.length())))
                .max()
                .orElse(0);
    }

    private Deployment scaleIn(Role role, int count) {
        ImmutableList<RoleInstance> ofRole =
                stream().filter(instance -> instance.role().equals(role.name())).collect(toImmutableList());
        if (count > ofRole.size()) {
            throw new IllegalArgumentException("a scale-in of role " + role.name() + " by " + count
                    + ": expected at most " + ofRole.size() + ", its instances");
        }
        ImmutableList<RoleInstance> gone = ofRole.subList(ofRole.size() - count, ofRole.size());
        return withInstances(stream().filter(instance -> !gone.contains(instance)));
    }

    private static RoleInstance withoutInstanceLevelIp(RoleInstance instance) {
        if (instance.instanceLevelIp().isEmpty()) {
            throw new IllegalArgumentException("instance " + instance.name() + " has no instance-level IP to remove");
        }
        return instance.withInstanceLevelIp(Optional.empty());
    }

    /** Changes the endpoints of an instance, or of a role and of those of its instances that differ. */
    private Deployment withEndpoint(String name, String endpoint, boolean behind) {
        boolean isRole = before.roles().stream().anyMatch(role -> role.name().equals(name));
        ImmutableList<String> names =
                isRole ? role(name).endpoints() : before.instance(name).endpoints();
        if (names.contains(endpoint) == behind) {
            throw new IllegalArgumentException(name
                    + (behind
                            ? " is behind the endpoint " + endpoint + " already"
                            : " is not behind the endpoint " + endpoint));
        }
        return new Deployment(
                before.endpoints(),
                before.roles().stream()
                        .map(role -> role.name().equals(name)
                                ? role.withEndpoints(changed(role.endpoints(), endpoint, behind))
                                : role)
                        .collect(toImmutableList()),
                stream()
                        .map(instance ->
                                instance.name().equals(name) || instance.role().equals(name)
                                        ? instance.withEndpoints(changed(instance.endpoints(), endpoint, behind))
                                        : instance)
                        .collect(toImmutableList()),
                before.reportedFactor());
    }

    private static ImmutableList<String> changed(ImmutableList<String> names, String endpoint, boolean behind) {
        if (names.contains(endpoint) == behind) {
            return names;
        }
        return behind
                ? ImmutableList.<String>builder().addAll(names).add(endpoint).build()
                : names.stream().filter(name -> !name.equals(endpoint)).collect(toImmutableList());
    }

    private Deployment withEach(Predicate<RoleInstance> which, UnaryOperator<RoleInstance> change) {
        return withInstances(stream().map(instance -> which.test(instance) ? change.apply(instance) : instance));
    }

    private Deployment withInstances(Stream<RoleInstance> instances) {
        return new Deployment(
                before.endpoints(), before.roles(), instances.collect(toImmutableList()), before.reportedFactor());
    }
}
