package io.github.snatsim.scenario;

import io.github.snatsim.azure.DeploymentChange;
import io.github.snatsim.azure.IpProtocol;
import io.github.snatsim.sim.ScheduledAction;

/** Writes what a scenario does at its times: the inverse of {@link ActionBinder}. */
final class ActionWriter {
    private ActionWriter() {}

    static Block action(ScheduledAction action) {
        Block block = Block.of("at", Units.write(action.at()));
        if (action instanceof ScheduledAction.Resize resize) {
            return block.put("instances", Integer.toString(resize.instances()));
        } else if (action instanceof ScheduledAction.StopClient stop) {
            return block.put("stop", YamlText.quote(stop.client()));
        } else if (action instanceof ScheduledAction.ChangeArrivals change) {
            return block.put("client", YamlText.quote(change.client()))
                    .put("arrivals", ArrivalsWriter.arrivals(change.arrivals()));
        } else if (action instanceof ScheduledAction.AskPublicIp ask) {
            return block.put(
                    "ask-public-ip",
                    ask.resolver().equals(ScheduledAction.AskPublicIp.OPEN_DNS)
                            ? YamlText.quote(ask.instance())
                            : names("instance", ask.instance())
                                    .put("resolver", ask.resolver().toString()));
        } else if (action instanceof ScheduledAction.Ping ping) {
            return block.put(
                    "ping",
                    names("instance", ping.instance())
                            .putUnless(IpProtocol.ICMP, "protocol", ping.protocol(), Words::of)
                            .put("to", ping.to().toString()));
        } else if (action instanceof ScheduledAction.ModifyListener modify) {
            return block.put(
                    "modify-listener",
                    names("arn", modify.listenerArn()).put("attributes", NlbWriter.attributes(modify.attributes())));
        } else if (action instanceof ScheduledAction.Change change) {
            return putChange(change.change(), block);
        }
        throw ScenarioWriter.unknown(action);
    }

    private static Block putChange(DeploymentChange change, Block block) {
        if (change instanceof DeploymentChange.ScaleOut out) {
            return block.put("scale-out", names("role", out.role()).put("count", Integer.toString(out.count())));
        } else if (change instanceof DeploymentChange.ScaleIn in) {
            return block.put("scale-in", names("role", in.role()).put("count", Integer.toString(in.count())));
        } else if (change instanceof DeploymentChange.AddInstance add) {
            return block.put("add-instance", names("role", add.role()).put("name", YamlText.quote(add.instance())));
        } else if (change instanceof DeploymentChange.RemoveInstance remove) {
            return block.put("remove-instance", YamlText.quote(remove.instance()));
        } else if (change instanceof DeploymentChange.AssignInstanceLevelIp assign) {
            return block.put(
                    "assign-instance-level-ip",
                    names("instance", assign.instance())
                            .put("public-ip", assign.publicIp().toString()));
        } else if (change instanceof DeploymentChange.RemoveInstanceLevelIp remove) {
            return block.put("remove-instance-level-ip", YamlText.quote(remove.instance()));
        } else if (change instanceof DeploymentChange.AssignEndpoint assign) {
            return block.put(
                    "assign-endpoint", names("to", assign.to()).put("endpoint", YamlText.quote(assign.endpoint())));
        } else if (change instanceof DeploymentChange.RemoveEndpoint remove) {
            return block.put(
                    "remove-endpoint", names("from", remove.from()).put("endpoint", YamlText.quote(remove.endpoint())));
        } else if (change instanceof DeploymentChange.Redeploy redeploy) {
            return block.put(
                    "redeploy",
                    Block.of("factor", redeploy.factor().toPlainString())
                            .put("takes", Units.write(redeploy.duration())));
        }
        throw ScenarioWriter.unknown(change);
    }

    private static Block names(String key, String name) {
        return Block.of(key, YamlText.quote(name));
    }
}
