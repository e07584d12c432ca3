package io.github.snatsim.report;

import static java.util.stream.Collectors.joining;

import io.github.snatsim.azure.IpProtocol;
import io.github.snatsim.azure.MethodMatrix;
import io.github.snatsim.azure.Mitigation;
import io.github.snatsim.azure.Outbound;
import java.util.Locale;

/** How instances of a deployment reach the internet, for people. Stateless. */
public final class OutboundText {
    private OutboundText() {}

    /**
     * Returns the matrix of instances and outbound methods (rule S4).
     *
     * @return text of several lines that ends with a line end
     */
    public static String matrix() {
        StringBuilder text = new StringBuilder(line("Instance", "Outbound method", "Protocols", "Mitigations"));
        for (MethodMatrix.Row row : MethodMatrix.rows()) {
            text.append(line(
                    row.kind().toString(),
                    row.method().toString(),
                    row.available()
                            ? row.protocols().stream().map(IpProtocol::toString).collect(joining(", "))
                            : "-",
                    row.available()
                            ? row.mitigations().isEmpty()
                                    ? "none needed: no ports are translated"
                                    : row.mitigations().stream()
                                            .map(Mitigation::toString)
                                            .collect(joining(", "))
                            : "not available"));
        }
        return text.append(
                        "The first method of 1, 2, 3 that an instance has carries all its flows; another protocol is refused.\n")
                .toString();
    }

    private static String line(String kind, String method, String protocols, String mitigations) {
        return String.format(Locale.ROOT, "%-12s %-35s %-20s ", kind, method, protocols) + mitigations + "\n";
    }

    /**
     * Returns the explanation of one instance.
     *
     * @param outbound how it reaches the internet
     * @return text of several lines that ends with a line end
     */
    public static String of(Outbound outbound) {
        StringBuilder text = new StringBuilder();
        row(
                text,
                "Instance",
                Numbers.printable(outbound.instance().name()) + ", "
                        + outbound.instance().kind() + " of role "
                        + Numbers.printable(outbound.instance().role()) + ", "
                        + outbound.instance().address());
        row(text, "Method", outbound.method().toString());
        row(text, "Because", Numbers.printable(outbound.reason()));
        row(text, "Public IP", outbound.publicIp().map(Object::toString).orElse("one of several, drawn for each flow"));
        row(
                text,
                "Protocols",
                outbound.method().protocols().stream().map(IpProtocol::toString).collect(joining(", ")));
        row(text, "Ports", Numbers.count(outbound.portsPerDestination()) + " for each destination, TCP and UDP each");
        for (Outbound.Block block : outbound.blocks()) {
            row(text, block.carries() ? "Owns" : "Owns, unused", block(block));
        }
        outbound.findings().forEach(finding -> row(text, "Note", Numbers.printable(finding)));
        return text.toString();
    }

    private static String block(Outbound.Block block) {
        String reported =
                block.reportedSize() == block.poolSize() ? "" : ", reported as " + Numbers.count(block.reportedSize());
        return Numbers.count(block.portsOwned()) + " ports of " + block.publicIp()
                + block.name().map(name -> " (" + Numbers.printable(name) + ")").orElse(" (shared address)")
                + ", pool of "
                + Numbers.count(block.poolSize()) + reported + ": " + block.portRanges() + "; in use "
                + Numbers.count(block.portsUsedTcp()) + " TCP, " + Numbers.count(block.portsUsedUdp()) + " UDP";
    }

    private static void row(StringBuilder text, String name, String value) {
        text.append(String.format(Locale.ROOT, "%-14s", name)).append(value).append('\n');
    }
}
