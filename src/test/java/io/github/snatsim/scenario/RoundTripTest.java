package io.github.snatsim.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.snatsim.aws.ListenerAttribute;
import io.github.snatsim.azure.IpProtocol;
import io.github.snatsim.flow.PortChoice;
import io.github.snatsim.sim.Scenario;
import io.github.snatsim.sim.SnatSetup;
import io.github.snatsim.workload.Rate;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The file can say everything that the API can, and the reverse. */
class RoundTripTest {
    /** A ping is of a protocol without ports. */
    private static final Set<Object> HAVE_PORTS = Set.of(IpProtocol.TCP, IpProtocol.UDP);

    /** Every value that a record component had in any scenario. */
    private final Map<RecordComponent, Set<Object>> values = new LinkedHashMap<>();

    private final Set<Class<?>> variants = new HashSet<>();
    private final Set<Object> constants = new HashSet<>();

    static List<Scenario> scenarios() {
        return Everything.scenarios();
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void whatIsWrittenReadsBackEqual(Scenario scenario) {
        String text = ScenarioFile.write(scenario);

        Scenario back = ScenarioFile.parse(text, "written.yaml");

        assertThat(back).isEqualTo(scenario);
        assertThat(ScenarioFile.write(back)).isEqualTo(text);
    }

    @Test
    void theExamplesReadBackEqualToo() {
        assertThat(Examples.all()).allSatisfy(example -> {
            Scenario scenario = ScenarioFile.read(example);
            assertThat(ScenarioFile.parse(ScenarioFile.write(scenario), "written.yaml"))
                    .isEqualTo(scenario);
        });
    }

    /**
     * Fails when a record gets a component, a sealed interface a variant or an enum a constant that no scenario above
     * uses: then the file has to learn it.
     */
    @Test
    void theScenariosUseEveryComponentVariantAndConstant() {
        scenarios().forEach(this::walk);

        values.keySet()
                .removeIf(component -> component.getDeclaringRecord() == ListenerAttribute.class
                        && component.getName().equals("key")); // there is one only
        values.forEach((component, seen) -> assertThat(seen)
                .as("values of %s.%s", component.getDeclaringRecord().getSimpleName(), component.getName())
                .hasSizeGreaterThan(1));
        for (RecordComponent component : values.keySet()) {
            Class<?> type = component.getType();
            if (type.isEnum()) {
                assertThat(constants)
                        .containsAll(Arrays.stream(type.getEnumConstants())
                                .filter(constant -> !HAVE_PORTS.contains(constant))
                                .toList());
            }
        }
        variants.stream()
                .flatMap(variant -> Arrays.stream(variant.getInterfaces()))
                .filter(Class::isSealed)
                .distinct()
                .forEach(parent -> assertThat(variants).contains(parent.getPermittedSubclasses()));
        assertThat(variants).hasSizeGreaterThan(30);
    }

    private void walk(Object value) {
        if (value instanceof Record record && record.getClass().getName().startsWith("io.github.snatsim.")) {
            variants.add(record.getClass());
            for (RecordComponent component : record.getClass().getRecordComponents()) {
                Object part = part(record, component);
                values.computeIfAbsent(component(component), key -> new HashSet<>())
                        .add(part);
                walk(part);
            }
        } else if (value instanceof Iterable<?> items) {
            items.forEach(this::walk);
        } else if (value instanceof Optional<?> optional) {
            optional.ifPresent(this::walk);
        } else if (value instanceof Enum<?>) {
            constants.add(value);
        } else {
            assertThat(value instanceof Number
                            || value instanceof String
                            || value instanceof Duration
                            || value instanceof OptionalInt
                            || value instanceof OptionalLong
                            || Modifier.isFinal(value.getClass().getModifiers()))
                    .as("%s is a value of its own", value.getClass())
                    .isTrue();
        }
    }

    /** The first equal component met: reflection makes new ones each time. */
    private RecordComponent component(RecordComponent wanted) {
        return values.keySet().stream()
                .filter(known -> known.getDeclaringRecord() == wanted.getDeclaringRecord()
                        && known.getName().equals(wanted.getName()))
                .findFirst()
                .orElse(wanted);
    }

    private static Object part(Record record, RecordComponent component) {
        try {
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }

    @Test
    void aPortChoiceOfOnesOwnCannotBeWritten() {
        Scenario scenario = scenarios().get(0);
        SnatSetup own = new SnatSetup(
                scenario.gateway().profile().withPortChoice(PortChoice::lowestFree),
                ((SnatSetup) scenario.gateway()).portsPerInstance());

        assertThatThrownBy(() -> ScenarioFile.write(scenario.withGateway(own)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("port choice of one's own");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void numbersReadBackExactly(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 2_000; i++) {
            double number = Double.longBitsToDouble(random.nextLong());
            if (Double.isFinite(number)) {
                assertThat(Double.parseDouble(Units.write(number)))
                        .as("seed %d", seed)
                        .isEqualTo(number);
            }
            long any = random.nextLong() >>> random.nextInt(63);
            Duration duration = Duration.ofNanos(Math.abs(any));
            assertThat(Units.parseDuration(Units.write(duration)))
                    .as("seed %d", seed)
                    .contains(duration);
            Rate rate = new Rate(1 + Math.abs(any / 2), 1 + (random.nextLong() >>> (1 + random.nextInt(62))) / 2);
            assertThat(UnitsTest.rate(Units.write(rate))).as("seed %d", seed).isEqualTo(rate);
        }
    }
}
