package io.github.snatsim.report;

import static java.util.stream.Collectors.joining;

import io.github.snatsim.net.Protocol;
import io.github.snatsim.sim.PortExplanation;
import io.github.snatsim.sim.PortExplanation.Holder;
import io.github.snatsim.sim.PortExplanation.OnFrontend;
import java.util.List;
import java.util.Locale;

/** Why a SNAT port is still held, for people. Stateless. */
public final class PortText {
    private static final int NAMES_SHOWN = 3;

    private PortText() {}

    /**
     * Returns the explanation of one port.
     *
     * @param explanation whose it is and what holds it
     * @param protocols the protocols to tell of
     * @return text of several lines that ends with a line end
     */
    public static String of(PortExplanation explanation, List<Protocol> protocols) {
        StringBuilder text =
                new StringBuilder("Port " + explanation.port() + " at " + Numbers.time(explanation.nowNanos()) + "\n");
        List<OnFrontend> alike = explanation.frontends().stream()
                .filter(frontend -> isOneOfMany(frontend, explanation))
                .toList();
        for (OnFrontend frontend : explanation.frontends()) {
            if (!alike.contains(frontend)) {
                write(frontend, explanation.port(), protocols, text);
            }
        }
        writeFree(alike, text);
        return text.toString();
    }

    /** Where every instance has a frontend, those on which nothing holds the port share a line. */
    private static boolean isOneOfMany(OnFrontend frontend, PortExplanation explanation) {
        return explanation.frontends().size() > 1
                && frontend.kind() != PortExplanation.Kind.POOL
                && frontend.owner().isPresent() == (frontend.kind() != PortExplanation.Kind.FIREWALL)
                && frontend.holders().isEmpty();
    }

    private static void writeFree(List<OnFrontend> frontends, StringBuilder text) {
        if (frontends.isEmpty()) {
            return;
        }
        String names =
                frontends.stream().limit(NAMES_SHOWN).map(PortText::title).collect(joining(", "));
        int rest = frontends.size() - NAMES_SHOWN;
        text.append("\nFree on ")
                .append(names)
                .append(rest > 0 ? " and " + Numbers.count(rest) + " more" : "")
                .append('\n');
    }

    private static void write(OnFrontend frontend, int port, List<Protocol> protocols, StringBuilder text) {
        text.append('\n').append(title(frontend)).append(pool(frontend)).append('\n');
        row("Owner", owner(frontend, port), text);
        boolean canBeHeld = frontend.inRange()
                && (frontend.portsOwned() > 0 || frontend.kind() == PortExplanation.Kind.INSTANCE_LEVEL);
        for (Protocol protocol : protocols) {
            List<Holder> holders = frontend.holders().stream()
                    .filter(holder -> holder.flow().protocol() == protocol)
                    .toList();
            if (canBeHeld) {
                row(protocol.toString().toUpperCase(Locale.ROOT), standing(frontend, protocol, holders), text);
            }
            for (Holder holder : holders) {
                text.append("    ")
                        .append(holder.instance()
                                .name()
                                .map(name -> Numbers.printable(name) + ": ")
                                .orElse(""))
                        .append(holder.flow())
                        .append("\n      ")
                        .append(why(holder))
                        .append('\n');
            }
        }
    }

    private static String title(OnFrontend frontend) {
        String publicIp = frontend.publicIp().map(Object::toString).orElse("");
        String name = frontend.name().map(Numbers::printable).orElse("");
        return switch (frontend.kind()) {
            case POOL ->
                publicIp.isEmpty()
                        ? "the pool's frontend"
                        : publicIp + (name.isEmpty() ? " (shared address)" : " (" + name + ")");
            case OWN ->
                frontend.owner().map(owner -> name(owner) + "'s own frontend").orElse("a frontend of its own");
            case INSTANCE_LEVEL ->
                publicIp + " (instance-level IP of "
                        + frontend.owner().map(PortText::name).orElse("nobody") + ")";
            case FIREWALL -> "the firewall's " + name;
        };
    }

    private static String pool(OnFrontend frontend) {
        if (frontend.kind() != PortExplanation.Kind.POOL) {
            return "";
        }
        String reported = frontend.reportedSize() == frontend.poolSize()
                ? ""
                : ", reported as " + Numbers.count(frontend.reportedSize()) + " (P8)";
        return ", pool of " + Numbers.count(frontend.poolSize()) + reported;
    }

    private static String owner(OnFrontend frontend, int port) {
        if (!frontend.inRange()) {
            return "nobody: " + port + " is outside " + frontend.ownable() + " (P4)";
        }
        return switch (frontend.kind()) {
            case FIREWALL -> "the firewall, for whoever is behind it: " + frontend.portRanges() + " (G3)";
            case INSTANCE_LEVEL ->
                frontend.owner().map(PortText::name).orElse("nobody") + ", as its host's port: not translated (S1)";
            default ->
                frontend.portsOwned() == 0
                        ? "nobody: it is in no instance's block (P1)"
                        : frontend.owner().map(PortText::name).orElse("nobody") + ", in its "
                                + Numbers.count(frontend.portsOwned()) + " ports " + frontend.portRanges();
        };
    }

    private static String standing(OnFrontend frontend, Protocol protocol, List<Holder> holders) {
        if (holders.isEmpty()) {
            return "free";
        }
        String flows = "held by " + Numbers.count(holders.size()) + (holders.size() == 1 ? " flow" : " flows");
        PortExplanation.Sharing sharing =
                protocol == Protocol.UDP ? frontend.udpSharing() : PortExplanation.Sharing.OTHER_DESTINATIONS;
        return flows
                + switch (sharing) {
                    case OTHER_DESTINATIONS -> ", taken for " + destinations(holders) + ", free for any other (T2, T3)";
                    case OTHER_ADDRESSES -> ", free for destinations with another IP (T7)";
                    case NOBODY -> ", not to be shared (T7)";
                };
    }

    private static String destinations(List<Holder> holders) {
        List<String> all = holders.stream()
                .map(holder -> holder.flow().destination().toString())
                .distinct()
                .toList();
        return String.join(", ", all.subList(0, Math.min(NAMES_SHOWN, all.size())))
                + (all.size() > NAMES_SHOWN ? " and " + Numbers.count(all.size() - NAMES_SHOWN) + " more" : "");
    }

    private static String why(Holder holder) {
        String since = Numbers.time(holder.sinceNanos());
        String until = Numbers.time(holder.untilNanos());
        return switch (holder.why()) {
            case OPEN ->
                "open: silent since " + since + ", idle time "
                        + Numbers.seconds(holder.waitNanos()).toPlainString() + " s frees it at " + until
                        + " unless a packet comes (" + (holder.flow().protocol() == Protocol.UDP ? "R4" : "R3") + ")"
                        + keepalive(holder);
            case FIN_HOLD -> "FIN hold: closed by FIN at " + since + ", free at " + until + " (R1)";
            case RST_HOLD -> "RST hold: reset at " + since + ", free at " + until + " (R2)";
            case NOT_TRANSLATED -> "open: no idle time, free when it is closed (S1)";
        };
    }

    private static String keepalive(Holder holder) {
        return holder.client()
                .map(client -> "; a keepalive of client " + Numbers.printable(client) + " every "
                        + Numbers.seconds(holder.keepaliveNanos()).toPlainString() + " s"
                        + (holder.isKeptAlive() ? " keeps it" : " is too rare to keep it"))
                .orElse("");
    }

    private static String name(PortExplanation.Instance instance) {
        return instance.name()
                .map(name -> Numbers.printable(name) + " (" + instance.address() + ")")
                .orElse(instance.address().toString());
    }

    private static void row(String name, String value, StringBuilder text) {
        text.append(String.format(Locale.ROOT, "  %-6s ", name)).append(value).append('\n');
    }
}
