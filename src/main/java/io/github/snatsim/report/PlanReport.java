package io.github.snatsim.report;

import io.github.snatsim.plan.Confirmation;
import io.github.snatsim.plan.InstanceDemand;
import io.github.snatsim.plan.LoadPlan;
import io.github.snatsim.plan.PortCapacity;
import io.github.snatsim.plan.ScenarioPlan;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What is planned for a scenario, for people. Immutable; threads may share it.
 *
 * @param name what the user calls the scenario
 * @param plan the plan
 */
public record PlanReport(String name, ScenarioPlan plan) {
    /**
     * Returns the plan as text of several lines, the answer first.
     *
     * @return text that ends with a line end
     */
    public String text() {
        StringBuilder text = new StringBuilder();
        line(text, Numbers.printable(name) + ": " + answer());
        line(text, "");
        row(text, "Target", target(plan.load().targetShare()));
        plan.instances().forEach(instance -> row(text, "Instances", owned(instance.instance())));
        confirmation(text);
        PlanText sections = new PlanText(text, plan.load().targetShare());
        plan.instances().forEach(sections::instance);
        loadSteps(text);
        sections.alerts(plan);
        return text.toString().replace(System.lineSeparator(), "\n");
    }

    /**
     * Returns the report as a page: one file, HTML and well-formed XML at once, that needs nothing else.
     *
     * @param origin what made it
     * @return the page
     */
    public String html(PageOrigin origin) {
        return PlanPage.of(this, origin);
    }

    /**
     * Returns the answer alone.
     *
     * @return one sentence without a full stop
     */
    public String answer() {
        return plan.scarcest().map(this::answer).orElse("nothing asks for SNAT ports: there is nothing to plan");
    }

    private String answer(ScenarioPlan.Scarcest scarcest) {
        PortCapacity capacity = scarcest.destination().normal();
        OptionalInt needed = capacity.portsNeeded();
        String has = (needed.isPresent() ? " and has " : "; it has ") + Numbers.count(capacity.ports());
        String theory = PlanText.clients(scarcest.destination().demand())
                + (needed.isPresent()
                        ? " needs " + Numbers.count(needed.getAsInt()) + " ports per instance for "
                                + target(plan.load().targetShare())
                        : " finds no number of ports enough for "
                                + target(plan.load().targetShare()))
                + has
                + ": " + breaking(capacity.loadMultipleMax());
        Confirmation confirmation = plan.confirmation();
        return confirmation.verdict() == Confirmation.Verdict.THEORY_CONFIRMED
                ? theory
                : "by arithmetic " + theory + "; trust the simulation of the present load, which refuses "
                        + Numbers.share(confirmation.refusedShare());
    }

    static String target(double share) {
        return share == 0 ? "none refused" : "at most " + Numbers.smallShare(share) + " refused";
    }

    static String owned(InstanceDemand instance) {
        String ports = Numbers.count(instance.ports());
        return Numbers.count(instance.instances()) + " with " + ports
                + (instance.translatesPorts()
                        ? " SNAT ports each, " + Numbers.count(instance.portsRedeploying()) + " while redeploying"
                        : " ports of their hosts each");
    }

    private void confirmation(StringBuilder text) {
        Confirmation confirmation = plan.confirmation();
        row(text, "Closed form", Numbers.share(confirmation.closedFormShare()) + " refused");
        row(
                text,
                "Simulation",
                Numbers.share(confirmation.simulatedShare().mean()) + " refused ("
                        + Numbers.share(
                                Math.max(0, confirmation.simulatedShare().low())) + " to "
                        + Numbers.share(
                                Math.min(1, confirmation.simulatedShare().high())) + ", 95 % of "
                        + confirmation.simulatedShare().n() + " runs); " + Numbers.count(confirmation.refused())
                        + " of "
                        + Numbers.count(confirmation.attempts()) + " attempts, at most "
                        + Numbers.count(confirmation.portsUsedMax()) + " ports for one destination");
        row(
                text,
                "Verdict",
                (confirmation.agrees() ? "they agree; " : "they disagree; ")
                        + confirmation.verdict().sentence());
        confirmation.caveats().forEach(caveat -> line(text, "  - " + caveat.sentence()));
    }

    private void loadSteps(StringBuilder text) {
        line(text, "");
        line(text, "Load steps by the closed form, and as simulated with a 95 % interval");
        line(text, step("Load", "Refused", "Worst destination", "While redeploying", "Ports to spare", "Simulated"));
        for (int i = 0; i < plan.load().steps().size(); i++) {
            LoadPlan.LoadStep step = plan.load().steps().get(i);
            line(
                    text,
                    step(
                            Numbers.count(step.multiple()) + "x",
                            Numbers.share(step.refusedShare()),
                            Numbers.share(step.refusedShareWorst()),
                            Numbers.share(step.refusedShareRedeploying()),
                            step.headroomPortsMin().isPresent()
                                    ? Numbers.count(step.headroomPortsMin().getAsInt())
                                    : "no number fits",
                            simulated(i)));
        }
        line(text, "  " + breakingByTheory());
        line(text, "  " + breakingInRuns());
    }

    /** Which loads break it by the closed form, without a full stop. */
    String breakingByTheory() {
        return "by the closed form " + breaking(plan.load().loadMultipleMax()) + "; while redeploying "
                + breaking(plan.load().loadMultipleMaxRedeploying());
    }

    /** The same of the loads that were simulated. */
    String breakingInRuns() {
        OptionalLong broken = plan.simulatedMultipleThatBreaks();
        return broken.isPresent()
                ? "of the simulated loads " + Numbers.count(broken.getAsLong()) + "x is the first that breaks it"
                : "none of the simulated loads breaks it";
    }

    /** What the simulation of a load step says, if there was one. */
    String simulated(int step) {
        if (step >= plan.simulated().size()) {
            return "not simulated";
        }
        Confirmation confirmation = plan.simulated().get(step).confirmation();
        return Numbers.share(confirmation.simulatedShare().mean()) + " (" + interval(confirmation) + ")"
                + (confirmation.agrees() ? "" : ", differs");
    }

    private static String interval(Confirmation confirmation) {
        return Numbers.share(Math.max(0, confirmation.simulatedShare().low())) + " to "
                + Numbers.share(Math.min(1, confirmation.simulatedShare().high()));
    }

    private static String step(
            String load, String refused, String worst, String redeploying, String spare, String simulated) {
        return String.format(
                Locale.ROOT, "  %-6s %14s %18s %18s %15s   %s", load, refused, worst, redeploying, spare, simulated);
    }

    static String breaking(double multiple) {
        return multiple == Double.POSITIVE_INFINITY
                ? "no load breaks it"
                : "it breaks at " + Numbers.significant(multiple) + " times the load";
    }

    private static void line(StringBuilder text, String line) {
        text.append(line).append('\n');
    }

    private static void row(StringBuilder text, String name, String value) {
        line(text, String.format(Locale.ROOT, "%-14s%s", name, value));
    }
}
