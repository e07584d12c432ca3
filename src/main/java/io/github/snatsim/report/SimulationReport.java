package io.github.snatsim.report;

import com.google.common.collect.ImmutableList;
import io.github.snatsim.azure.HttpOutcome;
import io.github.snatsim.metrics.MetricsResult;
import io.github.snatsim.metrics.PortUse;
import io.github.snatsim.sim.ClientResult;
import io.github.snatsim.sim.Estimate;
import io.github.snatsim.sim.HttpResult;
import io.github.snatsim.sim.NlbResult;
import io.github.snatsim.sim.ProbeResult;
import io.github.snatsim.sim.Replications;
import io.github.snatsim.sim.ScaleEvent;
import io.github.snatsim.sim.SimulationResult;
import java.util.Locale;

/**
 * One simulation, or several replications of it, for people. Immutable; threads may share it.
 *
 * @param name what the user calls the scenario
 * @param portsPerInstance ports that each instance owns at the beginning, for each protocol; of a load balancer the places of its
 *     flow table
 * @param instances how many instances there are at the beginning
 * @param runs the results, at least one; the first is shown in full
 */
public record SimulationReport(String name, int portsPerInstance, int instances, Replications runs) {
    private static final int ROWS_MAX = 10;

    /**
     * Returns the report as text of several lines.
     *
     * @return text that ends with a line end
     */
    public String text() {
        SimulationResult first = runs.runs().get(0);
        MetricsResult metrics = first.metrics();
        MetricsText text = new MetricsText(portsPerInstance, Numbers::duration);
        text.line(Numbers.printable(name) + ": "
                        + (first.nlb().isPresent() ? text.placesHeadline(metrics) : text.headline(metrics)))
                .line("");
        text.row(
                "Simulated",
                Numbers.duration(first.endNanos()) + " with seed " + first.seed()
                        + (first.countedNanos() < first.endNanos()
                                ? ", the last " + Numbers.duration(first.countedNanos()) + " counted"
                                : ""));
        if (first.nlb().isPresent()) {
            loadBalancer(text, first, first.nlb().get());
        } else {
            snat(text, first);
        }
        if (runs.runs().size() > 1) {
            replications(text);
        }
        return text.toString();
    }

    /**
     * Returns the report as a page: one file, HTML and well-formed XML at once, that needs nothing else.
     *
     * @param origin what made it
     * @return the page
     */
    public String html(PageOrigin origin) {
        return SimulationPage.of(this, origin);
    }

    private void loadBalancer(MetricsText text, SimulationResult run, NlbResult nlb) {
        text.row("Hosts", Numbers.count(instances) + " of clients at the beginning");
        text.row("Flow table", Numbers.count(portsPerInstance) + " places");
        text.attempts(run.metrics());
        text.row("Gave up", Numbers.count(run.gaveUp()) + " requests");
        NlbText.write(text, nlb);
        clients(text, run.clients());
    }

    private void snat(MetricsText text, SimulationResult run) {
        MetricsResult metrics = run.metrics();
        text.row(
                "Instances",
                Numbers.count(instances)
                        + (run.portsShared()
                                ? " that share " + Numbers.count(portsPerInstance) + " SNAT ports, per protocol"
                                : " with " + Numbers.count(portsPerInstance) + " SNAT ports each, per protocol")
                        + ", at the beginning");
        text.attempts(metrics);
        text.row("Gave up", Numbers.count(run.gaveUp()) + " requests");
        text.row("Sustained", Numbers.decimal(run.sustainedOpensPerSecond(), 2) + " opens/s in the second half");
        text.row("Exhausted", Numbers.duration(metrics.exhaustedNanos()) + " without a free port for some destination");
        run.http().ifPresent(http -> http(text, http));
        clients(text, run.clients());
        text.peaks(metrics).busiest(metrics);
        atEnd(text, metrics);
        scaleEvents(text, run.scaleEvents());
        probes(text, run.probes());
        text.episodes(metrics).plot(metrics);
    }

    private static void http(MetricsText text, HttpResult http) {
        text.line("").line("Calls to the service, as they ended for the client");
        for (HttpOutcome outcome : HttpOutcome.values()) {
            if (http.count(outcome) > 0) {
                text.line("  " + outcome + ": " + Numbers.count(http.count(outcome)) + " ("
                        + Numbers.percent(http.count(outcome), http.calls()) + ")");
            }
        }
        text.line("  without a free port and without a scale-out: "
                + Numbers.duration(http.exhaustedWithoutScaleOutNanos()));
        text.line("").line("Units, " + Numbers.count(http.unitsAtEnd()) + " at the end");
        for (int unit = 0; unit < Math.min(ROWS_MAX, http.units().size()); unit++) {
            HttpResult.Unit counts = http.units().get(unit);
            text.line("  unit " + unit + ", " + counts.address() + ": " + Numbers.count(counts.calls()) + " calls, "
                    + Numbers.count(counts.fromCache()) + " from the cache, " + Numbers.count(counts.forwarded())
                    + " forwarded, " + Numbers.count(counts.failures()) + " without a port");
        }
        text.more(http.units().size());
        http.unitChanges()
                .forEach(change -> text.line("  " + Numbers.duration(change.timeNanos()) + ": "
                        + Numbers.count(change.units()) + " units from then on"));
        if (http.failuresLogged() > http.failures().size()) {
            text.line(
                    "  the log keeps the first " + Numbers.count(http.failures().size()) + " of "
                            + Numbers.count(http.failuresLogged()) + " failures");
        }
        http.findings().forEach(finding -> text.line("  note: " + finding));
    }

    private static void clients(MetricsText text, ImmutableList<ClientResult> clients) {
        text.line("").line("Clients");
        for (ClientResult client : clients) {
            text.line("  " + Numbers.printable(client.client()) + ": " + Numbers.count(client.requests())
                    + " requests, "
                    + Numbers.count(client.completed()) + " completed, " + Numbers.count(client.gaveUp())
                    + " gave up, " + Numbers.count(client.inProgress()) + " in progress; "
                    + Numbers.decimal(client.connectionsPerRequest(), 3) + " connections per request, "
                    + Numbers.count(client.retries()) + " retries, " + Numbers.count(client.failures())
                    + " failures; waited p50 " + Numbers.duration(client.waits().p50Nanos()) + ", p99 "
                    + Numbers.duration(client.waits().p99Nanos()) + ", at most "
                    + Numbers.duration(client.waits().maxNanos())
                    + (client.sourcePortsOut() == 0
                            ? ""
                            : "; " + Numbers.count(client.sourcePortsOut())
                                    + " tries found no source port free on the host"));
        }
    }

    private static void atEnd(MetricsText text, MetricsResult metrics) {
        text.line("").line("Ports in use by time (not exceeded for 50 / 95 / 99 % of it), and at the end");
        for (PortUse use : metrics.portUse().stream().limit(ROWS_MAX).toList()) {
            text.line("  " + use.protocol() + " " + use.instance() + MetricsText.via(use.frontend()) + ": "
                    + Numbers.count(use.percentiles().p50()) + " / "
                    + Numbers.count(use.percentiles().p95()) + " / "
                    + Numbers.count(use.percentiles().p99()) + "; at the end "
                    + Numbers.count(use.atEnd().open())
                    + " open, " + Numbers.count(use.atEnd().finHold()) + " in FIN hold, "
                    + Numbers.count(use.atEnd().rstHold()) + " in RST hold");
        }
    }

    private static void scaleEvents(MetricsText text, ImmutableList<ScaleEvent> events) {
        if (events.isEmpty()) {
            return;
        }
        text.line("").line("Scale events (in brackets: whichever ports were reclaimed)");
        for (ScaleEvent event : events.stream().limit(ROWS_MAX).toList()) {
            String where = event.frontend().map(publicIp -> ", " + publicIp).orElse("");
            text.line("  " + Numbers.duration(event.timeNanos()) + " " + Numbers.printable(event.cause()) + where + ": "
                    + (event.portsBefore() + event.portsAfter() == 0 ? "" : moved(event))
                    + ended(event) + ", " + Numbers.count(event.refusedAfter()) + " refused everywhere in the next "
                    + event.refusedByMinute().size() + " min");
        }
        text.more(events.size());
    }

    private static String moved(ScaleEvent event) {
        return Numbers.count(event.instancesBefore()) + " -> " + Numbers.count(event.instancesAfter()) + " instances, "
                + Numbers.count(event.portsBefore()) + " -> " + Numbers.count(event.portsAfter()) + " ports each; ";
    }

    private static String ended(ScaleEvent event) {
        String changed = event.flowsMethodChanged() == 0
                ? ""
                : ", " + Numbers.count(event.flowsMethodChanged()) + " ended with their method";
        return Numbers.count(event.flowsCut()) + " flows cut (" + Numbers.count(event.flowsCutMin()) + " to "
                + Numbers.count(event.flowsCutMax()) + "), " + Numbers.count(event.flowsRemoved())
                + " gone with their instances" + changed;
    }

    private static void probes(MetricsText text, ImmutableList<ProbeResult> probes) {
        if (probes.isEmpty()) {
            return;
        }
        text.line("").line("Packets sent by the scenario");
        for (ProbeResult probe : probes.stream().limit(ROWS_MAX).toList()) {
            text.line("  " + Numbers.duration(probe.timeNanos()) + " " + probe.protocol() + " "
                    + Numbers.printable(probe.instance()) + " -> " + probe.destination() + ": " + probe.sentence());
        }
        text.more(probes.size());
    }

    private void replications(MetricsText text) {
        int n = runs.runs().size();
        text.line("")
                .line(n + " replications, seeds " + runs.runs().get(0).seed() + " to "
                        + runs.runs().get(n - 1).seed() + ": mean and 95 % interval (Student's t over whole runs)");
        estimate(text, "attempts", runs.estimate(run -> run.metrics().attempts()));
        estimate(text, "refused", runs.estimate(run -> run.metrics().refused()));
        estimate(text, "refused share", runs.estimate(SimulationResult::refusedShare));
        estimate(text, "gave up", runs.estimate(SimulationResult::gaveUp));
        estimate(text, "peak ports used", runs.estimate(SimulationResult::peakPortsUsed));
    }

    private static void estimate(MetricsText text, String name, Estimate estimate) {
        text.line(String.format(
                Locale.ROOT,
                "  %-16s %s (%s to %s, n = %d)",
                name,
                Numbers.decimal(estimate.mean(), 4),
                Numbers.decimal(estimate.low(), 4),
                Numbers.decimal(estimate.high(), 4),
                estimate.n()));
    }
}
