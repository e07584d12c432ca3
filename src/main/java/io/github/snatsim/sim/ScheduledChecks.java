package io.github.snatsim.sim;

import com.google.common.collect.ImmutableList;
import io.github.snatsim.aws.NetworkLoadBalancer;
import io.github.snatsim.azure.DeploymentChange;
import io.github.snatsim.azure.DeploymentGateway;
import io.github.snatsim.net.IpAddress;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Refuses actions that a scenario's gateway cannot perform, before the run: as if they happened one after the other. Stateless. */
final class ScheduledChecks {
    private ScheduledChecks() {}

    static void check(Setup gateway, ImmutableList<IpAddress> instances, ImmutableList<ScheduledAction> actions) {
        if (gateway instanceof DeploymentSetup setup) {
            checkDeployment(setup, actions);
            return;
        }
        ImmutableList<IpAddress> present = instances;
        for (ScheduledAction action : inOrder(actions)) {
            try {
                if (action instanceof ScheduledAction.Resize resize) {
                    if (gateway instanceof ApiManagementSetup) {
                        throw new IllegalArgumentException(
                                "it changes a number of instances: expected an autoscale rule for the units of a service");
                    }
                    present = resized(gateway, present, resize.instances());
                } else if (action instanceof ScheduledAction.ModifyListener modify) {
                    balancer(gateway).modified(modify.listenerArn(), modify.attributes());
                } else if (isForDeployments(action)) {
                    throw new IllegalArgumentException(
                            "it is for deployments: expected a scenario with a deployment, not a number of instances");
                }
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("the action at " + action.at() + ": " + e.getMessage(), e);
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

    private static ImmutableList<IpAddress> resized(Setup gateway, ImmutableList<IpAddress> before, int count) {
        if (count < 1 || count > Scenario.INSTANCES_MAX) {
            throw new IllegalArgumentException(
                    "a resize to " + count + " instances: expected 1-" + Scenario.INSTANCES_MAX);
        }
        gateway.portsOf(count);
        return SnatRun.resized(before, count);
    }

    private static boolean isForDeployments(ScheduledAction action) {
        return action instanceof ScheduledAction.Change
                || action instanceof ScheduledAction.AskPublicIp
                || action instanceof ScheduledAction.Ping;
    }

    private static void checkDeployment(DeploymentSetup setup, ImmutableList<ScheduledAction> actions) {
        DeploymentGateway gateway = new DeploymentGateway(setup.deployment(), setup.rules(), 0);
        Optional<Duration> redeployedAt = Optional.empty();
        for (ScheduledAction action : inOrder(actions)) {
            // at one instant the end of a redeployment comes last: it is scheduled after what was given
            if (redeployedAt.isPresent() && redeployedAt.get().compareTo(action.at()) < 0) {
                gateway.redeployed();
                redeployedAt = Optional.empty();
            }
            try {
                check(action, gateway);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("the action at " + action.at() + ": " + e.getMessage(), e);
            }
            if (action instanceof ScheduledAction.Change change
                    && change.change() instanceof DeploymentChange.Redeploy redeploy) {
                redeployedAt = Optional.of(change.at().plus(redeploy.duration()));
            }
        }
    }

    private static List<ScheduledAction> inOrder(ImmutableList<ScheduledAction> actions) {
        return actions.stream()
                .sorted(Comparator.comparing(ScheduledAction::at))
                .toList();
    }

    private static void check(ScheduledAction action, DeploymentGateway gateway) {
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
