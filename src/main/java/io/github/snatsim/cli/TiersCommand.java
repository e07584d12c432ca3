package io.github.snatsim.cli;

import io.github.snatsim.port.TierTable;
import io.github.snatsim.port.TierTable.Tier;
import java.io.PrintWriter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code snatsim tiers}: how many SNAT ports an instance owns, by the size of its pool. */
@Command(
        name = "tiers",
        description = "Shows how many SNAT ports each instance owns: the table, or one pool size and its distance to "
                + "the boundaries.",
        sortOptions = false,
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class)
final class TiersCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "N", arity = "0..1", description = "The pool size to explain.")
    private @Nullable Integer poolSize;

    @Option(
            names = "--table",
            paramLabel = "TABLE",
            defaultValue = "classic",
            converter = TierTableName.Converter.class,
            description = "classic: pools up to 400 (default); resource-manager: up to 1,000.")
    private TierTableName table = TierTableName.CLASSIC;

    /** Made by the command line parser. */
    TiersCommand() {}

    @Override
    public void run() {
        PrintWriter out = spec.commandLine().getOut();
        out.print(poolSize == null ? tableText(table.tiers()) : poolText(poolSize));
    }

    private static String tableText(TierTable tiers) {
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "%-12s %18s %22s %20s%n",
                "Pool size",
                "Ports per instance",
                "Ports of largest pool",
                "Redeploying, at 2x"));
        for (Tier tier : tiers.tiers()) {
            text.append(String.format(
                    Locale.ROOT,
                    "%-12s %,18d %,22d %20s%n",
                    String.format(Locale.ROOT, "%,d-%,d", tier.poolSizeMin(), tier.poolSizeMax()),
                    tier.portsPerInstance(),
                    tier.portsOfLargestPool(),
                    redeploying(tiers, tier)));
        }
        return text.append("Ports are per public IP, and TCP and UDP have as many each.\n")
                .toString()
                .replace(System.lineSeparator(), "\n");
    }

    private static String redeploying(TierTable tiers, Tier tier) {
        int most = tiers.portsPerInstanceReported(2 * tier.poolSizeMin());
        int fewest = tiers.portsPerInstanceReported(2 * tier.poolSizeMax());
        return most == fewest
                ? String.format(Locale.ROOT, "%,d", most)
                : String.format(Locale.ROOT, "%,d-%,d", fewest, most);
    }

    private String poolText(int size) {
        try {
            TierTable tiers = table.tiers();
            if (size == 0) {
                return "A pool of 0 instances owns no ports.\n";
            }
            Tier tier = tiers.tier(size);
            StringBuilder text = new StringBuilder();
            row(
                    text,
                    "Pool size",
                    String.format(Locale.ROOT, "%,d (tier %,d-%,d)", size, tier.poolSizeMin(), tier.poolSizeMax()));
            row(
                    text,
                    "Ports per instance",
                    String.format(Locale.ROOT, "%,d for TCP and as many for UDP", tier.portsPerInstance()));
            row(text, "Ports in total", String.format(Locale.ROOT, "%,d", size * tier.portsPerInstance()));
            row(text, "Below", below(tiers, tier, size));
            row(text, "Above", above(tiers, tier, size));
            row(text, "While redeploying", redeploying(tiers, tier, size));
            return text.toString();
        } catch (IllegalArgumentException e) {
            String optIn = table == TierTableName.CLASSIC && size > 0 ? "; or --table resource-manager" : "";
            throw new ParameterException(spec.commandLine(), e.getMessage() + optIn, e);
        }
    }

    private static String below(TierTable tiers, Tier tier, int size) {
        if (tier.poolSizeMin() == 1) {
            return "no boundary below";
        }
        Tier lower = tiers.tier(tier.poolSizeMin() - 1);
        return String.format(
                Locale.ROOT,
                "%,d fewer instances cross into tier %,d-%,d: %,d ports each, %,d in total at %,d",
                size - lower.poolSizeMax(),
                lower.poolSizeMin(),
                lower.poolSizeMax(),
                lower.portsPerInstance(),
                lower.portsOfLargestPool(),
                lower.poolSizeMax());
    }

    private static String above(TierTable tiers, Tier tier, int size) {
        if (tier.poolSizeMax() == tiers.poolSizeMax()) {
            return String.format(
                    Locale.ROOT,
                    "%,d more instances fit; the table ends at %,d",
                    tier.poolSizeMax() - size,
                    tiers.poolSizeMax());
        }
        Tier upper = tiers.tier(tier.poolSizeMax() + 1);
        int after = upper.poolSizeMin() * upper.portsPerInstance();
        return String.format(
                Locale.ROOT,
                "%,d more instances fit; one more crosses into tier %,d-%,d: each keeps %,d of %,d ports, "
                        + "flows on the reclaimed ones end, and the pool falls from %,d to %,d ports",
                tier.poolSizeMax() - size,
                upper.poolSizeMin(),
                upper.poolSizeMax(),
                upper.portsPerInstance(),
                tier.portsPerInstance(),
                tier.portsOfLargestPool(),
                after);
    }

    private static String redeploying(TierTable tiers, Tier tier, int size) {
        int ports = tiers.portsPerInstanceReported(2 * size);
        String loss = ports == tier.portsPerInstance()
                ? "nothing is lost"
                : String.format(
                        Locale.ROOT,
                        "%,d of %,d are reclaimed meanwhile",
                        tier.portsPerInstance() - ports,
                        tier.portsPerInstance());
        return String.format(Locale.ROOT, "reported as up to %,d: %,d ports per instance, %s", 2 * size, ports, loss);
    }

    private static void row(StringBuilder text, String name, String value) {
        text.append(String.format(Locale.ROOT, "%-20s", name)).append(value).append('\n');
    }
}
