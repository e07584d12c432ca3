package io.github.snatsim.report;

import io.github.snatsim.sim.InstancePorts;
import java.util.Locale;

/** What an instance of a plain scenario has to open flows with, for people. Stateless. */
public final class InstanceText {
    private InstanceText() {}

    /**
     * Returns the explanation of one instance.
     *
     * @param ports what it has
     * @return text of several lines that ends with a line end
     */
    public static String of(InstancePorts ports) {
        StringBuilder text = new StringBuilder();
        row("Instance", ports.instance().toString(), text);
        row(
                "Frontend",
                ports.tier().isPresent() ? "one for the pool of " + Numbers.count(ports.poolSize()) : "one of its own",
                text);
        ports.tier()
                .ifPresent(tier -> row(
                        "Tier",
                        "pools of " + Numbers.count(tier.poolSizeMin()) + " to " + Numbers.count(tier.poolSizeMax())
                                + ": " + Numbers.count(tier.portsPerInstance()) + " ports each (P1, P2)",
                        text));
        row("Ports", Numbers.count(ports.portsOwned()) + " for each destination, TCP and UDP each (T2, P3)", text);
        row(
                "Owns",
                ports.portRanges() + "; in use " + Numbers.count(ports.portsUsedTcp()) + " TCP, "
                        + Numbers.count(ports.portsUsedUdp()) + " UDP",
                text);
        if (ports.tier().isPresent()) {
            row(
                    "Redeployed",
                    Numbers.count(ports.portsRedeploying()) + " ports while the pool is reported at twice its size, "
                            + Numbers.count(2L * ports.poolSize()) + " (P8)",
                    text);
        }
        row(
                "Sustains",
                "to one destination at most " + rate(ports, ports.finHoldNanos()) + " closed by FIN (R1), "
                        + rate(ports, ports.rstHoldNanos()) + " by RST (R2); a lifetime makes it fewer",
                text);
        if (!ports.needsPorts()) {
            row("Note", "calls take an endpoint of the VNet and need none of these ports (G3)", text);
        }
        return text.toString();
    }

    private static String rate(InstancePorts ports, long holdNanos) {
        return holdNanos == 0
                ? "as many as it likes"
                : Numbers.decimal(ports.perSecond(holdNanos), 2) + " connections/s";
    }

    private static void row(String name, String value, StringBuilder text) {
        text.append(String.format(Locale.ROOT, "%-14s", name)).append(value).append('\n');
    }
}
