package io.github.snatsim.report;

import io.github.snatsim.sim.PortArithmetic;
import io.github.snatsim.sim.PortArithmetic.Share;
import java.util.List;

/** The port arithmetic of a scenario, for people. Stateless. */
public final class ArithmeticText {
    private ArithmeticText() {}

    /**
     * Returns the arithmetic.
     *
     * @param frontends one entry for each frontend
     * @return a line for each, and lines for what is near; empty without any
     */
    public static String of(List<PortArithmetic> frontends) {
        StringBuilder text = new StringBuilder();
        for (PortArithmetic arithmetic : frontends) {
            text.append("  ").append(Numbers.printable(arithmetic.frontend())).append(": ");
            text.append(product(arithmetic.now(), arithmetic.sharers()));
            arithmetic.portsMax().ifPresent(max -> text.append(" of ").append(Numbers.count(max)));
            text.append('\n');
            arithmetic
                    .redeploying()
                    .ifPresent(share -> text.append("    redeploying at twice its size: ")
                            .append(product(share, arithmetic.sharers()))
                            .append(" (P8)\n"));
            arithmetic
                    .next()
                    .ifPresent(share -> text.append("    ")
                            .append(more(share.count() - arithmetic.now().count()))
                            .append(": ")
                            .append(Numbers.count(share.portsEach()))
                            .append(" each, ")
                            .append(Numbers.count(share.ports()))
                            .append(" in all (P9)\n"));
        }
        return text.toString();
    }

    private static String product(Share share, String sharer) {
        return Numbers.count(share.count()) + " " + sharer + (share.count() == 1 ? "" : "s") + " x "
                + Numbers.count(share.portsEach()) + " ports = " + Numbers.count(share.ports());
    }

    private static String more(int count) {
        return count == 1 ? "one more instance" : Numbers.count(count) + " more instances";
    }
}
