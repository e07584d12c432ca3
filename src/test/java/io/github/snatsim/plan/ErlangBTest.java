package io.github.snatsim.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;

class ErlangBTest {
    private static final BigDecimal LOGARITHM_BELOW = new BigDecimal("1e-300");

    /** Every row of a table that another program made, with exact fractions or 60 digits. */
    @ParameterizedTest(name = "{0} ports, {2} erlangs")
    @CsvFileSource(resources = "/expected/erlang_b.csv", numLinesToSkip = 1)
    void m2_blockingIsThatOfTheTable(int ports, String fraction, double erlangs, BigDecimal blocking, double carried) {
        double log10 = StrictMath.log10(blocking.unscaledValue().doubleValue()) - blocking.scale();

        assertThat(ErlangB.log10Blocking(ports, erlangs)).isCloseTo(log10, within(1e-9 * Math.max(1, -log10)));
        if (blocking.compareTo(LOGARITHM_BELOW) >= 0) {
            double expected = blocking.doubleValue();
            assertThat(ErlangB.blocking(ports, erlangs)).isCloseTo(expected, within(1e-9 * expected));
        }
        assertThat(erlangs * (1 - ErlangB.blocking(ports, erlangs))).isCloseTo(carried, within(1e-9 * erlangs));
    }

    /** None was left out or cut off: 180 rows, from one port to 64,000. */
    @Test
    void theTableIsWhole() throws IOException {
        List<String> lines = Files.readAllLines(Path.of("src/test/resources/expected/erlang_b.csv"));

        assertThat(lines).hasSize(181);
        assertThat(lines.get(1)).startsWith("1,");
        assertThat(lines.get(180)).startsWith("64000,");
    }

    /** The recurrence B(n) = aB(n-1) / (n + aB(n-1)) with 40 digits, for loads and ports that the table has not. */
    @Test
    void m2_blockingIsThatOfTheRecurrence() {
        long seed = 20_170_401;
        Random random = new Random(seed);
        for (int i = 0; i < 60; i++) {
            int ports = 1 + random.nextInt(700);
            double erlangs = ports * StrictMath.pow(10, random.nextDouble() * 3 - 2);
            assertThat(ErlangB.blocking(ports, erlangs))
                    .as("seed %d: %d ports, %s erlangs", seed, ports, erlangs)
                    .isCloseTo(recurrence(ports, erlangs), withinPercentage(1e-10));
        }
    }

    private static double recurrence(int ports, double erlangs) {
        MathContext digits = new MathContext(40);
        BigDecimal load = new BigDecimal(erlangs);
        BigDecimal blocking = BigDecimal.ONE;
        for (int n = 1; n <= ports; n++) {
            BigDecimal product = load.multiply(blocking, digits);
            blocking = product.divide(product.add(BigDecimal.valueOf(n)), digits);
        }
        return blocking.doubleValue();
    }

    /** The recurrence of 1/B in doubles: all terms are positive, so it holds for large numbers, too. */
    @ParameterizedTest
    @CsvSource({"1000000, 1e6", "1000000, 1e7", "1000000, 1.01e6", "1000000, 0.999e6", "64512, 60000", "1000000, 2e6"})
    void m2_largeNumbersAreStable(int ports, double erlangs) {
        double inverse = 1;
        for (int n = 1; n <= ports; n++) {
            inverse = 1 + inverse * n / erlangs;
        }

        assertThat(ErlangB.blocking(ports, erlangs)).isCloseTo(1 / inverse, withinPercentage(1e-7));
    }

    /** Stirling's formula: as good as 1 - B / 12N. Without load to speak of, B is the last term alone: a^N / N!. */
    @Test
    void m2_logarithmGoesWhereNumbersDoNot() {
        int ports = 1_000_000;
        double factorial = ports * (StrictMath.log10(ports) - StrictMath.log10(StrictMath.E))
                + StrictMath.log10(2 * StrictMath.PI * ports) / 2;

        assertThat(ErlangB.blocking(ports, 1e-3)).isZero();
        assertThat(ErlangB.log10Blocking(ports, 1e-3)).isCloseTo(-3.0 * ports - factorial, within(1e-2));
        assertThat(ErlangB.log10Blocking(2, 1e-100)).isCloseTo(-200 - StrictMath.log10(2), within(1e-9));
    }

    @Test
    void edges() {
        assertThat(ErlangB.blocking(0, 0)).isEqualTo(1);
        assertThat(ErlangB.blocking(0, 7)).isEqualTo(1);
        assertThat(ErlangB.log10Blocking(0, 7)).isZero();
        assertThat(ErlangB.blocking(3, 0)).isZero();
        assertThat(ErlangB.log10Blocking(3, 0)).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(ErlangB.blocking(1_024, Double.POSITIVE_INFINITY)).isEqualTo(1);
        assertThat(ErlangB.ports(0, 0.5)).isZero();
        assertThat(ErlangB.erlangs(0, 0.5)).isZero();
        assertThatIllegalArgumentException().isThrownBy(() -> ErlangB.blocking(-1, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> ErlangB.blocking(1, -1));
        assertThatIllegalArgumentException().isThrownBy(() -> ErlangB.blocking(1, Double.NaN));
        assertThatIllegalArgumentException().isThrownBy(() -> ErlangB.ports(1, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> ErlangB.ports(1, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> ErlangB.ports(Double.POSITIVE_INFINITY, 0.1));
        assertThatIllegalArgumentException().isThrownBy(() -> ErlangB.erlangs(-1, 0.1));
    }

    /** By trying every number of ports from none on. */
    @Test
    void m2_portsAreTheFewest() {
        long seed = 20_210_903;
        Random random = new Random(seed);
        for (int i = 0; i < 400; i++) {
            double erlangs = StrictMath.pow(10, random.nextDouble() * 5 - 2);
            double target =
                    i % 2 == 0 ? StrictMath.pow(10, -12 * random.nextDouble()) * 0.999 : random.nextDouble() * 0.999;
            int fewest = 0;
            while (ErlangB.blocking(fewest, erlangs) > target) {
                fewest++;
            }
            assertThat(ErlangB.ports(erlangs, target))
                    .as("seed %d: %s erlangs, %s", seed, erlangs, target)
                    .isEqualTo(fewest);
        }
    }

    @Test
    void m2_erlangsAreTheMost() {
        long seed = 20_230_711;
        Random random = new Random(seed);
        for (int i = 0; i < 400; i++) {
            int ports = 1 + random.nextInt(i < 350 ? 1_100 : 70_000);
            double target = StrictMath.pow(10, -20 * random.nextDouble()) * 0.999;
            double most = ErlangB.erlangs(ports, target);
            assertThat(ErlangB.blocking(ports, most))
                    .as("seed %d: %d ports, %s", seed, ports, target)
                    .isLessThanOrEqualTo(target);
            assertThat(ErlangB.blocking(ports, Math.nextUp(most))).isGreaterThan(target);
            assertThat(ErlangB.ports(most, target)).isEqualTo(ports);
        }
    }

    /** One port: B = a / (1 + a), so a = B / (1 - B). */
    @Test
    void m2_erlangsOfOnePort() {
        assertThat(ErlangB.erlangs(1, 0.5)).isCloseTo(1, within(1e-15));
        assertThat(ErlangB.erlangs(1, 0.2)).isCloseTo(0.25, within(1e-15));
        assertThat(ErlangB.erlangs(1, 1e-50)).isCloseTo(1e-50, withinPercentage(1e-10));
        assertThat(ErlangB.erlangs(1, 0.999)).isCloseTo(999, withinPercentage(1e-10));
    }

    @Test
    void m2_morePortsRefuseLessAndMoreLoadRefusesMore() {
        long seed = 20_220_805;
        Random random = new Random(seed);
        for (int i = 0; i < 2_000; i++) {
            int ports = random.nextInt(2_000);
            double erlangs = 1 + 2_500 * random.nextDouble();
            double share = ErlangB.blocking(ports, erlangs);
            assertThat(ErlangB.blocking(ports + 1, erlangs)).as("seed %d", seed).isLessThanOrEqualTo(share);
            assertThat(ErlangB.blocking(ports, erlangs * 1.001))
                    .as("seed %d", seed)
                    .isGreaterThanOrEqualTo(share);
        }
    }
}
