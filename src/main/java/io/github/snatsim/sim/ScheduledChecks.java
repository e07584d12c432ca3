package io.github.snatsim.sim;

import com.google.common.collect.ImmutableList;
import io.github.snatsim.azure.DeploymentChange;
import io.github.snatsim.azure.DeploymentGateway;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Refuses actions that a scenario's gateway cannot perform, before the run: as if they happened one after the other. Stateless. */
final class ScheduledChecks {
    private ScheduledChecks() {}

    static void check(Setup gateway, ImmutableList<ScheduledAction> actions) {
        if (gateway instanceof DeploymentSetup setup) {
            checkDeployment(setup, actions);
            return;
        }
        if (gateway instanceof NlbSetup setup) {
            checkListeners(setup, actions);
        }
        for (ScheduledAction action : actions) {
            if (action instanceof ScheduledAction.ModifyListener && !(gateway instanceof NlbSetup)) {
                throw new IllegalArgumentException("an action at " + action.at()
                        + " is for a load balancer: expected a scenario with a network-load-balancer");
            }
            if (action instanceof ScheduledAction.Resize resize) {
                if (gateway instanceof ApiManagementSetup) {
                    throw new IllegalArgumentException("an action at " + action.at()
                            + " changes a number of instances: expected an autoscale rule for the units of a service");
                }
                if (resize.instances() < 1 || resize.instances() > Scenario.INSTANCES_MAX) {
                    throw new IllegalArgumentException(
                            "a resize to " + resize.instances() + " instances: expected 1-" + Scenario.INSTANCES_MAX);
                }
                gateway.portsOf(resize.instances());
            } else if (isForDeployments(action)) {
                throw new IllegalArgumentException(
                        "an action at " + action.at() + " is for deployments: expected a scenario with a deployment");
            }
        }
    }

    private static void checkListeners(NlbSetup setup, ImmutableList<ScheduledAction> actions) {
        for (ScheduledAction action : actions) {
            if (action instanceof ScheduledAction.ModifyListener modify) {
                try {
                    setup.balancer().modified(modify.listenerArn(), modify.attributes());
                } catch (IllegalArgumentException e) {
                    throw new IllegalArgumentException("the action at " + action.at() + ": " + e.getMessage(), e);
                }
            }
        }
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
