package io.github.snatsim.aws;

import static io.github.snatsim.aws.AlarmState.ALARM;
import static io.github.snatsim.aws.AlarmState.INSUFFICIENT_DATA;
import static io.github.snatsim.aws.AlarmState.OK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** N5: when an alarm on rejections goes off. */
class AlarmTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final long MINUTE_NANOS = MINUTE.toNanos();

    /** A run of whole minutes with so many rejections each. */
    private static NlbMetricsResult rejections(long... counts) {
        ImmutableList<MetricPeriod> periods = IntStream.range(0, counts.length)
                .mapToObj(i -> period(i * MINUTE_NANOS, (i + 1) * MINUTE_NANOS, counts[i]))
                .collect(ImmutableList.toImmutableList());
        return new NlbMetricsResult(MINUTE, periods, ImmutableMap.of(), 0, 0, 0, 0, 0, 0);
    }

    private static MetricPeriod period(long start, long end, long rejected) {
        return new MetricPeriod(start, end, 0, 0, rejected, rejected / 2, 0, 0, 0, 0);
    }

    private static Alarm alarm(long threshold, int evaluationPeriods, int datapointsToAlarm) {
        return new Alarm(NlbMetric.REJECTED_FLOW_COUNT, threshold, MINUTE, evaluationPeriods, datapointsToAlarm);
    }

    private static AlarmChange change(int minute, AlarmState before, AlarmState after) {
        return new AlarmChange(minute * MINUTE_NANOS, before, after);
    }

    @Test
    void n5_anAlarmOnRejectionsGoesOffAtTheEndOfTheFirstPeriodWithOne() {
        assertThat(Alarm.onRejections()).isEqualTo(alarm(1, 1, 1));
        assertThat(Alarm.onRejections().changes(rejections(0, 0, 1, 5, 0)))
                .containsExactly(change(1, INSUFFICIENT_DATA, OK), change(3, OK, ALARM), change(5, ALARM, OK));
    }

    @Test
    void n5_theThresholdItselfBreaches() {
        assertThat(alarm(10, 1, 1).changes(rejections(9, 10, 11, 9)))
                .containsExactly(change(1, INSUFFICIENT_DATA, OK), change(2, OK, ALARM), change(4, ALARM, OK));
    }

    @Test
    void n5_mOfTheLastNPeriods() {
        assertThat(alarm(1, 3, 2).changes(rejections(0, 0, 0, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0)))
                .containsExactly(
                        change(3, INSUFFICIENT_DATA, OK),
                        change(6, OK, ALARM),
                        change(7, ALARM, OK),
                        change(10, OK, ALARM),
                        change(12, ALARM, OK));
    }

    @Test
    void n5_beforeNPeriodsAnAlarmGoesOffAsSoonAsMBreach() {
        assertThat(alarm(1, 5, 2).changes(rejections(1, 1, 0))).containsExactly(change(2, INSUFFICIENT_DATA, ALARM));
    }

    @Test
    void n5_beforeNPeriodsAnAlarmIsNotOk() {
        assertThat(alarm(1, 5, 5).changes(rejections(0, 0, 0, 0))).isEmpty();
        assertThat(alarm(1, 5, 5).changes(rejections(0, 0, 0, 0, 0))).containsExactly(change(5, INSUFFICIENT_DATA, OK));
        assertThat(alarm(1, 5, 5).changes(rejections())).isEmpty();
    }

    @Test
    void n5_aPeriodThatIsCutShortIsNotJudged() {
        List<MetricPeriod> periods = new ArrayList<>(rejections(0).periods());
        periods.add(period(MINUTE_NANOS, 2 * MINUTE_NANOS - 1, 99));
        NlbMetricsResult result =
                new NlbMetricsResult(MINUTE, ImmutableList.copyOf(periods), ImmutableMap.of(), 0, 0, 0, 0, 0, 0);
        assertThat(Alarm.onRejections().changes(result)).containsExactly(change(1, INSUFFICIENT_DATA, OK));
    }

    @Test
    void n5_anAlarmsPeriodMayBeSeveralOfTheMetrics() {
        Alarm alarm = new Alarm(NlbMetric.REJECTED_FLOW_COUNT, 3, MINUTE.multipliedBy(2), 1, 1);
        assertThat(alarm.changes(rejections(2, 0, 1, 2, 3)))
                .containsExactly(change(2, INSUFFICIENT_DATA, OK), change(4, OK, ALARM));
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        new Alarm(NlbMetric.NEW_FLOW_COUNT, 1, Duration.ofSeconds(90), 1, 1).changes(rejections(1)))
                .withMessage("alarm period PT1M30S: expected a whole multiple of the metrics' PT1M");
    }

    @Test
    void n5_theMetricIsSelectable() {
        Alarm tcp = new Alarm(NlbMetric.REJECTED_FLOW_COUNT_TCP, 5, MINUTE, 1, 1);
        assertThat(tcp.changes(rejections(9, 10)))
                .containsExactly(change(1, INSUFFICIENT_DATA, OK), change(2, OK, ALARM));
        assertThat(new Alarm(NlbMetric.NEW_FLOW_COUNT, 1, MINUTE, 1, 1).changes(rejections(9, 10)))
                .containsExactly(change(1, INSUFFICIENT_DATA, OK));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0  | 60  | 1 | 1 | alarm threshold 0: expected at least 1, since every count is at or above 0
            -1 | 60  | 1 | 1 | alarm threshold -1: expected at least 1, since every count is at or above 0
            1  | 0   | 1 | 1 | alarm period PT0S: expected above zero
            1  | 60  | 0 | 1 | alarm over 0 evaluation periods: expected at least 1
            1  | 60  | 2 | 0 | alarm at 0 datapoints: expected 1 to 2, the evaluation periods
            1  | 60  | 2 | 3 | alarm at 3 datapoints: expected 1 to 2, the evaluation periods
            """)
    void n5_anAlarmThatMakesNoSenseIsRefused(long threshold, long seconds, int n, int m, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> new Alarm(NlbMetric.REJECTED_FLOW_COUNT, threshold, Duration.ofSeconds(seconds), n, m))
                .withMessage(message);
    }

    @Test
    void n5_everyStateAgreesWithTheRuleSpelledOut() {
        for (long seed = 1; seed <= 200; seed++) {
            Random random = new Random(seed);
            int n = 1 + random.nextInt(6);
            int m = 1 + random.nextInt(n);
            long[] counts =
                    LongStream.generate(() -> random.nextInt(4)).limit(50).toArray();
            List<AlarmChange> expected = new ArrayList<>();
            AlarmState state = INSUFFICIENT_DATA;
            for (int ended = 1; ended <= counts.length; ended++) {
                long breaching = IntStream.range(Math.max(0, ended - n), ended)
                        .filter(i -> counts[i] >= 2)
                        .count();
                AlarmState next = breaching >= m ? ALARM : ended >= n ? OK : INSUFFICIENT_DATA;
                if (next != state) {
                    expected.add(change(ended, state, next));
                }
                state = next;
            }
            assertThat(alarm(2, n, m).changes(rejections(counts)))
                    .as("seed %d, %d of %d", seed, m, n)
                    .isEqualTo(expected);
        }
    }
}
