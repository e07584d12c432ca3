package io.github.snatsim.azure;

import com.google.common.collect.ImmutableList;
import java.util.List;

/** What whoever runs an instance should know of its outbound method. Stateless. */
final class OutboundFindings {
    private OutboundFindings() {}

    static ImmutableList<String> of(
            Deployment deployment, RoleInstance instance, OutboundRules rules, List<Outbound.Block> blocks) {
        ImmutableList.Builder<String> findings = ImmutableList.builder();
        switch (instance.method()) {
            case INSTANCE_LEVEL_PUBLIC_IP -> {
                findings.add(
                        "no port translation, so no idle time-out, hold or reclaim at the platform; the ceiling is the"
                                + " host's own ports, " + rules.hostPortsMax() + " per destination (S1)");
                if (!instance.endpoints().isEmpty()) {
                    findings.add("it still counts in the pool of " + String.join(" and ", instance.endpoints())
                            + ", which takes ports from the others there (S7)");
                }
            }
            case PUBLIC_ENDPOINT -> {
                if (instance.endpoints().size() > 1) {
                    findings.add("of several endpoints one is drawn, "
                            + switch (rules.draw()) {
                                case PER_DEPLOYMENT -> "once for the deployment: the ports of the others do not help";
                                case PER_INSTANCE -> "once for the instance: the ports of the others do not help it";
                                case PER_FLOW ->
                                    "for each flow: an attempt is refused as soon as the drawn one is full";
                            }
                            + " (S2)");
                }
            }
            case SHARED_ADDRESS -> findings.add(NOT_RECOMMENDED);
        }
        if (deployment.isRedeploying() && !blocks.isEmpty()) {
            findings.add("a redeployment goes on: pools are reported as up to "
                    + deployment.reportedFactor().toPlainString() + " times their size, and ports follow that (P8)");
        }
        return findings.build();
    }

    /** What {@code validate} and {@code explain} say of method 3. */
    static final String NOT_RECOMMENDED =
            "the public IP is assigned by the platform and cannot be chosen: not recommended"
                    + " where the address must be known or outbound connections matter (S3)";
}
