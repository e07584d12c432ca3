package io.github.snatsim.sim;

import com.google.common.collect.ImmutableList;
import io.github.snatsim.aws.NetworkLoadBalancer;
import io.github.snatsim.azure.DeploymentChange;
import io.github.snatsim.azure.DeploymentGateway;
import io.github.snatsim.net.IpAddress;
import io.github.snatsim.port.Violation;
import io.github.snatsim.port.ViolationException;
import io.github.snatsim.sim.RefusedActionsException.Refusal;
import io.github.snatsim.workload.Client;
import io.github.snatsim.workload.Workload;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Finds the actions that a scenario's gateway cannot perform, before the run: as if they happened one after the other. One
 * that cannot is passed over, a scale-out or resize by too many counts as one by as many as can be, so that one mistake is
 * told once.
 */
final class ScheduledChecks {
    private final ImmutableList<ScheduledAction> actions;
    private final SortedMap<Integer, String> refused = new TreeMap<>();

    private ScheduledChecks(ImmutableList<ScheduledAction> actions) {
        this.actions = actions;
    }

    /** Throws if any action cannot happen. */
    static void check(
            Setup gateway,
            ImmutableList<IpAddress> instances,
            Workload workload,
            Duration duration,
            ImmutableList<ScheduledAction> actions) {
        ScheduledChecks checks = new ScheduledChecks(actions);
        checks.checkEach(workload, duration);
        if (gateway instanceof DeploymentSetup setup) {
            checks.checkDeployment(setup);
        } else {
            checks.checkInstances(gateway, instances);
        }
        if (!checks.refused.isEmpty()) {
            ImmutableList.Builder<Refusal> refusals = ImmutableList.builder();
            checks.refused.forEach((index, reason) -> refusals.add(new Refusal(index, reason)));
            throw new RefusedActionsException(refusals.build());
        }
    }

    private void refuse(int index, String reason) {
        refused.putIfAbsent(index, "the action at " + actions.get(index).at() + ": " + reason);
    }

    /** By time, of those that passed so far; actions at one time in the order given. */
    private int[] inOrder() {
        return IntStream.range(0, actions.size())
                .filter(index -> !refused.containsKey(index))
                .boxed()
                .sorted(Comparator.comparing(index -> actions.get(index).at()))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /** What each action can be asked alone. */
    private void checkEach(Workload workload, Duration duration) {
        for (int index = 0; index < actions.size(); index++) {
            ScheduledAction action = actions.get(index);
            try {
                if (action.at().isNegative() || action.at().compareTo(duration) > 0) {
                    refused.put(index, "an action at " + action.at() + " in a run of " + duration);
                } else if (action instanceof ScheduledAction.StopClient stop) {
                    client(stop.client(), workload);
                } else if (action instanceof ScheduledAction.ChangeArrivals change) {
                    client(change.client(), workload)
                            .withArrivals(change.arrivals()); // throws if they do not go together
                }
            } catch (IllegalArgumentException e) {
                refuse(index, String.valueOf(e.getMessage()));
            }
        }
    }

    private static Client client(String name, Workload workload) {
        return workload.clients().stream()
                .filter(known -> known.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("it names the unknown client " + name
                        + ": expected one of "
                        + workload.clients().stream().map(Client::name).toList()));
    }

    private void checkInstances(Setup gateway, ImmutableList<IpAddress> instances) {
        ImmutableList<IpAddress> present = instances;
        for (int index : inOrder()) {
            ScheduledAction action = actions.get(index);
            try {
                if (action instanceof ScheduledAction.Resize resize) {
                    present = resized(gateway, present, resize.instances(), index);
                } else if (action instanceof ScheduledAction.ModifyListener modify) {
                    balancer(gateway).modified(modify.listenerArn(), modify.attributes());
                } else if (isForDeployments(action)) {
                    throw new IllegalArgumentException(
                            "it is for deployments: expected a scenario with a deployment, not a number of instances");
                }
            } catch (IllegalArgumentException e) {
                refuse(index, String.valueOf(e.getMessage()));
            }
        }
    }

    private static NetworkLoadBalancer balancer(Setup gateway) {
        if (gateway instanceof NlbSetup setup) {
            return setup.balancer();
        }
        throw new IllegalArgumentException(
                "it is for a load balancer: expected a scenario with a network-load-balancer");
    }

    private ImmutableList<IpAddress> resized(Setup gateway, ImmutableList<IpAddress> before, int count, int index) {
        if (gateway instanceof ApiManagementSetup) {
            throw new IllegalArgumentException(
                    "it changes a number of instances: expected an autoscale rule for the units of a service");
        }
        int most = Scenario.INSTANCES_MAX;
        Violation.refuse(Violation.ifOutside(count, 1, most, "a resize to " + count + " instances", ""));
        try {
            gateway.portsOf(count);
            return Scenario.resized(before, count);
        } catch (ViolationException e) {
            refuse(index, String.valueOf(e.getMessage()));
            OptionalInt nearest = gateway.profile().allocation().nearestPoolSize(count);
            return nearest.isPresent() ? Scenario.resized(before, nearest.getAsInt()) : before;
        }
    }

    private static boolean isForDeployments(ScheduledAction action) {
        return action instanceof ScheduledAction.Change
                || action instanceof ScheduledAction.AskPublicIp
                || action instanceof ScheduledAction.Ping;
    }

    private void checkDeployment(DeploymentSetup setup) {
        DeploymentGateway gateway = new DeploymentGateway(setup.deployment(), setup.rules(), 0);
        Optional<Duration> redeployedAt = Optional.empty();
        for (int index : inOrder()) {
            ScheduledAction action = actions.get(index);
            // at one instant the end of a redeployment comes last: it is scheduled after what was given
            if (redeployedAt.isPresent() && redeployedAt.get().compareTo(action.at()) < 0) {
                gateway.redeployed();
                redeployedAt = Optional.empty();
            }
            try {
                perform(action, gateway);
                if (action instanceof ScheduledAction.Change change
                        && change.change() instanceof DeploymentChange.Redeploy redeploy) {
                    redeployedAt = Optional.of(change.at().plus(redeploy.duration()));
                }
            } catch (ViolationException e) {
                refuse(index, nearest(action, e, gateway));
            } catch (IllegalArgumentException e) {
                refuse(index, String.valueOf(e.getMessage()));
            }
        }
    }

    /** Says by how many a role can grow, and lets it grow by so many. */
    private static String nearest(ScheduledAction action, ViolationException refusal, DeploymentGateway gateway) {
        if (action instanceof ScheduledAction.Change change
                && change.change() instanceof DeploymentChange.ScaleOut out) {
            OptionalInt count = gateway.nearestCount(out);
            Violation first = refusal.violations().get(0);
            if (count.isPresent()) {
                gateway.change(new DeploymentChange.ScaleOut(out.role(), count.getAsInt()));
            }
            return new Violation(
                            first.what(),
                            first.expected(),
                            first.rule(),
                            count.isPresent() ? "a scale-out by " + count.getAsInt() : "no scale-out of that role")
                    .message();
        }
        return String.valueOf(refusal.getMessage());
    }

    private static void perform(ScheduledAction action, DeploymentGateway gateway) {
        if (action instanceof ScheduledAction.Change change) {
            gateway.change(change.change());
        } else if (action instanceof ScheduledAction.AskPublicIp ask) {
            gateway.deployment().instance(ask.instance());
        } else if (action instanceof ScheduledAction.Ping ping) {
            gateway.deployment().instance(ping.instance());
        } else if (action instanceof ScheduledAction.ModifyListener) {
            throw new IllegalArgumentException(
                    "a deployment has no listeners: expected a scenario with a network-load-balancer");
        } else if (action instanceof ScheduledAction.Resize) {
            throw new IllegalArgumentException(
                    "a deployment has roles: expected a scale-out or scale-in of one, not a number of instances");
        }
    }
}
