package io.github.snatsim.azure;

import com.google.common.collect.ImmutableList;
import io.github.snatsim.net.IpAddress;
import io.github.snatsim.port.Violation;
import java.math.BigDecimal;
import java.time.Duration;

/** What can happen to a deployment in its life (rules P5-P8, S7). Immutable; threads may share it. */
public sealed interface DeploymentChange {
    /**
     * A role gets more instances, with its endpoints and without instance-level IPs.
     *
     * @param role the name of the role
     * @param count how many join, at least 1
     */
    record ScaleOut(String role, int count) implements DeploymentChange {}

    /**
     * A role loses the instances that joined it last.
     *
     * @param role the name of the role
     * @param count how many go, at least 1
     */
    record ScaleIn(String role, int count) implements DeploymentChange {}

    /**
     * A role gets one more instance of a given name.
     *
     * @param role the name of the role
     * @param instance the name of the new instance
     */
    record AddInstance(String role, String instance) implements DeploymentChange {}

    /**
     * A given instance goes.
     *
     * @param instance its name
     */
    record RemoveInstance(String instance) implements DeploymentChange {}

    /**
     * An instance gets an instance-level public IP, in place of one that it has (S1).
     *
     * @param instance its name
     * @param publicIp the IP
     */
    record AssignInstanceLevelIp(String instance, IpAddress publicIp) implements DeploymentChange {}

    /**
     * An instance loses its instance-level public IP.
     *
     * @param instance its name
     */
    record RemoveInstanceLevelIp(String instance) implements DeploymentChange {}

    /**
     * An instance, or all of a role and those that join it later, are put behind a public endpoint (S2).
     *
     * @param to the name of the instance or role
     * @param endpoint the name of the endpoint
     */
    record AssignEndpoint(String to, String endpoint) implements DeploymentChange {}

    /**
     * An instance, or all of a role and those that join it later, are taken away from a public endpoint.
     *
     * @param from the name of the instance or role
     * @param endpoint the name of the endpoint
     */
    record RemoveEndpoint(String from, String endpoint) implements DeploymentChange {}

    /**
     * The deployment is redeployed or modified: meanwhile every pool is reported larger than it is (P8).
     *
     * @param factor how much larger, above 1, up to 2
     * @param duration how long that takes, above zero, up to 100 years; whoever keeps the time calls
     *     {@link DeploymentGateway#redeployed} then
     */
    record Redeploy(BigDecimal factor, Duration duration) implements DeploymentChange {
        /** As long as a scenario can be; so that its end is a time of the clock. */
        private static final Duration LONGEST = Duration.ofDays(36_525);

        /**
         * Checks the numbers.
         *
         * @param factor how much larger, above 1, up to 2
         * @param duration how long that takes, above zero, up to 100 years
         * @throws IllegalArgumentException if one is out of range
         */
        public Redeploy {
            factor = factor.stripTrailingZeros();
            if (factor.compareTo(BigDecimal.ONE) <= 0 || factor.compareTo(Deployment.FACTOR_MAX) > 0) {
                Violation.refuse(ImmutableList.of(new Violation(
                        "a redeployment that reports " + factor.toPlainString() + " times the pool",
                        "above 1, up to 2",
                        "P8",
                        factor.compareTo(BigDecimal.ONE) <= 0 ? "anything above 1, such as 1.01" : "2")));
            }
            if (duration.isNegative() || duration.isZero() || duration.compareTo(LONGEST) > 0) {
                throw new IllegalArgumentException(
                        "a redeployment that takes " + duration + ": expected above 0, up to 100 years");
            }
        }
    }

    /**
     * Returns the change for people.
     *
     * @return a few words
     */
    default String title() {
        if (this instanceof ScaleOut out) {
            return "scale-out of " + out.role() + " by " + out.count();
        } else if (this instanceof ScaleIn in) {
            return "scale-in of " + in.role() + " by " + in.count();
        } else if (this instanceof AddInstance add) {
            return "instance " + add.instance() + " added to " + add.role();
        } else if (this instanceof RemoveInstance remove) {
            return "instance " + remove.instance() + " removed";
        } else if (this instanceof AssignInstanceLevelIp assign) {
            return "instance-level IP " + assign.publicIp() + " assigned to " + assign.instance();
        } else if (this instanceof RemoveInstanceLevelIp remove) {
            return "instance-level IP of " + remove.instance() + " removed";
        } else if (this instanceof AssignEndpoint assign) {
            return "endpoint " + assign.endpoint() + " assigned to " + assign.to();
        } else if (this instanceof RemoveEndpoint remove) {
            return "endpoint " + remove.endpoint() + " removed from " + remove.from();
        }
        Redeploy redeploy = (Redeploy) this;
        return "redeployment, reported as up to " + redeploy.factor().toPlainString() + " times its size";
    }
}
