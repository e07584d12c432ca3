package io.github.snatsim.cli;

import com.google.common.collect.ImmutableList;
import io.github.snatsim.aws.ListenerAttribute;
import io.github.snatsim.aws.ListenerAttributeException;
import io.github.snatsim.aws.NetworkLoadBalancer;
import io.github.snatsim.scenario.ListenerAttributesJson;
import io.github.snatsim.scenario.ScenarioException;
import io.github.snatsim.scenario.ScenarioFile;
import io.github.snatsim.sim.NlbSetup;
import io.github.snatsim.sim.Scenario;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code snatsim nlb modify-listener-attributes}: sets attributes as the API does, and prints them. */
@Command(
        name = "modify-listener-attributes",
        description = {
            "Sets attributes of a listener and prints them as JSON, in the shape of the AWS command.",
            "The scenario with them is written only where --save says."
        },
        sortOptions = false,
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class)
final class ModifyListenerAttributesCommand implements Runnable {
    private static final Pattern SHORTHAND = Pattern.compile("Key=([^,]*),Value=(.*)");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private NlbInput input = new NlbInput();

    @Option(
            names = {"--listener-arn", "--listener-arns"},
            paramLabel = "ARN",
            required = true,
            description = "The listener, by the name that the scenario gives it.")
    private String arn = "";

    @Option(
            names = "--attributes",
            paramLabel = "Key=K,Value=V",
            required = true,
            arity = "1..*",
            description = "What to set, for example Key=tcp.idle_timeout.seconds,Value=600, or JSON.")
    private List<String> attributes = List.of();

    @Option(
            names = "--save",
            paramLabel = "FILE",
            description =
                    "Write the scenario with them to FILE, which may be the scenario itself, as YAML; comments are not kept.")
    private @Nullable Path save;

    /** Made by the command line parser. */
    ModifyListenerAttributesCommand() {}

    @Override
    public void run() {
        Scenario scenario = input.read();
        NlbSetup setup = input.setup(scenario);
        NetworkLoadBalancer modified;
        try {
            modified = setup.balancer().modified(arn, parse());
        } catch (ListenerAttributeException e) {
            throw new InputException(e.getClass().getSimpleName() + ": " + e.getMessage(), e);
        }
        if (save != null) {
            write(scenario.withGateway(setup.withBalancer(modified)), save);
        }
        spec.commandLine().getOut().print(ListenerAttributesJson.write(modified.describe(arn)));
    }

    private ImmutableList<ListenerAttribute> parse() {
        if (attributes.get(0).startsWith("{") || attributes.get(0).startsWith("[")) {
            try {
                return ListenerAttributesJson.parse(String.join(" ", attributes), "--attributes");
            } catch (ScenarioException e) {
                throw new InputException(String.valueOf(e.getMessage()), e);
            }
        }
        return attributes.stream()
                .map(ModifyListenerAttributesCommand::shorthand)
                .collect(ImmutableList.toImmutableList());
    }

    private static ListenerAttribute shorthand(String text) {
        Matcher parts = SHORTHAND.matcher(text);
        if (!parts.matches()) {
            throw new InputException(
                    "--attributes '" + text + "': expected Key=tcp.idle_timeout.seconds,Value=600, or JSON", null);
        }
        return new ListenerAttribute(parts.group(1), parts.group(2));
    }

    private static void write(Scenario scenario, Path file) {
        try {
            Path target = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath(); // a link stays one
            Path folder = target.getParent();
            Path name = target.getFileName();
            boolean isFile = !Files.exists(target) || Files.isRegularFile(target);
            if (file.toString().isEmpty() || folder == null || name == null || !isFile || !Files.isDirectory(folder)) {
                throw new InputException(
                        "--save '" + file + "': expected a file, or a new name in a folder that exists", null);
            }
            WholeFiles.write(folder, Map.of(name.toString(), ScenarioFile.write(scenario)));
        } catch (IOException e) {
            throw new InputException("--save " + file + ": cannot be written: " + e.getMessage(), e);
        }
    }
}
